package bench

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"casus/graph"
	"casus/internal/store"
	"casus/internal/store/sqlite"
)

// The maximum number of requests, and of bytes of uncompressed responses, for a first view.
const (
	maxRequests = 5
	maxBytes    = 300_000
)

// page is a browser page that shows a graph for the first time.
type page struct {
	*testing.T
	url             string
	requests, bytes int
}

func (p *page) query(query string, variables map[string]any, data any) {
	p.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		p.Fatal(err)
	}
	r, err := http.NewRequestWithContext(p.Context(), http.MethodPost, p.url, bytes.NewReader(body))
	if err != nil {
		p.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept-Encoding", "identity")
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		p.Fatal(err)
	}
	defer func() { _ = got.Body.Close() }() // the body is read completely
	answer, err := io.ReadAll(got.Body)
	if err != nil {
		p.Fatal(err)
	}
	p.requests++
	p.bytes += len(answer)
	shape := struct {
		Data   any
		Errors []json.RawMessage
	}{Data: data}
	if err := json.Unmarshal(answer, &shape); err != nil || len(shape.Errors) > 0 {
		p.Fatalf("%v: %s", err, answer)
	}
	p.Logf("%d bytes for %.40s", len(answer), query)
}

// firstView requests a timeline, a map, facets and the first events, and checks that they cover all events.
func (p *page) firstView(events int) {
	var extent struct {
		Extent struct {
			Events, WithoutPlace, WithoutTime int
			Earliest, Latest                  string
		}
	}
	p.query(`{ extent { events withoutPlace withoutTime earliest latest box { west south east north } } }`, nil, &extent)
	if extent.Extent.Events != events {
		p.Errorf("the extent has %d events, want %d", extent.Extent.Events, events)
	}
	total := func(what string, counts []struct{ Events int }, want int) {
		n := 0
		for _, c := range counts {
			n += c.Events
		}
		if n != want {
			p.Errorf("%s: %d events in %d groups, want %d", what, n, len(counts), want)
		}
	}
	var timeline struct{ TimelineBuckets []struct{ Events int } }
	p.query(`query ($from: EDTF!, $to: EDTF!) {
		timelineBuckets(interval: MONTH, splitBy: CATEGORY, filter: {time: {from: $from, to: $to}}) {
		start end events imprecise killed { best } groups { key events } } }`,
		map[string]any{"from": extent.Extent.Earliest[:10], "to": extent.Extent.Latest[:10]}, &timeline)
	total("timeline", timeline.TimelineBuckets, events)
	var onMap struct{ Clusters []struct{ Events int } }
	p.query(`{ clusters(zoom: 2) { point { latitude longitude } events killed { best } event { id title } } }`,
		nil, &onMap)
	total("map", onMap.Clusters, events-extent.Extent.WithoutPlace)
	var beside struct {
		Facets []struct {
			Field  store.FacetField
			Groups []struct{ Events int }
		}
	}
	p.query(`{ facets(top: 20,
		fields: [CATEGORY, MODALITY, STATUS, ACTOR, COUNTRY, ADMIN1, PUBLISHER, CLAIMANT, DATASET, LANGUAGE, YEAR]) {
		field distinct groups { key events killed { best } node { ... on Actor { name } ... on Location { name } } } } }`,
		nil, &beside)
	for _, f := range beside.Facets {
		if f.Field == store.FacetCategory || f.Field == store.FacetYear { // an event has exactly one
			total(string(f.Field), f.Groups, events)
		}
		if len(f.Groups) == 0 {
			p.Errorf("%s has no groups", f.Field)
		}
	}
	var first struct {
		Timeline struct {
			TotalCount int
			Nodes      []struct{ ID string }
		}
	}
	p.query(`{ timeline(first: 50) { totalCount pageInfo { hasNextPage endCursor }
		nodes { id title category status time { edtf earliest latest }
		participants { role actor { id name } } locations { role location { id name point { latitude longitude } } }
		toll { killed { low best high } } } } }`, nil, &first)
	if first.Timeline.TotalCount != events || len(first.Timeline.Nodes) != 50 {
		p.Errorf("the first page has %d of %d events", len(first.Timeline.Nodes), first.Timeline.TotalCount)
	}
}

// TestFirstView loads two graphs, one eight times as large as the other: the page's requests and bytes are bounded
// and do not grow with the graph.
func TestFirstView(t *testing.T) {
	var last int
	for _, events := range []int{1_000, 8_000} {
		s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "casus.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }() // it is only read afterwards
		for _, b := range batches(t, events) {
			if _, err := s.Apply(t.Context(), b); err != nil {
				t.Fatal(err)
			}
		}
		server := httptest.NewServer(graph.NewHandler(s, graph.Config{Logger: slog.New(slog.DiscardHandler), Timeout: -1}))
		defer server.Close()
		p := &page{T: t, url: server.URL}
		p.firstView(events)
		if p.requests > maxRequests || p.bytes > maxBytes {
			t.Errorf("%d events: %d requests and %d bytes, want at most %d and %d", events, p.requests, p.bytes, maxRequests,
				maxBytes)
		}
		if last > 0 && p.bytes > last*3/2 {
			t.Errorf("%d bytes for %d events, %d for an eighth of them", p.bytes, events, last)
		}
		last = p.bytes
		t.Logf("%d events: %d requests, %d bytes", events, p.requests, p.bytes)
	}
}
