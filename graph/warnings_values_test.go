package graph_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWarningsOfValues filters by values that no node has: fields that find nothing have a warning with the nearest
// ones.
func TestWarningsOfValues(t *testing.T) {
	_, body := ask(t, handler(t, world(t)), `{
		case: timeline(filter: {datasets: ["SET"]}) { totalCount }
		near: timelineBuckets(filter: {and: [{datasets: ["sett"]}]}, interval: DAY) { start }
		mode: timeline(filter: {modes: ["missiles"], datasets: ["set"]}) { nodes { id } }
		code: timeline(filter: {codes: [{scheme: "CAMEO", value: "036"}]}) { nodes { id } }
		prefix: timeline(filter: {codes: [{scheme: "cameo", startsWith: "04"}]}) { nodes { id } }
		identifier: actors(filter: {identifiers: [{scheme: "wikidata", value: "q1"}]}) { nodes { id } }
		language: documents(filter: {languages: ["ENG"]}) { nodes { id } }
		country: facets(filter: {place: {countries: ["XX"]}}, fields: [STATUS]) { groups { key } }
		stored: timeline(filter: {datasets: ["set"], killed: {min: 1000000}, place: {countries: ["UA"]}}) { totalCount }
		found: timeline(filter: {or: [{datasets: ["set"]}, {datasets: ["SET"]}]}, first: 1) { totalCount }
	}`, nil)
	type warning struct {
		Message, Value string
		Path           []any
		Nearest        []string
	}
	var got struct {
		Errors     []any
		Extensions struct{ Warnings []warning }
	}
	if err := json.Unmarshal(body, &got); err != nil || len(got.Errors) > 0 {
		t.Fatalf("%v in %s", err, body)
	}
	want := []warning{
		{
			"no event is of the data set SET; the nearest is set", "SET", []any{"case", "filter", "datasets", 0.0},
			[]string{"set"},
		},
		{
			"no event has the code CAMEO:036; the nearest is cameo:036", "CAMEO:036",
			[]any{"code", "filter", "codes", 0.0}, []string{"cameo:036"},
		},
		{
			"no place has the country XX", "XX", []any{"country", "filter", "place", "countries", 0.0},
			[]string{},
		},
		{
			"no actor has the identifier wikidata:q1; the nearest is wikidata:Q1", "wikidata:q1",
			[]any{"identifier", "filter", "identifiers", 0.0}, []string{"wikidata:Q1"},
		},
		{
			"no document has the language ENG; the nearest is en", "ENG", []any{"language", "filter", "languages", 0.0},
			[]string{"en"},
		},
		{
			"no event has the mode missiles; the nearest is missile", "missiles", []any{"mode", "filter", "modes", 0.0},
			[]string{"missile"},
		},
		{
			"no event is of the data set sett; the nearest is set", "sett",
			[]any{"near", "filter", "and", 0.0, "datasets", 0.0}, []string{"set"},
		},
		{
			"no event has the code cameo:04; the nearest is cameo:03", "cameo:04",
			[]any{"prefix", "filter", "codes", 0.0}, []string{"cameo:03"},
		},
	}
	if diff := cmp.Diff(want, got.Extensions.Warnings); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
