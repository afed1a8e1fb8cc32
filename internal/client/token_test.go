package client_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"casus/internal/client"
	"casus/internal/kg"
)

func TestParseToken(t *testing.T) {
	for text, want := range map[string]client.Token{
		"":                 "",
		" \n":              "",
		"abc":              "abc",
		"\tA-z.0_9~+/==\n": "A-z.0_9~+/==",
	} {
		if got, err := client.ParseToken(text); got != want || err != nil {
			t.Errorf("%q: %q %v, want %q", text, got, err, want)
		}
	}
	for _, text := range []string{
		"alice:read:abc", "two words", "one\ntwo", "Bearer abc", "a=b", "é", "a\x00b", strings.Repeat("a", 1025),
	} {
		got, err := client.ParseToken(text)
		if got != "" || kg.CodeOf(err) != kg.BadInput || strings.Contains(err.Error(), text) {
			t.Errorf("%q: %q %v", text, got, err)
		}
	}
}

func TestTokenIsSent(t *testing.T) {
	for token, want := range map[client.Token]string{"": "", "abc": "Bearer abc"} {
		got := "no request"
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			got = r.Header.Get("Authorization")
			answer(http.StatusOK, `{"data":{}}`).ServeHTTP(w, r)
		}))
		c, err := client.New(server.URL, token, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Do(t.Context(), client.Request{Query: "{a}"}); err != nil || got != want {
			t.Errorf("token %q: sent %q, want %q; %v", token, got, want, err)
		}
		server.Close()
	}
}

func TestExposesToken(t *testing.T) {
	for endpoint, want := range map[string]bool{
		"http://example.org/graphql":         true,
		"HTTP://192.0.2.1:8080/graphql":      true,
		"http://localhost.example.org/":      true,
		"http://127.0.0.1.example.org/":      true,
		"http://[2001:db8::1]/graphql":       true,
		"https://example.org/graphql":        false,
		"HTTPS://example.org/graphql":        false,
		"http://localhost:8080/graphql":      false,
		"http://casus.LOCALHOST./graphql":    false,
		"http://127.0.0.2/graphql":           false,
		"http://[::1]:8080/graphql":          false,
		"http://[::ffff:127.0.0.1]/graphql":  false,
		"http://user:pw@127.0.0.1/graphql":   false,
		"http://127.0.0.1@example.org/where": true,
	} {
		with, err := client.New(endpoint, "abc", 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := with.ExposesToken(); got != want {
			t.Errorf("%s: %t, want %t", endpoint, got, want)
		}
		if without, _ := client.New(endpoint, "", 0); without.ExposesToken() {
			t.Errorf("%s: exposes no token", endpoint)
		}
	}
}

func TestRefusals(t *testing.T) {
	const body = `{"errors":[{"message":"who are you?","extensions":{"code":"UNAUTHENTICATED"}}]}`
	codes := map[int]kg.ErrorCode{http.StatusUnauthorized: kg.Unauthenticated, http.StatusForbidden: kg.Forbidden}
	for _, c := range []struct {
		status int
		token  client.Token
		body   string
		want   []string
	}{
		{http.StatusUnauthorized, "", body, []string{"requires a token", "401", "who are you?"}},
		{http.StatusUnauthorized, "abc", body, []string{"does not accept the token", "who are you?"}},
		{http.StatusForbidden, "abc", body, []string{"does not allow this with the token", "403"}},
		{http.StatusForbidden, "", "<html>", []string{"does not allow this"}},
		{http.StatusUnauthorized, "", "<html>", []string{"requires a token"}},
	} {
		server := httptest.NewServer(answer(c.status, c.body))
		with, err := client.New(server.URL, c.token, 0)
		if err != nil {
			t.Fatal(err)
		}
		_, err = with.Do(t.Context(), client.Request{Query: "{a}"})
		server.Close()
		var access *client.AccessError
		if !errors.As(err, &access) || access.HasToken != (c.token != "") || kg.CodeOf(err) != codes[c.status] {
			t.Errorf("%d with token %q: %v", c.status, c.token, err)
			continue
		}
		for _, want := range append(c.want, server.URL) {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%d with token %q: %v lacks %q", c.status, c.token, err, want)
			}
		}
		if strings.Contains(err.Error(), "abc") {
			t.Errorf("the error tells the token: %v", err)
		}
	}
}

// TestRedirects checks that a token follows a redirect within its origin only. Package http alone would send it to
// another port.
func TestRedirects(t *testing.T) {
	var reached, authorization string
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reached, authorization = "other", r.Header.Get("Authorization")
		answer(http.StatusOK, `{"data":{}}`).ServeHTTP(w, r)
	}))
	defer other.Close()
	target := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			http.Redirect(w, r, target, http.StatusTemporaryRedirect)
			return
		}
		if r.URL.Path == "/loop" {
			http.Redirect(w, r, "/loop", http.StatusTemporaryRedirect)
			return
		}
		reached, authorization = "same", r.Header.Get("Authorization")
		answer(http.StatusOK, `{"data":{}}`).ServeHTTP(w, r)
	}))
	defer server.Close()
	u, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name          string
		token         client.Token
		target        string
		reached, sent string
	}{
		{"another port", "abc", other.URL, "", ""},
		{"another name", "abc", "http://localhost:" + u.Port() + "/there", "", ""},
		{"another scheme", "abc", "https://" + u.Host + "/there", "", ""},
		{"the same origin", "abc", "/there", "same", "Bearer abc"},
		{"another port without a token", "", other.URL, "other", ""},
	} {
		reached, authorization, target = "", "", c.target
		with, err := client.New(server.URL, c.token, 0)
		if err != nil {
			t.Fatal(err)
		}
		_, err = with.Do(t.Context(), client.Request{Query: "{a}"})
		if reached != c.reached || authorization != c.sent {
			t.Errorf("%s: reached %q with %q, want %q with %q", c.name, reached, authorization, c.reached, c.sent)
		}
		var redirect *client.RedirectError
		refused := errors.As(err, &redirect) && kg.CodeOf(err) == kg.BadInput && !errors.Is(err, client.ErrUnreachable)
		if refused != (c.reached == "") || !refused && err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	target = "/loop"
	with, err := client.New(server.URL, "abc", 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := with.Do(t.Context(), client.Request{Query: "{a}"}); err == nil ||
		!strings.Contains(err.Error(), "10 redirects") {
		t.Errorf("a loop: %v", err)
	}
}
