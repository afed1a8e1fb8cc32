package graph_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"casus/graph"
)

// TestWarningsOfFragments sends fragments that spread one another, so that the query selects 2^40 fields: looking for
// ids in them ends, and the query is refused.
func TestWarningsOfFragments(t *testing.T) {
	var query strings.Builder
	query.WriteString("{timeline(first: 1) {nodes {...f0}}}")
	const depth = 40
	for i := range depth {
		fmt.Fprintf(&query, " fragment f%[1]d on Event {a: partOf {whole {...f%[2]d}} b: partOf {whole {...f%[2]d}}}", i, i+1)
	}
	fmt.Fprintf(&query, " fragment f%d on Event {id around(filter: {ids: [\"event:none\"]}) {nodes {id}}}", depth)
	h := graph.NewHandler(world(t), graph.Config{Logger: quiet()})
	done := make(chan string, 1)
	go func() {
		w := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/graphql",
			strings.NewReader(fmt.Sprintf(`{"query": %q}`, query.String())))
		r.Header.Set("Content-Type", "application/json")
		h.ServeHTTP(w, r)
		done <- w.Body.String()
	}()
	select {
	case got := <-done:
		if !strings.Contains(got, "LIMIT_EXCEEDED") {
			t.Errorf("got %.300s, want LIMIT_EXCEEDED", got)
		}
	case <-time.After(time.Minute):
		t.Error("the query is not answered within a minute")
	}
}
