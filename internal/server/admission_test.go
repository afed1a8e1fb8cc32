package server

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"casus/internal/server/access"
	"casus/internal/server/admission"
	"casus/internal/server/respond"
	"casus/internal/store/metrics"
)

// TestRefusedOperations fills the queue of a client: its next operation is refused as GraphQL does, while pages and
// another client are served.
func TestRefusedOperations(t *testing.T) {
	release := make(chan struct{})
	proxies, err := admission.ParseProxies([]string{"192.0.2.1"}) // httptest's peer
	if err != nil {
		t.Fatal(err)
	}
	set := metrics.New()
	graphQL := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery == "wait" {
			<-release
		}
		respond.Text(w, http.StatusOK, "graphql")
	})
	h := New(Config{
		Store: readyStore{}, GraphQL: graphQL, Metrics: set, Log: discard, MaxOperations: 3, Proxies: proxies,
		Access: access.Config{Origins: []string{"https://example.org"}},
	}).Handler()
	ask := func(client, path, accept string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1"+path, nil)
		r.Header.Set("X-Forwarded-For", client)
		r.Header.Set("Accept", accept)
		r.Header.Set("Origin", "https://example.org")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	done := make(chan int)
	const many = clientOperationQueue + 2 // two run
	for range many {
		go func() { done <- ask("198.51.100.1", "/graphql?wait", "").Code }()
	}
	waitForLine(t, set, `casus_waiting_requests{route="/graphql"} 64`)
	for accept, mediaType := range map[string]string{
		"": "application/json; charset=utf-8", "application/json": "application/json; charset=utf-8",
		"application/graphql-response+json": "application/graphql-response+json; charset=utf-8",
	} {
		w := ask("198.51.100.1", "/graphql", accept)
		var shape struct {
			Errors []struct{ Extensions struct{ Code string } }
		}
		err := json.Unmarshal(w.Body.Bytes(), &shape)
		header := w.Header()
		if err != nil || w.Code != http.StatusServiceUnavailable || header.Get("Retry-After") == "" ||
			header.Get("Content-Type") != mediaType || header.Get("Access-Control-Allow-Origin") == "" ||
			len(shape.Errors) != 1 || shape.Errors[0].Extensions.Code != "LIMIT_EXCEEDED" {
			t.Errorf("Accept %q: %d %v %s: %v", accept, w.Code, header, w.Body, err)
		}
	}
	for _, path := range []string{"/playground", "/healthz", "/readyz", "/metrics"} {
		if w := ask("198.51.100.1", path, ""); w.Code != http.StatusOK {
			t.Errorf("%s is answered %d", path, w.Code)
		}
	}
	if w := ask("198.51.100.2", "/graphql", ""); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "graphql") {
		t.Errorf("another client is answered %d %s", w.Code, w.Body)
	}
	close(release)
	for range many {
		if code := <-done; code != http.StatusOK {
			t.Errorf("a request that waited is answered %d", code)
		}
	}
}

// TestClientNames checks that requests with a token are one client wherever they come from, and others are one for each
// address. A token cannot have the name of an address.
func TestClientNames(t *testing.T) {
	tokens, err := access.ParsePlain("192.0.2.1:read:" + readerToken)
	if err != nil {
		t.Fatal(err)
	}
	var s *Server
	named := make(chan string, 1)
	s = New(Config{
		Store: readyStore{}, Metrics: metrics.New(), Log: discard,
		Access:  access.Config{Tokens: tokens, AnonymousRead: true},
		GraphQL: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { named <- s.clientName(r) }),
	})
	h := s.Handler()
	for _, c := range []struct{ from, token, want string }{
		{"192.0.2.1:1", "", "address 192.0.2.1"},
		{"192.0.2.1:2", "", "address 192.0.2.1"},
		{"192.0.2.2:1", "", "address 192.0.2.2"},
		{"192.0.2.2:1", readerToken, "token 192.0.2.1"},
		{"192.0.2.3:1", readerToken, "token 192.0.2.1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/graphql", nil)
		r.RemoteAddr = c.from
		if c.token != "" {
			r.Header.Set("Authorization", "Bearer "+c.token)
		}
		h.ServeHTTP(httptest.NewRecorder(), r)
		if got := <-named; got != c.want {
			t.Errorf("a request from %s with the token %q is of the client %q, want %q", c.from, c.token, got, c.want)
		}
	}
}
