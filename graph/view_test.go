package graph_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"casus/graph"
	"casus/internal/projection/network"
	"github.com/vektah/gqlparser/v2/ast"
)

// arguments are what fields that cannot go without are asked with.
func arguments() map[string]string {
	return map[string]string{
		"Query.node":  `id: "event:strike"`,
		"Query.nodes": `ids: ["event:strike", "claim:strike-denied", "affiliation:office", "document:paper"]`,
		"Query.actor": `id: "actor:ada"`, "Query.location": `id: "location:port"`,
		"Query.event": `id: "event:strike"`, "Query.document": `id: "document:paper"`,
		"Query.search": `text: "talks"`, "Query.timelineBuckets": `interval: DAY, splitBy: CLAIMANT`,
		"Query.facets":   `fields: [ACTOR, ADMIN1, PUBLISHER, CLAIMANT]`,
		"Query.clusters": `zoom: 5, filter: {ids: ["event:strike"]}`,
		"Query.paths":    `from: "actor:bo", to: "actor:land"`,
	}
}

// deep selects every field that leads to other nodes, down to a depth, and of events and claims what tells the view in
// which they were read.
func deep(schema *ast.Schema, def *ast.Definition, depth int) string {
	var b strings.Builder
	b.WriteString("{ __typename ")
	if def.IsAbstractType() {
		for _, possible := range schema.GetPossibleTypes(def) {
			fmt.Fprintf(&b, "... on %s %s ", possible.Name, deep(schema, possible, depth))
		}
		return b.String() + "}"
	}
	switch def.Name {
	case "Event":
		b.WriteString("id knownAt ")
	case "Claim":
		b.WriteString("id assertedAt { latest } ")
	}
	for _, f := range def.Fields {
		if below := schema.Types[f.Type.Name()]; depth > 0 && below.IsCompositeType() && f.Name != "edges" && f.Name != "assertedAt" && leads(schema, below, nil) {
			fmt.Fprintf(&b, "%s %s ", f.Name, deep(schema, below, depth-1))
		}
	}
	return b.String() + "}"
}

// leads says whether there are nodes at or below a type.
func leads(schema *ast.Schema, def *ast.Definition, seen []string) bool {
	if slices.Contains(seen, def.Name) {
		return false
	}
	if def.IsAbstractType() || slices.Contains(def.Interfaces, "Node") {
		return true
	}
	return slices.ContainsFunc(def.Fields, func(f *ast.FieldDefinition) bool {
		return leads(schema, schema.Types[f.Type.Name()], append(seen, def.Name))
	})
}

// TestEverythingIsReadInTheViewOfItsRoot asks every field of the root at two moments and at none, with every way from
// node to node that the schema has, and looks at every event and claim found there.
func TestEverythingIsReadInTheViewOfItsRoot(t *testing.T) {
	s := world(t)
	h := graph.NewHandler(
		s,
		graph.Config{Logger: quiet(), Complexity: -1, Depth: -1, Tokens: -1, Timeout: -1, Networks: network.New(s, 0)},
	)
	moments := map[string]any{"middle": "2025-12-22T00:00:00Z", "late": "2025-12-23T12:00:00Z", "all": nil}
	for _, f := range graph.Schema().Query.Fields {
		// which has a moment for each of its events; which has no nodes
		if strings.HasPrefix(f.Name, "__") || f.Name == "changes" || f.Name == "extent" {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			levels := 4
			if f.Name == "timelineBuckets" || f.Name == "facets" { // whose nodes lie deeper
				levels = 5
			}
			var query strings.Builder
			for _, alias := range slices.Sorted(maps.Keys(moments)) {
				known, below := "", ""
				if moments[alias] != nil {
					known = fmt.Sprintf("knownAt: %q", moments[alias])
				}
				if def := graph.Schema().Types[f.Type.Name()]; def.IsCompositeType() {
					below = deep(graph.Schema(), def, levels)
				}
				given := strings.Trim(arguments()["Query."+f.Name]+", "+known, ", ")
				if given != "" {
					given = "(" + given + ")"
				}
				fmt.Fprintf(&query, "%s: %s%s %s\n", alias, f.Name, given, below)
			}
			var data map[string]any
			answer(t, h, "{ "+query.String()+" }", nil, &data)
			for alias, moment := range moments {
				if n := readIn(t, alias, moment, data[alias]); n == 0 {
					t.Errorf("%s: no event and no claim was found", alias)
				} else {
					t.Logf("%s: %d events and claims", alias, n)
				}
			}
		})
	}
}

// readIn counts the events and claims of an answer, and reports those that were read at another moment.
func readIn(t *testing.T, path string, moment, v any) (n int) {
	t.Helper()
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			n += readIn(t, path, moment, item)
		}
	case map[string]any:
		switch v["__typename"] {
		case "Event":
			n++
			if v["knownAt"] != moment {
				t.Errorf("%s: %s was read at %v, not %v", path, v["id"], v["knownAt"], moment)
			}
		case "Claim":
			n++
			if latest := v["assertedAt"].(map[string]any)["latest"].(string); moment != nil && latest > moment.(string) {
				t.Errorf("%s: %s is known from %s only, not at %v", path, v["id"], latest, moment)
			}
		}
		for name, below := range v {
			n += readIn(t, path+"."+name, moment, below)
		}
	}
	return n
}
