package remote_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"casus/internal/fetch/remote"
	"casus/internal/fetch/secret"
	"casus/internal/kg"
	"casus/internal/testkit/services"
)

// newClient returns a client that notes its pauses instead of waiting.
func newClient(t *testing.T, host string, o remote.Options) (*remote.Client, *[]time.Duration) {
	t.Helper()
	var pauses []time.Duration
	o.Sleep = func(_ context.Context, d time.Duration) error {
		pauses = append(pauses, d)
		return nil
	}
	c, err := remote.New(host, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c, &pauses
}

// faulty starts a server that answers with faults in turn, then with {"ok":true}.
func faulty(t *testing.T, faults ...services.Fault) (host string, requests *int) {
	t.Helper()
	requests = new(int)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := *requests
		*requests++
		if n >= len(faults) || faults[n] == nil || !faults[n](w, r) {
			services.JSON(http.StatusOK, `{"ok":true}`)(w, r)
		}
	}))
	t.Cleanup(web.Close)
	return web.URL, requests
}

func TestRetries(t *testing.T) {
	for name, c := range map[string]struct {
		faults []services.Fault
		tries  int
		code   kg.ErrorCode // "" for success
		words  string
	}{
		"fine":             {nil, 1, "", ""},
		"a cut body":       {[]services.Fault{services.Cut(`{"ok":`)}, 2, "", ""},
		"half of the JSON": {[]services.Fault{services.JSON(200, `{"ok":`)}, 2, "", ""},
		"500, 502, 503": {
			[]services.Fault{services.Status(500), services.Status(502), services.Status(503)}, 4, "", "",
		},
		"429":        {[]services.Fault{services.Status(429)}, 2, "", ""},
		"always 500": {services.Always(9, services.Status(500)), 4, kg.Unavailable, "tried 4 times"},
		"always 429": {services.Always(9, services.Status(429)), 4, kg.LimitExceeded, "429"},
		"always cut": {services.Always(9, services.Cut(`{`)), 4, kg.Unavailable, "was cut off"},
		"400": {
			[]services.Fault{services.JSON(400, `{"message":"bad filter"}`)}, 1, kg.BadInput, `"bad filter"`,
		},
		"401": {[]services.Fault{services.Status(401)}, 1, kg.Unauthenticated, "401"},
		"403": {[]services.Fault{services.Status(403)}, 1, kg.Forbidden, "403"},
		"404": {[]services.Fault{services.Status(404)}, 1, kg.NotFound, "404"},
		"a login page": {
			[]services.Fault{services.LoginPage()}, 1, kg.Unavailable, "web page instead of data: Log in | myACLED",
		},
		"a page as JSON": {
			[]services.Fault{services.JSON(200, "\n <!DOCTYPE html><p>")}, 1, kg.Unavailable, "a web page",
		},
		"JSON as a page": {
			[]services.Fault{services.Body(200, "text/html", `{"ok":true}`)}, 1, kg.Unavailable, "a web page",
		},
		"another type": {
			[]services.Fault{services.Body(200, "text/csv", "a,b")}, 1, kg.Unavailable, "of type text/csv, not JSON",
		},
		"invalid JSON":  {[]services.Fault{services.JSON(200, `{"ok":true} x`)}, 1, kg.Unavailable, "invalid JSON"},
		"another shape": {[]services.Fault{services.JSON(200, `[1]`)}, 1, kg.Unavailable, "invalid JSON"},
		"gigantic": {
			[]services.Fault{services.Gigantic(remote.MaxJSONBytes + 2<<20)}, 1, kg.LimitExceeded, "more than 67108864 bytes",
		},
		"no content":         {[]services.Fault{services.Status(204)}, 1, kg.BadInput, "204"},
		"a redirect to here": {[]services.Fault{services.Redirect("/there")}, 2, "", ""},
		"redirects for ever": {services.Always(99, services.Redirect("/again")), 6, kg.Unavailable, "too many redirects"},
	} {
		t.Run(name, func(t *testing.T) {
			host, requests := faulty(t, c.faults...)
			client, pauses := newClient(t, host, remote.Options{})
			var got struct{ OK bool }
			_, err := client.JSON(t.Context(), remote.Request{Path: "/x"}, &got)
			if kg.CodeOf(err) != c.code || got.OK != (c.code == "") || *requests != c.tries {
				t.Errorf("%v after %d requests, want %q after %d", err, *requests, c.code, c.tries)
			}
			if err != nil && !strings.Contains(err.Error(), c.words) {
				t.Errorf("%v lacks %q", err, c.words)
			}
			for i, d := range *pauses {
				if least := time.Second << i; d < least || d > least+least/4 {
					t.Errorf("pause %d: %s, want %s and up to a quarter more", i, d, least)
				}
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	const asked = "Wed, 21 Oct 2026 07:30:00 GMT"
	for name, c := range map[string]struct {
		headers []string
		want    time.Duration // 0: not repeated
	}{
		"seconds": {[]string{"Retry-After: 7"}, 7 * time.Second},
		"a date, by the server's clock, which is far from ours": {
			[]string{"Retry-After: " + asked, "Date: Wed, 21 Oct 2026 07:29:30 GMT"}, 30 * time.Second},
		"a date that is over": {[]string{"Retry-After: " + asked, "Date: Wed, 21 Oct 2026 08:00:00 GMT"}, time.Nanosecond},
		"hours":               {[]string{"Retry-After: 7200"}, 0},
		"far too many":        {[]string{"Retry-After: 2000000000"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			host, requests := faulty(t, services.Status(http.StatusTooManyRequests, c.headers...))
			client, pauses := newClient(t, host, remote.Options{})
			var got any
			_, err := client.JSON(t.Context(), remote.Request{Path: "/x"}, &got)
			if c.want == 0 {
				if kg.CodeOf(err) != kg.LimitExceeded || *requests != 1 || !strings.Contains(err.Error(), "asks to wait for") {
					t.Errorf("%v after %d requests", err, *requests)
				}
				return
			}
			if err != nil || len(*pauses) != 1 || (*pauses)[0].Round(time.Second) != c.want.Round(time.Second) {
				t.Errorf("%v, pauses %v, want %s", err, *pauses, c.want)
			}
		})
	}
}

// TestSecretsStayHere lets a server repeat what it got, redirect elsewhere, and refuse.
func TestSecretsStayHere(t *testing.T) {
	const password, token = "correct-horse-battery", "token-of-a-test"
	reached := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached++ }))
	defer other.Close()
	for name, fault := range map[string]services.Fault{
		"echo 400": services.Echo(400), "echo 401": services.Echo(401), "echo 500": services.Echo(500),
		"redirect": services.Redirect(other.URL + "/?" + token), "another port by name": services.Redirect(
			strings.Replace(other.URL, "127.0.0.1", "localhost", 1)),
		"https": services.Redirect("https://127.0.0.1/"),
	} {
		host, _ := faulty(t, services.Always(9, fault)...)
		var waits []string
		client, _ := newClient(t, host, remote.Options{SendsSecrets: true, Waiting: func(w remote.Wait) {
			waits = append(waits, w.Reason.Error())
		}})
		var got any
		_, err := client.JSON(t.Context(), remote.Request{
			Path: "/token", Form: map[string][]string{"password": {password}},
			Header: map[string]string{"Authorization": "Bearer " + token}, Secrets: []secret.Secret{password, token},
		}, &got)
		text := fmt.Sprintf("%v %+v %q", err, err, waits)
		if err == nil || strings.Contains(text, password) || strings.Contains(text, token) {
			t.Errorf("%s: %s", name, text)
		}
		if strings.HasPrefix(name, "echo") && !strings.Contains(text, "[secret]") {
			t.Errorf("%s: the server's words are lost: %s", name, text)
		}
		redirect := (*remote.RedirectError)(nil)
		if strings.HasPrefix(name, "redirect") && (!errors.As(err, &redirect) || redirect.To != other.URL) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if reached > 0 {
		t.Errorf("another host was reached %d times", reached)
	}
}

func TestHosts(t *testing.T) {
	for host, ok := range map[string]bool{
		"https://example.org": true, "https://example.org/api/": true, "http://127.0.0.1:8080": true,
		"http://localhost": true, "http://example.org": false, "example.org": false, "ftp://example.org": false,
		"https://user:pass@example.org": false, "https://example.org?q": false, "": false, "https://": false, "::": false,
	} {
		_, err := remote.New(host, remote.Options{SendsSecrets: true})
		if (err == nil) != ok || err != nil && (kg.CodeOf(err) != kg.BadInput || strings.Contains(err.Error(), "pass@")) {
			t.Errorf("%q: %v", host, err)
		}
	}
	if _, err := remote.New("http://example.org", remote.Options{}); err != nil {
		t.Errorf("http without secrets: %v", err)
	}
}

// TestSilentServers checks that a server that stops sending ends a request, and that a slow one does not.
func TestSilentServers(t *testing.T) {
	stop := make(chan struct{})
	slow := func(pause time.Duration, blocks int) services.Fault {
		return func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Type", "application/json")
			for range blocks {
				_, _ = w.Write([]byte(" "))
				_ = http.NewResponseController(w).Flush()
				select {
				case <-time.After(pause):
				case <-stop:
				}
			}
			_, _ = w.Write([]byte(`{"ok":true}`))
			return true
		}
	}
	host, requests := faulty(t, append(services.Always(4, slow(time.Hour, 1)), slow(60*time.Millisecond, 20))...)
	defer close(stop)
	client, _ := newClient(t, host, remote.Options{IdleTimeout: 400 * time.Millisecond})
	var got any
	_, err := client.JSON(t.Context(), remote.Request{Path: "/x"}, &got)
	if kg.CodeOf(err) != kg.Unavailable || !strings.Contains(err.Error(), "sent nothing for 400ms") || *requests != 4 {
		t.Errorf("%v after %d requests", err, *requests)
	}
	if _, err := client.JSON(t.Context(), remote.Request{Path: "/x"}, &got); err != nil || *requests != 5 {
		t.Errorf("a slow server: %v after %d requests", err, *requests)
	}
}

func TestCancellation(t *testing.T) {
	host, requests := faulty(t, services.Always(9, services.Status(500))...)
	ctx, cancel := context.WithCancel(t.Context())
	client, err := remote.New(host, remote.Options{Waiting: func(remote.Wait) { cancel() }})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	var got any
	_, err = client.JSON(ctx, remote.Request{Path: "/x"}, &got)
	if kg.CodeOf(err) != kg.Timeout || !errors.Is(err, context.Canceled) || *requests != 1 {
		t.Errorf("%v after %d requests", err, *requests)
	}
	client, _ = newClient(t, "http://127.0.0.1:1", remote.Options{})
	if _, err = client.JSON(t.Context(), remote.Request{Path: "/x"}, &got); kg.CodeOf(err) != kg.Unavailable {
		t.Errorf("no server: %v", err)
	}
}
