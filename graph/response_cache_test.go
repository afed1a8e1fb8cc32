package graph_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"casus/graph"
	"casus/internal/kg"
	"casus/internal/store"
)

// callsOf returns the number of calls of the store since the last time.
func callsOf(c *countingStore) int {
	n, _ := c.taken()
	return n
}

// addEvent writes an event.
func addEvent(t *testing.T, s store.Store, n int) {
	t.Helper()
	event := kg.ID(fmt.Sprintf("event:late%d", n))
	if _, err := s.Apply(t.Context(), kg.Batch{
		RecordedAt: at(t, "2026-01-01T00:00:00Z").Earliest,
		Claims: []kg.Claim{{
			ID: kg.ID(fmt.Sprintf("claim:late%d", n)), Subject: event, Stance: kg.StanceAsserts,
			Aspect: kg.AspectOccurrence, Document: "document:paper", AssertedAt: *at(t, "2026-01-01"),
			Says: kg.Statement{Category: kg.CategoryProtest, Time: at(t, "2026-01-01")},
		}},
	}); err != nil {
		t.Fatal(err)
	}
}

// getQuery runs one operation of a query with GET and returns the status and body of the response.
func getQuery(t *testing.T, h http.Handler, query, operation, variables string) (int, string) {
	t.Helper()
	values := url.Values{"query": {query}, "operationName": {operation}, "variables": {variables}}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql?"+values.Encode(), nil))
	return w.Code, w.Body.String()
}

// TestResponseCache repeats operations: the store is read once until something is written.
func TestResponseCache(t *testing.T) {
	s := &countingStore{Store: world(t)}
	h := graph.NewHandler(s, graph.Config{Logger: quiet()})
	const query = `query A($n: Int) { timeline(first: $n) { totalCount nodes { id } } }
		query B { timeline(last: 1) { nodes { id } } }`
	for _, step := range []struct {
		what, operation, variables string
		calls                      int
		before                     func()
	}{
		{"first", "A", `{"n": 2}`, 1, nil},
		{"repeated", "A", `{"n": 2}`, 0, nil},
		{"another value", "A", `{"n": 1}`, 1, nil},
		{"another operation", "B", `{}`, 1, nil},
		{"the first repeated", "A", `{"n": 2}`, 0, nil},
		{"after a write", "A", `{"n": 2}`, 1, func() { addEvent(t, s.Store, 1) }},
		{"repeated after a write", "A", `{"n": 2}`, 0, nil},
	} {
		if step.before != nil {
			step.before()
		}
		status, got := getQuery(t, h, query, step.operation, step.variables)
		if status != http.StatusOK || strings.Contains(got, "errors") {
			t.Fatal(step.what, status, got)
		}
		if calls := callsOf(s); calls != step.calls {
			t.Errorf("%s: %d calls of the store, want %d", step.what, calls, step.calls)
		}
		uncached := graph.NewHandler(s.Store, graph.Config{Logger: quiet(), ResponseCacheBytes: -1})
		if _, want := getQuery(t, uncached, query, step.operation, step.variables); got != want {
			t.Errorf("%s: got\n%s\nwithout a cache\n%s", step.what, got, want)
		}
	}
}

// TestUncacheableResponses repeats an operation that fails in part, and one whose response is too large.
func TestUncacheableResponses(t *testing.T) {
	for what, c := range map[string]struct {
		query string
		bytes int
	}{
		"an error with data":    {`{ timeline(first: 1) { nodes { id } } actor(id: "event:x") { id } }`, 0},
		"larger than the cache": {`{ timeline(first: 1) { nodes { id } } }`, 100},
	} {
		s := &countingStore{Store: world(t)}
		h := graph.NewHandler(s, graph.Config{Logger: quiet(), ResponseCacheBytes: c.bytes})
		ask(t, h, c.query, nil)
		ask(t, h, c.query, nil)
		if n := callsOf(s); n != 2 {
			t.Errorf("%s: %d calls of the store for two operations, want 2", what, n)
		}
	}
}

// TestResponseCacheEvicts runs more operations than fit in the cache, repeatedly: some are cached, but not most.
// The cache evicts in the background, so in a single round it may have many of them, or none.
func TestResponseCacheEvicts(t *testing.T) {
	s := &countingStore{Store: world(t)}
	h := graph.NewHandler(s, graph.Config{Logger: quiet(), ResponseCacheBytes: 8 << 10})
	const operations, rounds = 200, 4
	for round := range rounds + 1 {
		if round == 1 {
			callsOf(s) // of the round that fills the cache
		}
		for n := range operations {
			ask(t, h, fmt.Sprintf("{ a%d: timeline(first: 3) { nodes { id title } } }", n), nil)
		}
	}
	calls, all := callsOf(s), operations*rounds
	if calls < all/2 || calls == all {
		t.Errorf("%d calls of the store for %d operations", calls, all)
	}
}

// TestResponseCacheIsNeverStale reads concurrently with writes: a response after a write includes it.
func TestResponseCacheIsNeverStale(t *testing.T) {
	s := world(t)
	h := graph.NewHandler(s, graph.Config{Logger: quiet()})
	const query = `{ timeline(first: 100) { nodes { id } } }`
	var readers sync.WaitGroup
	done := make(chan struct{})
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					ask(t, h, query, nil)
				}
			}
		})
	}
	for n := range 30 {
		addEvent(t, s, n)
		if _, body := ask(t, h, query, nil); !strings.Contains(string(body), fmt.Sprintf(`"event:late%d"`, n)) {
			t.Errorf("event %d is missing after it was written", n)
		}
	}
	close(done)
	readers.Wait()
}
