package graph_test

import (
	"fmt"
	"testing"

	"casus/graph"
)

// TestCostOfOmittedFields asks for fields that @skip or @include leaves out: they cost nothing.
func TestCostOfOmittedFields(t *testing.T) {
	const names = "nodes { id titles { value } }"
	query := func(directive string) string {
		return fmt.Sprintf("query($on: Boolean!) { timeline(first: 50) { nodes { id } } "+
			"more: timeline(first: 50) %s { %s } ...F } "+
			"fragment F on Query { extent @skip(if: $on) { events } }", directive, names)
	}
	for _, c := range []struct {
		directive string
		on        bool
		keys      int
	}{
		// timeline, nodes, 50 ids; extent and its events unless they are left out
		{"@include(if: $on)", false, 1 + 1 + 50 + 2},
		{"@skip(if: $on)", true, 1 + 1 + 50},
		// and: more, nodes, 50 ids, 50 lists of titles with 5 values each
		{"@include(if: $on)", true, 1 + 1 + 50 + 1 + 1 + 50 + 50 + 250},
		{"@skip(if: $on)", false, 1 + 1 + 50 + 1 + 1 + 50 + 50 + 250 + 2},
	} {
		for _, refused := range []bool{false, true} {
			limit := c.keys
			if refused {
				limit--
			}
			config := graph.Config{Logger: quiet(), ResponseCacheBytes: -1, Complexity: limit, Depth: -1}
			_, errs := faults(t, graph.NewHandler(pageStore{}, config), query(c.directive), map[string]any{"on": c.on})
			got := len(errs) == 1 && errs[0].Extensions.Code == "LIMIT_EXCEEDED"
			if got != refused {
				t.Errorf("%s with %v and a limit of %d: refused %v, want %v: %v", c.directive, c.on, limit, got, refused, errs)
			}
		}
	}
}
