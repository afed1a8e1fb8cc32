package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"casus/internal/export"
	"casus/internal/kg"
)

func TestExportsOverHTTP(t *testing.T) {
	t.Setenv(envStore, "")
	base, _ := startServer(t, "--sample", "--allow-origin", "https://example.org")
	for _, c := range []struct {
		path        string
		status      int
		media, file string
		holds       string
	}{
		{"geojson?category=ASSAULT", 200, "application/geo+json", "casus.geojson", `"category":"ASSAULT"`},
		{"gexf", 200, "application/gexf+xml", "casus.gexf", "</gexf>"},
		{"graphml?graph=actors", 200, "application/graphml+xml", "casus.graphml", `edgedefault="undirected"`},
		{"csv?table=events&language=uk", 200, "text/csv; charset=utf-8", "casus-events.csv", "\ufeffid,title"},
		{"parquet?table=claims", 200, "application/vnd.apache.parquet", "casus-claims.parquet", "PAR1"},
		{"timelinejs?from=2022&to=2022", 200, "application/json", "casus-timeline.json", `"year":2022`},
		{"cytoscape?actor=actor:zelensky", 200, "application/json", "casus.cyjs", "Зеленський"},
		{"jsonld?knownAt=2025-12-21T12:00:00Z", 200, "application/ld+json", "casus.jsonld", "https://schema.org/"},
		{"casus?filter=" + url.QueryEscape(`{"statuses": "CONFIRMED", "not": {"text": "nothing"}}`), 200, "application/jsonl", "casus.jsonl", `"type":"event"`},
		{"word", 404, "text/plain; charset=utf-8", "", "gexf"},
		{"gexf?nonsense=1", 400, "text/plain; charset=utf-8", "", "nonsense"},
		{"gexf?table=events", 400, "text/plain; charset=utf-8", "", "table"},
		{"gexf?category=NONSENSE", 400, "text/plain; charset=utf-8", "", "categories"},
		{"gexf?from=yesterday", 400, "text/plain; charset=utf-8", "", "yesterday"},
		{"gexf?actor=zelensky", 400, "text/plain; charset=utf-8", "", "zelensky"},
		{"gexf?knownAt=2025", 400, "text/plain; charset=utf-8", "", "knownAt"},
		{"gexf?text=a&text=b", 400, "text/plain; charset=utf-8", "", "more than once"},
		{"gexf?filter=" + url.QueryEscape(`{"status": ["CONFIRMED"]}`), 400, "text/plain; charset=utf-8", "", "status"},
		{"gexf?filter=[1]", 400, "text/plain; charset=utf-8", "", "JSON object"},
	} {
		response, body := download(t, http.MethodGet, base+"/export/"+c.path)
		if response.StatusCode != c.status || response.Header.Get("Content-Type") != c.media || !strings.Contains(body, c.holds) {
			t.Errorf("%s: %d %s, want %d %s with %q: %.300s", c.path, response.StatusCode, response.Header.Get("Content-Type"), c.status, c.media, c.holds, body)
		}
		want := ""
		if c.file != "" {
			want = `attachment; filename="` + c.file + `"`
		}
		if got := response.Header.Get("Content-Disposition"); got != want {
			t.Errorf("%s: Content-Disposition %q, want %q", c.path, got, want)
		}
	}
	response, body := download(t, http.MethodHead, base+"/export/csv")
	if response.StatusCode != 200 || response.Header.Get("Content-Type") != "application/zip" || body != "" {
		t.Errorf("HEAD: %s %v", response.Status, response.Header)
	}
	if got := response.Header.Get("Access-Control-Allow-Origin"); got != "https://example.org" {
		t.Errorf("the page that may ask is told %q", got)
	}
	if response, _ := download(t, http.MethodPost, base+"/export/csv"); response.StatusCode < 400 {
		t.Errorf("POST: %s", response.Status)
	}
}

func download(t *testing.T, method, address string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "https://example.org")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

// All tables come as a zip, whose rows are as many as the API counts events.
func TestTablesComeAsAZip(t *testing.T) {
	t.Setenv(envStore, "")
	base, _ := startServer(t, "--sample")
	_, body := download(t, http.MethodGet, base+"/export/csv?status=UNVERIFIED")
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "events.csv participants.csv claims.csv" {
		t.Errorf("it holds %s", got)
	}
	rows, err := z.Open("events.csv")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(rows)
	if err != nil {
		t.Fatal(err)
	}
	_, answer := download(t, http.MethodGet, base+"/graphql?query="+url.QueryEscape("{timeline(filter:{statuses:[UNVERIFIED]}){totalCount}}"))
	var told struct {
		Data struct{ Timeline struct{ TotalCount int } }
	}
	if err := json.Unmarshal([]byte(answer), &told); err != nil {
		t.Fatal(err)
	}
	if got, want := bytes.Count(text, []byte("\r\n")), told.Data.Timeline.TotalCount+1; got != want {
		t.Errorf("%d lines, want %d", got, want)
	}
}

// endless has events without end, until the given page, which fails or waits.
type endless struct {
	export.Source
	pages, page int
	err         error
	wait        chan struct{}
}

func (e *endless) Events(ctx context.Context, q kg.EventQuery) ([]kg.Page[kg.Event], error) {
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
	p := kg.Page[kg.Event]{Items: make([]kg.Event, q.Window.Limit), Positions: make([]kg.Position, q.Window.Limit), HasNext: true}
	at, err := kg.ParseTime("2025-03")
	for i := range p.Items {
		p.Items[i].ID, p.Items[i].Time = "event:a", at
	}
	return []kg.Page[kg.Event]{p}, err
}

func TestAHalfExportDoesNotLookWhole(t *testing.T) {
	gone := kg.Errorf(kg.Unavailable, "secret")
	for _, c := range []struct {
		name    string
		source  *endless
		timeout time.Duration
		status  int // 0: broken off
	}{
		{"fails at once", &endless{err: gone}, 0, http.StatusServiceUnavailable},
		{"takes too long", &endless{wait: make(chan struct{})}, time.Millisecond, http.StatusGatewayTimeout},
		{"fails on the way", &endless{pages: 5, err: gone}, 0, 0},
		{"takes too long on the way", &endless{pages: 5, wait: make(chan struct{})}, 3 * time.Second, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := exports{store: c.source, timeout: c.timeout, slots: make(chan struct{}, 1), log: slog.New(slog.DiscardHandler)}
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
			if c.status == 0 && (err == nil || response.StatusCode != http.StatusOK || len(body) == 0) {
				t.Errorf("%d bytes with status %d look whole: %v", len(body), response.StatusCode, err)
			}
			if c.status != 0 && (response.StatusCode != c.status || response.Header.Get("Content-Disposition") != "" || strings.Contains(string(body), "secret")) {
				t.Errorf("%d %v %s, want %d", response.StatusCode, response.Header, body, c.status)
			}
		})
	}
}

func TestExportsAreNotManyAtATime(t *testing.T) {
	e := exports{store: &endless{err: kg.Errorf(kg.Unavailable, "gone")}, slots: make(chan struct{}, 1), log: slog.New(slog.DiscardHandler)}
	mux := http.NewServeMux()
	mux.Handle("GET /export/{format}", e)
	e.slots <- struct{}{} // one is being written
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/export/timelinejs", nil))
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}
