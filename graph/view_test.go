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

// arguments returns the required arguments of fields.
func arguments() map[string]string {
	return map[string]string{
		"Query.node":  `id: "event:strike"`,
		"Query.nodes": `ids: ["event:strike", "claim:strike-denied", "affiliation:office", "document:paper"]`,
		"Query.actor": `id: "actor:ada"`, "Query.location": `id: "location:port"`,
		"Query.event": `id: "event:strike"`, "Query.document": `id: "document:paper"`,
		"Query.search": `text: "talks"`, "Query.timelineBuckets": `interval: DAY, splitBy: CLAIMANT`,
		"Query.knowledge": `interval: MONTH`,
		"Query.facets":    `fields: [ACTOR, ADMIN1, PUBLISHER, CLAIMANT]`,
		"Query.clusters":  `zoom: 5, filter: {ids: ["event:strike"]}`,
		"Query.paths":     `from: "actor:bo", to: "actor:land"`,
		"Query.link":      `a: "actor:bo", b: "actor:ada"`,
	}
}

// deep returns a selection of every field that leads to other nodes, down to a depth, and of the fields of events and
// claims that show the view in which they were read.
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
		below := schema.Types[f.Type.Name()]
		if depth == 0 || !below.IsCompositeType() || f.Name == "edges" || f.Name == "assertedAt" {
			continue
		}
		if hasNodes(schema, below, nil) {
			fmt.Fprintf(&b, "%s %s ", f.Name, deep(schema, below, depth-1))
		}
	}
	return b.String() + "}"
}

// hasNodes reports whether a type is a node or has nodes below it.
func hasNodes(schema *ast.Schema, def *ast.Definition, seen []string) bool {
	if slices.Contains(seen, def.Name) {
		return false
	}
	if def.IsAbstractType() || slices.Contains(def.Interfaces, "Node") {
		return true
	}
	return slices.ContainsFunc(def.Fields, func(f *ast.FieldDefinition) bool {
		return hasNodes(schema, schema.Types[f.Type.Name()], append(seen, def.Name))
	})
}

// TestViewOfRootAppliesBelow queries every root field at two moments and for everything known, with every path from
// node to node that the schema has, and checks the view of every event and claim in the response.
func TestViewOfRootAppliesBelow(t *testing.T) {
	s := world(t)
	h := graph.NewHandler(s, graph.Config{
		Logger: quiet(), Complexity: -1, Depth: -1, Tokens: -1, Timeout: -1, Networks: network.New(s, 0),
	})
	moments := map[string]any{"middle": "2025-12-22T00:00:00Z", "late": "2025-12-23T12:00:00Z", "all": nil}
	for _, f := range graph.Schema().Query.Fields {
		// changes has a moment for each of its events; extent and knowledge have no nodes.
		if strings.HasPrefix(f.Name, "__") || slices.Contains([]string{"changes", "extent", "knowledge"}, f.Name) {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			levels := 4
			if f.Name == "timelineBuckets" || f.Name == "facets" { // their nodes are deeper
				levels = 5
			}
			for _, alias := range slices.Sorted(maps.Keys(moments)) {
				moment, known, below := moments[alias], "", ""
				if moment != nil {
					known = fmt.Sprintf("knownAt: %q", moment)
				}
				if def := graph.Schema().Types[f.Type.Name()]; def.IsCompositeType() {
					below = deep(graph.Schema(), def, levels)
				}
				args := strings.Trim(arguments()["Query."+f.Name]+", "+known, ", ")
				if args != "" {
					args = "(" + args + ")"
				}
				var data map[string]any
				answer(t, h, fmt.Sprintf("{ all: %s%s %s }", f.Name, args, below), nil, &data)
				if n := checkMoment(t, alias, moment, data["all"]); n == 0 {
					t.Errorf("%s: found no event and no claim", alias)
				} else {
					t.Logf("%s: %d events and claims", alias, n)
				}
			}
		})
	}
}

// checkMoment returns the number of events and claims in a response and reports those read at another moment.
func checkMoment(t *testing.T, path string, moment, v any) (n int) {
	t.Helper()
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			n += checkMoment(t, path, moment, item)
		}
	case map[string]any:
		switch v["__typename"] {
		case "Event":
			n++
			if v["knownAt"] != moment {
				t.Errorf("%s: %s was read at %v, want %v", path, v["id"], v["knownAt"], moment)
			}
		case "Claim":
			n++
			if latest := v["assertedAt"].(map[string]any)["latest"].(string); moment != nil && latest > moment.(string) {
				t.Errorf("%s: %s is known from %s, after %v", path, v["id"], latest, moment)
			}
		}
		for name, below := range v {
			n += checkMoment(t, path+"."+name, moment, below)
		}
	}
	return n
}
