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

// asked is how often events were asked for since the last time.
func asked(c *counting) int {
	n, _ := c.taken()
	return n
}

// told adds an event.
func told(t *testing.T, s store.Store, n int) {
	t.Helper()
	event := kg.ID(fmt.Sprintf("event:late%d", n))
	if _, err := s.Apply(t.Context(), kg.Batch{
		RecordedAt: at(t, "2026-01-01T00:00:00Z").Earliest,
		Claims: []kg.Claim{{ID: kg.ID(
			fmt.Sprintf("claim:late%d", n),
		), Subject: event, Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
			Document: "document:paper", AssertedAt: *at(t, "2026-01-01"),
			Says: kg.Statement{Category: kg.CategoryProtest, Time: at(t, "2026-01-01")}}},
	}); err != nil {
		t.Fatal(err)
	}
}

// getting asks by GET, of one operation of several.
func getting(t *testing.T, h http.Handler, query, operation, variables string) (int, string) {
	t.Helper()
	values := url.Values{"query": {query}, "operationName": {operation}, "variables": {variables}}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql?"+values.Encode(), nil))
	return w.Code, w.Body.String()
}

// TestAnswersAreKept asks again what was asked before: the store is asked once for as long as nothing is written.
func TestAnswersAreKept(t *testing.T) {
	s := &counting{Store: world(t)}
	h := graph.NewHandler(s, graph.Config{Logger: quiet()})
	const query = "query A($n: Int) { timeline(first: $n) { totalCount nodes { id } } } query B { timeline(last: 1) { nodes { id } } }"
	for _, step := range []struct {
		what, operation, variables string
		asked                      int
		before                     func()
	}{
		{"first", "A", `{"n": 2}`, 1, nil},
		{"again", "A", `{"n": 2}`, 0, nil},
		{"another value", "A", `{"n": 1}`, 1, nil},
		{"another operation", "B", `{}`, 1, nil},
		{"the first again", "A", `{"n": 2}`, 0, nil},
		{"after a write", "A", `{"n": 2}`, 1, func() { told(t, s.Store, 1) }},
		{"again after it", "A", `{"n": 2}`, 0, nil},
	} {
		if step.before != nil {
			step.before()
		}
		status, got := getting(t, h, query, step.operation, step.variables)
		if status != http.StatusOK || strings.Contains(got, "errors") {
			t.Fatal(step.what, status, got)
		}
		if asked := asked(s); asked != step.asked {
			t.Errorf("%s: the store was asked %d times, want %d", step.what, asked, step.asked)
		}
		if _, plain := getting(t, graph.NewHandler(s.Store, graph.Config{Logger: quiet(), AnswerBytes: -1}), query, step.operation, step.variables); got != plain {
			t.Errorf("%s: kept answers give\n%s\nand none\n%s", step.what, got, plain)
		}
	}
}

// TestWhatFailedIsNotKept asks what fails in part, and what does not fit.
func TestWhatFailedIsNotKept(t *testing.T) {
	for what, c := range map[string]struct {
		query string
		bytes int
	}{
		"an error beside data": {`{ timeline(first: 1) { nodes { id } } actor(id: "event:x") { id } }`, 0},
		"larger than its room": {`{ timeline(first: 1) { nodes { id } } }`, 100},
	} {
		s := &counting{Store: world(t)}
		h := graph.NewHandler(s, graph.Config{Logger: quiet(), AnswerBytes: c.bytes})
		ask(t, h, c.query, nil)
		ask(t, h, c.query, nil)
		if n := asked(s); n != 2 {
			t.Errorf("%s: the store was asked %d times for two answers", what, n)
		}
	}
}

// TestKeptAnswersHaveBounds asks for more than there is room for: the latest are kept.
func TestKeptAnswersHaveBounds(t *testing.T) {
	s := &counting{Store: world(t)}
	h := graph.NewHandler(s, graph.Config{Logger: quiet(), AnswerBytes: 8 << 10})
	query := func(n int) string { return fmt.Sprintf("{ a%d: timeline(first: 3) { nodes { id title } } }", n) }
	for n := range 100 {
		ask(t, h, query(n), nil)
	}
	asked(s)
	for n, want := range map[int]int{0: 1, 99: 0} {
		ask(t, h, query(n), nil)
		if asked := asked(s); asked != want {
			t.Errorf("question %d asks the store %d times, want %d", n, asked, want)
		}
	}
}

// TestKeptAnswersAreFresh reads while others write: what is read after a write has it.
func TestKeptAnswersAreFresh(t *testing.T) {
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
		told(t, s, n)
		if _, body := ask(t, h, query, nil); !strings.Contains(string(body), fmt.Sprintf(`"event:late%d"`, n)) {
			t.Errorf("event %d is not there right after it was written", n)
		}
	}
	close(done)
	readers.Wait()
}
