package server

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"casus/internal/kg"
	"casus/internal/server/respond"
	"casus/internal/store"
	"casus/internal/store/metrics"
)

// readyStore is a store that implements only Ready and Revision.
type readyStore struct {
	store.Store
	err error
}

func (s readyStore) Ready(context.Context) error { return s.err }

func (s readyStore) Revision(context.Context) (int64, error) { return 7, s.err }

func TestRoutes(t *testing.T) {
	var log bytes.Buffer
	graphQL := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { respond.Text(w, http.StatusOK, "graphql") })
	h := New(Config{
		Store: readyStore{}, GraphQL: graphQL, Metrics: metrics.New(), Version: "v1.2.3",
		Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}).Handler()
	for _, c := range []struct {
		method, path string
		status       int
		holds        string
	}{
		{"POST", "/graphql", 200, "graphql"},
		{"GET", "/explore", 200, `name="casus-version" content="v1.2.3"`},
		{"GET", "/playground", 200, "<html"},
		{"GET", "/healthz", 200, "ok"},
		{"GET", "/readyz", 200, "ready"},
		{"GET", "/favicon.ico", 200, "<svg"},
		{"GET", "/", 302, ""},
		{"GET", "/export/nothing", 404, "gexf"},
		{"GET", "/elsewhere", 404, "/playground"},
		{"GET", "/metrics", 200, `casus_http_requests_total{method="GET",route="/healthz",status="200"} 1`},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(c.method, "http://127.0.0.1"+c.path, nil))
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.holds) {
			t.Errorf("%s: %d %.200s, want %d with %q", c.path, w.Code, w.Body, c.status, c.holds)
		}
		if c.path == "/" && w.Header().Get("Location") != "explore" {
			t.Errorf("/ redirects to %q", w.Header().Get("Location"))
		}
	}
	if line := `msg=request method=GET path=/elsewhere status=404`; !strings.Contains(log.String(), line) {
		t.Errorf("the log lacks %q: %s", line, log.String())
	}
}

// TestReadinessHidesTheReason asks several times: the responses hide the reason, which is logged once.
func TestReadinessHidesTheReason(t *testing.T) {
	var log bytes.Buffer
	s := New(Config{
		Store: readyStore{err: kg.Errorf(kg.Unavailable, "secret")}, GraphQL: http.NotFoundHandler(),
		Metrics: metrics.New(), Log: slog.New(slog.NewTextHandler(&log, nil)),
	})
	for range 3 {
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://127.0.0.1/readyz", nil))
		if w.Code != http.StatusServiceUnavailable || w.Body.String() != "not ready: UNAVAILABLE\n" {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
	if n := strings.Count(log.String(), "secret"); n != 1 {
		t.Errorf("the reason was logged %d times: %s", n, log.String())
	}
}

// startSlow serves a GraphQL handler that signals its start and then waits for release.
func startSlow(
	t *testing.T, grace time.Duration,
) (address string, started, release chan struct{}, shutdown func() error) {
	t.Helper()
	started, release = make(chan struct{}), make(chan struct{})
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(started)
		select {
		case <-release:
			respond.Text(w, http.StatusOK, "complete")
		case <-r.Context().Done():
		}
	})
	s := New(Config{Store: readyStore{}, GraphQL: slow, Metrics: metrics.New(), Log: discard})
	s.shutdownGrace = grace
	ln, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, ln) }()
	return BaseURL(ln), started, release, func() error { cancel(); return <-done }
}

func TestShutdownFinishesOpenRequests(t *testing.T) {
	address, started, release, shutdown := startSlow(t, time.Minute)
	body := make(chan string, 1)
	go func() {
		response, err := http.Get(address + "/graphql")
		if err != nil {
			body <- err.Error()
			return
		}
		defer func() { _ = response.Body.Close() }()
		b, _ := io.ReadAll(response.Body) // a short body fails the comparison
		body <- string(b)
	}()
	<-started
	time.AfterFunc(100*time.Millisecond, func() { close(release) })
	if err := shutdown(); err != nil {
		t.Error(err)
	}
	if got := <-body; got != "complete\n" {
		t.Errorf("the open request received %q", got)
	}
	if response, err := http.Get(address + "/healthz"); err == nil {
		_ = response.Body.Close()
		t.Error("a request after the shutdown was answered")
	}
}

// TestShutdownEndsStreams stops a server while a client reads revisions: it does not wait for the end of the stream.
func TestShutdownEndsStreams(t *testing.T) {
	address, _, _, shutdown := startSlow(t, time.Minute)
	response, err := http.Get(address + "/events")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	began := time.Now()
	if err := shutdown(); err != nil {
		t.Error(err)
	}
	body, err := io.ReadAll(response.Body)
	last := "data: {\"revision\":\"7\"}\n\n"
	if !strings.HasSuffix(string(body), last) || err != nil || time.Since(began) > 30*time.Second {
		t.Errorf("%q, %v", body, err)
	}
}

func TestShutdownCutsOffSlowRequests(t *testing.T) {
	address, started, _, shutdown := startSlow(t, 50*time.Millisecond)
	failed := make(chan error, 1)
	go func() {
		response, err := http.Get(address + "/graphql")
		if err == nil {
			_ = response.Body.Close()
		}
		failed <- err
	}()
	<-started
	if err := shutdown(); err == nil || !strings.Contains(err.Error(), "cut off") {
		t.Errorf("shutdown: %v", err)
	}
	if err := <-failed; err == nil {
		t.Error("the slow request was answered")
	}
}
