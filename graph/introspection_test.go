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
)

// keysIn counts the response keys of an answer.
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

// TestIntrospectionPasses sends the query that GraphiQL and graphql-js send, and smaller ones: each is answered, and
// was counted right before it was.
func TestIntrospectionPasses(t *testing.T) {
	h := graph.NewHandler(world(t), graph.Config{Logger: quiet()})
	for _, query := range []string{
		readFile(t, "testdata/introspection.graphql"),
		`{ __schema { types { name fields { name args { name type { name } } } } directives { name args { name } } } }`,
		`{ __type(name: "Event") { name fields { name type { ...T } } enumValues { name } } none: __type(name: "None") { name } } fragment T on __Type { kind ofType { kind name } }`,
		`{ ...S ...S } fragment S on Query { __schema { queryType { __typename possibleTypes { name } interfaces { name } } } }`,
	} {
		var data map[string]any
		answer(t, h, query, nil, &data)
		counted, err := graph.IntrospectionKeys(query, nil)
		if got := keysIn(data); err != nil || counted != got {
			t.Errorf("%.40s: %d response keys counted, %d answered: %v", query, counted, got, err)
		}
		t.Logf("%.40s: %d response keys", query, counted)
	}
}

// doubling is a query whose fragments double from one to the next.
func doubling(n int, on, leaf string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " fragment F%d on __Type { a: %s { ...F%d } b: %s { ...F%d } }", i, on, i+1, on, i+1)
	}
	fmt.Fprintf(&b, " fragment F%d on __Type { %s }", n, leaf)
	return `{ __schema { types { ...F0 } } }` + b.String()
}

// TestIntrospectionHasLimits sends introspection that would be answered with megabytes: it is refused before any is
// read.
func TestIntrospectionHasLimits(t *testing.T) {
	h := graph.NewHandler(world(t), graph.Config{Logger: quiet(), Complexity: -1, Depth: -1})
	of := func(path string) string {
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
	for what, c := range map[string]struct{ query, says string }{
		"many aliases": {of("testdata/introspection-wide.json"), "20000 response keys"},
		"deep":         {`{ __type(name: "Participation") { ` + wrapped + ` } }`, "introspection"},
		"deep in wrapped types": {`{ __schema { types { fields { type { ofType { ofType { ofType { fields { args { type { ofType { ofType { name } } } } } } } } } } } } }`,
			"more than 12 fields deep"},
		"doubling fragments": {doubling(60, "interfaces", "a: fields { name } b: fields { name }"), ""},
		"doubling types":     {doubling(60, "possibleTypes", "fields { name }"), ""},
		"fields of the query": {
			`{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }`,
			"introspection",
		},
	} {
		began := time.Now()
		status, body := ask(t, h, c.query, nil)
		if took := time.Since(began); took > 2*time.Second || len(body) > 1<<20 {
			t.Errorf("%s: %d bytes after %v", what, len(body), took)
		}
		if c.says == "" {
			continue
		}
		var shape struct{ Errors []fault }
		if err := json.Unmarshal(body, &shape); err != nil || status == http.StatusOK {
			t.Errorf("%s: status %d: %v", what, status, err)
		} else if e := shape.Errors; len(e) != 1 || e[0].Extensions.Code != "LIMIT_EXCEEDED" || !strings.Contains(e[0].Message, c.says) {
			t.Errorf("%s: %v", what, e)
		}
	}
}

// TestTypenameCounts asks every event of a page for its type's name under many aliases: each counts as a field.
func TestTypenameCounts(t *testing.T) {
	var request struct{ Query string }
	if err := json.Unmarshal([]byte(readFile(t, "testdata/typename-wide.json")), &request); err != nil {
		t.Fatal(err)
	}
	h := graph.NewHandler(world(t), graph.Config{Logger: quiet(), Tokens: -1})
	if _, all := faults(t, h, request.Query, nil); len(all) != 1 || all[0].Extensions.Code != "LIMIT_EXCEEDED" || !strings.Contains(all[0].Message, "complexity") {
		t.Errorf("%v", all)
	}
	if _, all := faults(t, h, "{ __typename timeline { nodes { __typename id } } }", nil); len(all) > 0 {
		t.Errorf("%v", all)
	}
}
