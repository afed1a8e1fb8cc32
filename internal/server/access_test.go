package server

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"casus/internal/server/access"
	"casus/internal/server/respond"
	"casus/internal/store/metrics"
)

const readerToken = "reader-0123456789"

// TestRoutesThatNeedTokens asks every route for a name that is not the server's, from a page elsewhere, without a token
// and with one. Logs and metrics have the token's name, not the token.
func TestRoutesThatNeedTokens(t *testing.T) {
	tokens, err := access.ParsePlain("reader:read:" + readerToken)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	graphQL := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, _ := access.NameOf(r.Context())
		respond.Text(w, http.StatusOK, "graphql for "+name)
	})
	s := New(Config{
		Store: readyStore{}, GraphQL: graphQL, Metrics: metrics.New(), Access: access.Config{Tokens: tokens},
		Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	s.revisions.Close() // a stream ends after its first event
	h := s.Handler()
	ask := func(method, path string, headers ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "http://127.0.0.1:8080"+path, nil)
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		if r.Header.Get("Host") != "" {
			r.Host = r.Header.Get("Host")
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for _, c := range []struct {
		path                 string
		none, elsewhere, own int
	}{
		{"/", 302, 302, 302},
		{"/explore", 200, 200, 200},
		{"/playground", 200, 200, 200},
		{"/playground/examples.json", 200, 200, 200},
		{"/favicon.ico", 200, 200, 200},
		{"/healthz", 200, 200, 200},
		{"/readyz", 200, 200, 200},
		{"/nowhere", 404, 404, 404},
		{"/session", 401, 403, 200},
		{"/graphql?query=%7Ba%7D", 401, 403, 200},
		{"/export/word", 401, 403, 404},
		{"/columns?x=1", 401, 403, 400},
		{"/events", 401, 403, 200},
		{"/metrics", 401, 403, 200},
	} {
		bearer := "Bearer " + readerToken
		got := []int{
			ask("GET", c.path).Code,
			ask("GET", c.path, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Authorization", bearer).Code,
			ask("GET", c.path, "Authorization", bearer).Code,
			ask("GET", c.path, "Authorization", bearer, "Host", "evil.example").Code,
		}
		want := []int{c.none, c.elsewhere, c.own, http.StatusMisdirectedRequest}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: %v without a token, from elsewhere, with a token, of another name; want %v", c.path, got, want)
				break
			}
		}
	}
	answer := ask("POST", "/graphql", "Authorization", "Bearer "+readerToken).Body.String()
	if answer != "graphql for reader\n" {
		t.Errorf("the handler of the API: %s", answer)
	}
	scraped := ask("GET", "/metrics", "Authorization", "Bearer "+readerToken).Body.String()
	if line := `casus_http_client_requests_total{client="reader",status="421"} 14`; !strings.Contains(scraped, line) {
		t.Errorf("the metrics lack %s", line)
	}
	if line := "method=POST path=/graphql status=200"; !strings.Contains(log.String(), line) {
		t.Errorf("the log lacks %s", line)
	}
	if !strings.Contains(log.String(), "client=reader") || strings.Contains(log.String()+scraped, readerToken) {
		t.Errorf("the log names the token, or not the client: %s", log.String())
	}
}
