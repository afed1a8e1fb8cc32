package server

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"casus/internal/edtf"
	"casus/internal/export"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/metrics"
)

var discard = slog.New(slog.DiscardHandler)

// oneClient is the client of every request.
func oneClient(*http.Request) string { return "" }

// endlessSource returns the given number of pages of events. The next page fails with err, after wait is closed.
type endlessSource struct {
	export.Source
	pages, page int
	err         error
	wait        chan struct{}
}

func (e *endlessSource) Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	if e.page++; e.page > e.pages {
		if e.wait != nil {
			select {
			case <-e.wait:
			case <-ctx.Done():
				return nil, context.Cause(ctx)
			}
		}
		return nil, e.err
	}
	n := q.Window.Limit
	p := store.Page[kg.Event]{Items: make([]kg.Event, n), Positions: make([]store.Position, n), HasNext: true}
	at, err := edtf.ParseTime("2025-03")
	for i := range p.Items {
		p.Items[i].ID, p.Items[i].Time = "event:a", at
	}
	return []store.Page[kg.Event]{p}, err
}

// TestExportTellsProgress checks that clients see how far the server is with what an export waits for.
func TestExportTellsProgress(t *testing.T) {
	w := httptest.NewRecorder()
	writeError(w, discard, "an export", store.NotReady("reading events (3 of 9)"))
	want := "UNAVAILABLE: the server is still reading events (3 of 9): retry in a moment\n"
	if w.Code != http.StatusServiceUnavailable || w.Body.String() != want {
		t.Errorf("%d %q, want %q", w.Code, w.Body, want)
	}
}

// TestTruncatedExports checks that a client can tell a truncated export from a complete one.
func TestTruncatedExports(t *testing.T) {
	unavailable := kg.Errorf(kg.Unavailable, "secret")
	for _, c := range []struct {
		name    string
		source  *endlessSource
		timeout time.Duration
		status  int // 0 means that the connection is aborted
	}{
		{"fails at once", &endlessSource{err: unavailable}, 0, http.StatusServiceUnavailable},
		{"takes too long", &endlessSource{wait: make(chan struct{})}, time.Millisecond, http.StatusGatewayTimeout},
		{"fails later", &endlessSource{pages: 5, err: unavailable}, 0, 0},
		{"takes too long later", &endlessSource{pages: 5, wait: make(chan struct{})}, 3 * time.Second, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			config := Config{ExportTimeout: c.timeout, Metrics: metrics.New(), Log: discard}
			e := newExportHandler(config, operationGate(0, nil), oneClient)
			e.source = c.source
			mux := http.NewServeMux()
			mux.Handle("GET /export/{format}", e)
			server := httptest.NewServer(mux)
			defer server.Close()
			server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
			response, err := server.Client().Get(server.URL + "/export/timelinejs")
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = response.Body.Close() }()
			body, err := io.ReadAll(response.Body)
			aborted := err != nil && response.StatusCode == http.StatusOK && len(body) > 0
			if c.status == 0 && !aborted {
				t.Errorf("%d bytes with status %d look complete: %v", len(body), response.StatusCode, err)
			}
			rejected := response.StatusCode == c.status && response.Header.Get("Content-Disposition") == "" &&
				!strings.Contains(string(body), "secret")
			if c.status != 0 && !rejected {
				t.Errorf("%d %v %s, want %d", response.StatusCode, response.Header, body, c.status)
			}
		})
	}
}
