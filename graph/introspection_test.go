package graph_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"casus/graph"
	"casus/internal/testkit/processor"
)

// keysIn returns the number of response keys of a response.
func keysIn(v any) (n int) {
	switch v := v.(type) {
	case map[string]any:
		n = len(v)
		for _, below := range v {
			n += keysIn(below)
		}
	case []any:
		for _, below := range v {
			n += keysIn(below)
		}
	}
	return n
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestIntrospectionKeys sends the query of GraphiQL and graphql-js, and smaller ones: each is answered, and the
// response has as many keys as were counted in advance.
func TestIntrospectionKeys(t *testing.T) {
	h := graph.NewHandler(world(t), graph.Config{Logger: quiet()})
	for _, query := range []string{
		readFile(t, "testdata/introspection.graphql"),
		`{ __schema { types { name fields { name args { name type { name } } } } directives { name args { name } } } }`,
		`{ __type(name: "Event") { name fields { name type { ...T } } enumValues { name } }
			none: __type(name: "None") { name } }
			fragment T on __Type { kind ofType { kind name } }`,
		`{ ...S ...S }
			fragment S on Query { __schema { queryType { __typename possibleTypes { name } interfaces { name } } } }`,
	} {
		var data map[string]any
		answer(t, h, query, nil, &data)
		counted, err := graph.IntrospectionKeys(query, nil)
		if got := keysIn(data); err != nil || counted != got {
			t.Errorf("%.40s: counted %d response keys, got %d: %v", query, counted, got, err)
		}
		t.Logf("%.40s: %d response keys", query, counted)
	}
}

// doubling returns a query with n fragments, each of which spreads the next one twice.
func doubling(n int, on, leaf string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " fragment F%d on __Type { a: %s { ...F%d } b: %s { ...F%d } }", i, on, i+1, on, i+1)
	}
	fmt.Fprintf(&b, " fragment F%d on __Type { %s }", n, leaf)
	return `{ __schema { types { ...F0 } } }` + b.String()
}

// TestIntrospectionLimits sends introspection whose response would have megabytes: it is rejected before it is
// executed.
func TestIntrospectionLimits(t *testing.T) {
	h := graph.NewHandler(world(t), graph.Config{Logger: quiet(), Complexity: -1, Depth: -1})
	queryIn := func(path string) string {
		var request struct{ Query string }
		if err := json.Unmarshal([]byte(readFile(t, path)), &request); err != nil {
			t.Fatal(err)
		}
		return request.Query
	}
	wrapped := "name"
	for range 6 {
		wrapped = "fields { type { " + wrapped + " } }"
	}
	for what, c := range map[string]struct{ query, message string }{
		"many aliases": {queryIn("testdata/introspection-wide.json"), "20000 response keys"},
		"deep":         {`{ __type(name: "Participation") { ` + wrapped + ` } }`, "introspection"},
		"deep in wrapped types": {
			`{ __schema { types { fields { type { ofType { ofType { ofType { fields { args { type {
				ofType { ofType { name } } } } } } } } } } } } }`,
			"more than 12 fields deep",
		},
		"doubling fragments": {doubling(60, "interfaces", "a: fields { name } b: fields { name }"), ""},
		"doubling types":     {doubling(60, "possibleTypes", "fields { name }"), ""},
		"fields of the query": {
			`{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }`,
			"introspection",
		},
	} {
		start := processor.Time(t)
		status, body := ask(t, h, c.query, nil)
		if took := processor.Time(t) - start; took > 2*time.Second || len(body) > 1<<20 {
			t.Errorf("%s: %d bytes after %v of processor time", what, len(body), took)
		}
		if c.message == "" {
			continue
		}
		var shape struct{ Errors []fault }
		if err := json.Unmarshal(body, &shape); err != nil || status == http.StatusOK {
			t.Errorf("%s: status %d: %v", what, status, err)
		} else if !isOnly(shape.Errors, "LIMIT_EXCEEDED", c.message) {
			t.Errorf("%s: %v", what, shape.Errors)
		}
	}
}

// TestTypenameCounts selects __typename under many aliases on every event of a page: each counts as a field.
func TestTypenameCounts(t *testing.T) {
	var request struct{ Query string }
	if err := json.Unmarshal([]byte(readFile(t, "testdata/typename-wide.json")), &request); err != nil {
		t.Fatal(err)
	}
	h := graph.NewHandler(world(t), graph.Config{Logger: quiet(), Tokens: -1})
	if _, errs := faults(t, h, request.Query, nil); !isOnly(errs, "LIMIT_EXCEEDED", "complexity") {
		t.Errorf("%v", errs)
	}
	if _, all := faults(t, h, "{ __typename timeline { nodes { __typename id } } }", nil); len(all) > 0 {
		t.Errorf("%v", all)
	}
}
