package querycheck_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"casus/internal/querycheck"
)

var schema = gqlparser.MustLoadSchema(&ast.Source{Input: `
	scalar EDTF
	enum Color { RED GREEN }
	input Filter { from: EDTF, colors: [Color!], max: Int }
	type Query { timeline(filter: Filter, first: Int, at: EDTF): [Event!]!, event(id: ID!): Event }
	type Event { id: ID!, title: String! }
`})

func TestFaultPositions(t *testing.T) {
	for _, test := range []struct{ name, query, want string }{
		{
			"an unknown field, with the nearest", "{\n  timeline {\n    id titel\n  }\n}",
			"q.graphql:3:8: Cannot query field \"titel\" on type \"Event\". Did you mean \"title\"?\n" +
				"    3 |     id titel\n" +
				"      |        ^",
		},
		{
			"tabs stay tabs, wide letters count double", "{\n\tevent(id: \"事件\") { nope }\n}",
			"q.graphql:2:20: Cannot query field \"nope\" on type \"Event\".\n" +
				"    2 | \tevent(id: \"事件\") { nope }\n" +
				"      | \t                    ^",
		},
		{
			"a missing bracket", "{ timeline { id }",
			"q.graphql:1:18: Expected Name, found <EOF>\n" +
				"    1 | { timeline { id }\n" +
				"      |                  ^",
		},
		{"nothing", "# only a comment", "q.graphql: the query has no operation: begin with { or query"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, faults := querycheck.Query(schema, "q.graphql", test.query)
			if len(faults) != 1 {
				t.Fatalf("%d faults: %v", len(faults), faults)
			}
			if diff := cmp.Diff(test.want, faults[0].String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFaultsAreOrderedByPosition(t *testing.T) {
	_, faults := querycheck.Query(schema, "q", "{ timeline(frist: 1) { id }\n event { title }\n nothing }")
	var places []string
	for _, f := range faults {
		place, _, _ := strings.Cut(f.String(), ": ")
		places = append(places, place)
	}
	if diff := cmp.Diff([]string{"q:1:3", "q:2:2", "q:3:2"}, places); diff != "" {
		t.Error(diff, faults)
	}
}

func TestVariablesAreParsedByType(t *testing.T) {
	doc, faults := querycheck.Query(schema, "q", `query Q(
			$at: EDTF, $first: Int, $filter: Filter, $id: ID = "x", $from: EDTF, $colors: [Color!]
		) {
		timeline(filter: $filter, first: $first, at: $at) { id }
		other: timeline(filter: {from: $from, colors: $colors}) { id }
		event(id: $id) { id } }`)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	op, err := querycheck.Operation(doc, "")
	if err != nil {
		t.Fatal(err)
	}
	values, err := querycheck.Variables(op, map[string]any{"first": 1, "from": "2024"}, []string{
		"at=2025", "first=5", "$id=a=b", `filter={"from": "2025-12", "colors": ["RED"]}`, "colors=GREEN",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"at": "2025", "first": json.Number("5"), "id": "a=b", "from": "2024", "colors": "GREEN",
		"filter": map[string]any{"from": "2025-12", "colors": []any{"RED"}},
	}
	if diff := cmp.Diff(want, values); diff != "" {
		t.Error(diff)
	}
	if err := querycheck.CheckVariables(schema, op, values); err != nil {
		t.Error(err)
	}

	for _, test := range []struct{ assignment, want string }{
		{"first=five", "invalid JSON"},
		{"first=1 2", "unexpected text after"},
		{"frist=5", "did you mean $first?"},
		{"first", "not of the form name=value"},
	} {
		_, err := querycheck.Variables(op, nil, []string{test.assignment})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.assignment, err, test.want)
		}
	}
	blue := map[string]any{"filter": map[string]any{"colors": []any{"BLUE"}}}
	if err := querycheck.CheckVariables(schema, op, blue); err == nil || !strings.Contains(err.Error(), "filter.colors") {
		t.Errorf("an unknown colour: %v", err)
	}
}

func TestOperation(t *testing.T) {
	doc, faults := querycheck.Query(schema, "q", "query A { timeline { id } } query B { timeline { id } }")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if op, err := querycheck.Operation(doc, "B"); err != nil || op.Name != "B" {
		t.Error(op, err)
	}
	for _, name := range []string{"", "C"} {
		if _, err := querycheck.Operation(doc, name); err == nil || !strings.Contains(err.Error(), "A, B") {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func FuzzQuery(f *testing.F) {
	f.Add("{ timeline { id } }")
	f.Add("{\r\n\ttimeline(first: \"事\") { }")
	f.Fuzz(func(t *testing.T, query string) {
		doc, faults := querycheck.Query(schema, "q", query)
		if (doc == nil) == (len(faults) == 0) {
			t.Fatalf("%q: neither a query nor a fault, or both", query)
		}
		for _, fault := range faults {
			if fault.String() == "" || fault.Message == "" {
				t.Fatalf("%q: an empty fault", query)
			}
		}
	})
}
