package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"casus/graph/examples"
	"casus/internal/client"
	"casus/internal/testkit/command"
)

// startServer starts `casus serve` on a free port and returns its address. stop ends it like a signal and returns its
// exit code.
func startServer(t *testing.T, args ...string) (base string, stop func() int) {
	t.Helper()
	t.Setenv(envTokens, "")
	ctx, cancel := context.WithCancel(t.Context())
	var stderr command.Buffer
	code := make(chan int, 1)
	go func() {
		// Queries may take long on a busy machine.
		args := append([]string{"serve", "--listen", "127.0.0.1:0", "--timeout", "5m"}, args...)
		code <- run(ctx, args, strings.NewReader(""), io.Discard, &stderr)
	}()
	stop = sync.OnceValue(func() int { cancel(); return <-code })
	t.Cleanup(func() { stop() })
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	for deadline := time.Now().Add(5 * time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if base = address.FindString(stderr.String()); base != "" {
			return base, stop
		}
		select {
		case c := <-code:
			t.Fatalf("the server exited with %d: %s", c, stderr.String())
		default:
		}
	}
	t.Fatalf("the server printed no address: %s", stderr.String())
	return "", nil
}

// waitReady waits until the server has the events in memory.
func waitReady(t *testing.T, base string) {
	t.Helper()
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		if status, _ := get(t, base+"/readyz"); status == http.StatusOK {
			return
		}
		if time.Since(began) > 5*time.Minute {
			t.Fatal("the server is not ready after five minutes")
		}
	}
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// allowedOrigin returns the origin that a response to a script of the given origin allows.
func allowedOrigin(t *testing.T, url, origin string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", origin)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	return response.Header.Get("Access-Control-Allow-Origin")
}

func TestServe(t *testing.T) {
	t.Setenv(envStore, "")
	base, stop := startServer(t, "--sample", "--allow-origin", "https://example.org")
	waitReady(t, base)
	for path, want := range map[string]struct {
		status int
		body   string
	}{
		"/":                               {200, "explore/assets"}, // redirects to the explorer
		"/playground":                     {200, "<html"},
		"/playground/examples.json":       {200, `"query"`},
		"/healthz":                        {200, "ok"},
		"/readyz":                         {200, "ready"},
		"/nowhere":                        {404, "/playground"},
		"/graphql?query=%7B__typename%7D": {200, `"Query"`},
	} {
		status, body := get(t, base+path)
		if status != want.status || !strings.Contains(body, want.body) {
			t.Errorf("%s: %d %.200s, want %d with %q", path, status, body, want.status, want.body)
		}
	}
	for _, path := range []string{"/graphql?query=%7B__typename%7D", "/export/geojson"} {
		if got := allowedOrigin(t, base+path, "https://example.org"); got != "https://example.org" {
			t.Errorf("%s: Access-Control-Allow-Origin %q", path, got)
		}
	}
	_, metrics := get(t, base+"/metrics")
	for _, line := range []string{
		`casus_http_requests_total{method="GET",route="/healthz",status="200"} 1`,
		`casus_graphql_operations_total{outcome="ok"} 2`,
	} {
		if !strings.Contains(metrics, line) {
			t.Errorf("the metrics lack the line %s", line)
		}
	}
	query := "query($first: Int) { timeline(first: $first) { nodes { id } totalCount } }"
	code, stdout, stderr := runCasus(t, "", "query", "--endpoint", base+"/graphql", "--var", "first=2", query)
	if code != exitDone || !strings.Contains(stdout, `"totalCount": 39`) {
		t.Errorf("a query over the network: %d\n%s%s", code, stdout, stderr)
	}
	if code := stop(); code != exitDone {
		t.Errorf("exit code %d after a clean stop", code)
	}
}

// TestServeWithTokens makes a token as a user does and presents it.
func TestServeWithTokens(t *testing.T) {
	t.Setenv(envStore, "")
	file := filepath.Join(t.TempDir(), "tokens")
	code, secret, stderr := runCasus(t, "", "token", "new", "editor", "--write", "--file", file)
	if code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	for _, c := range []struct {
		flags []string
		none  int    // the status of data without a token
		shown string // what /session tells of the token
	}{
		{nil, 401, `{"name":"editor","access":"read","required":true}`},
		{[]string{"--allow-writes"}, 401, `{"name":"editor","access":"write","required":true}`},
		{[]string{"--anonymous-read"}, 200, `{"name":"editor","access":"read","required":false}`},
	} {
		base, stop := startServer(t, append(c.flags, "--sample", "--token-file", file)...)
		if status, body := get(t, base+"/graphql?query=%7B__typename%7D"); status != c.none {
			t.Errorf("%v: without a token: %d %s", c.flags, status, body)
		}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/session", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+strings.TrimSpace(secret))
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		_ = response.Body.Close() // it was read
		if err != nil || strings.TrimSpace(string(body)) != c.shown {
			t.Errorf("%v: with the token: %d %s %v", c.flags, response.StatusCode, body, err)
		}
		stop()
	}
}

// TestExamplesHaveResults checks that every example of the playground returns something from the bundled graph.
func TestExamplesHaveResults(t *testing.T) {
	t.Setenv(envStore, "")
	base, _ := startServer(t, "--sample")
	for _, e := range examples.All() {
		t.Run(e.Name, func(t *testing.T) {
			c, err := client.New(base+"/graphql", "", time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			q := client.Request{Query: e.Query}
			if e.Variables != "" {
				if err := json.Unmarshal([]byte(e.Variables), &q.Variables); err != nil {
					t.Fatal(err)
				}
			}
			response, err := c.Do(t.Context(), q)
			if err != nil || response.HasErrors {
				t.Fatalf("%v: %v", err, response)
			}
			out := string(response.JSON)
			empty := regexp.MustCompile(`"(nodes|edges|timelineBuckets)": \[\]`)
			if !strings.Contains(out, `: [`) || empty.MatchString(strings.SplitN(out, "\n", 6)[3]) {
				t.Errorf("empty response: %s", out)
			}
		})
	}
}
