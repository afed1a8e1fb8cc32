package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestExportsOverHTTP(t *testing.T) {
	base := serveSample(t, "https://example.org")
	saved := url.QueryEscape(`{"statuses": "CONFIRMED", "not": {"text": "nothing"}}`)
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
		{"casus?filter=" + saved, 200, "application/jsonl", "casus.jsonl", `"type":"event"`},
		{"word", 404, "text/plain; charset=utf-8", "", "gexf"},
		{"gexf?nonsense=1", 400, "text/plain; charset=utf-8", "", "nonsense"},
		{"gexf?table=events", 400, "text/plain; charset=utf-8", "", "table"},
		{"gexf?category=NONSENSE", 400, "text/plain; charset=utf-8", "", "categories"},
		{"gexf?from=yesterday", 400, "text/plain; charset=utf-8", "", "yesterday"},
		{"gexf?actor=zelensky", 400, "text/plain; charset=utf-8", "", "zelensky"},
		{"gexf?knownAt=2025/..", 400, "text/plain; charset=utf-8", "", "knownAt"},
		{"gexf?text=a&text=b", 400, "text/plain; charset=utf-8", "", "more than once"},
		{"gexf?filter=" + url.QueryEscape(`{"status": ["CONFIRMED"]}`), 400, "text/plain; charset=utf-8", "", "status"},
		{"gexf?filter=[1]", 400, "text/plain; charset=utf-8", "", "JSON object"},
	} {
		response, body := download(t, http.MethodGet, base+"/export/"+c.path)
		media := response.Header.Get("Content-Type")
		if response.StatusCode != c.status || media != c.media || !strings.Contains(body, c.holds) {
			t.Errorf("%s: %d %s, want %d %s with %q: %.300s",
				c.path, response.StatusCode, media, c.status, c.media, c.holds, body)
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
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "application/zip" || body != "" {
		t.Errorf("HEAD: %s %v", response.Status, response.Header)
	}
	if got := response.Header.Get("Access-Control-Allow-Origin"); got != "https://example.org" {
		t.Errorf("Access-Control-Allow-Origin: %q", got)
	}
	if response, _ := download(t, http.MethodPost, base+"/export/csv"); response.StatusCode < 400 {
		t.Errorf("POST: %s", response.Status)
	}
}

// download sends a request as a page of another site does.
func download(t *testing.T, method, address string) (*http.Response, string) {
	t.Helper()
	return request(t, method+" "+address, "Origin", "https://example.org")
}
