package graph_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestNumbers sends numbers as variables and literals, in the forms in which programs write them.
func TestNumbers(t *testing.T) {
	h := handler(t, world(t))
	const page = `query Q($n: Int) { timeline(first: $n) { nodes { id } } }`
	const filtered = `query Q($f: EventFilter) { timeline(first: 1, filter: $f) { nodes { id } } }`
	var got strings.Builder
	for _, c := range []struct{ query, variables string }{
		{page, `{"n": 2}`}, {page, `{"n": 2.0}`}, {page, `{"n": 20e-1}`}, {page, `{"n": null}`},
		{page, `{"n": "2"}`}, {page, `{"n": 2.5}`}, {page, `{"n": 3000000000}`}, {page, `{"n": true}`},
		{page, `{"n": 2, "n": 3}`},
		{`{ timeline(first: 2) { nodes { id } } }`, `{}`},
		{`{ timeline(first: 2.0) { nodes { id } } }`, `{}`},
		{`{ timeline(first: "2") { nodes { id } } }`, `{}`},
		{`{ timeline(first: 3000000000) { nodes { id } } }`, `{}`},
		{filtered, `{"f": {"killed": {"min": 1.0}}}`}, {filtered, `{"f": {"killed": {"min": "1"}}}`},
		{filtered, `{"f": {"killed": {"min": 3000000000}}}`}, {filtered, `{"f": {"text": "\ud800"}}`},
	} {
		body := fmt.Sprintf(`{"query": %s, "variables": %s}`, quoted(t, c.query), c.variables)
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		var shown bytes.Buffer
		if err := json.Compact(&shown, w.Body.Bytes()); err != nil {
			t.Fatal(err)
		}
		_, _ = fmt.Fprintf(&got, "%s\n%s\n%d %s\n\n", c.query, c.variables, w.Code, shown.String())
	}
	golden(t, "testdata/numbers/requests.golden", got.String())
}

func quoted(t *testing.T, s string) string {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
