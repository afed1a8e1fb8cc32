package main

import (
	"slices"
	"testing"

	"casus/internal/testkit/foreign"
)

func TestJSONLDRoundTrip(t *testing.T) {
	t.Setenv(envStore, "")
	var api apiGraph
	querySample(t, graphQuery, &api)
	type jsonLDFile struct {
		Events                              int
		Statuses, Roles, Stances, WhoClaims map[string]int
		Titles, Starts                      []string
	}
	tables := api.tables()
	want := jsonLDFile{
		tables.Events, tables.Statuses, tables.Roles, tables.Stances, map[string]int{}, tables.Titles, tables.Starts,
	}
	for _, e := range api.Timeline.Nodes {
		for _, c := range e.Claims.Nodes {
			for _, by := range c.Claimants {
				want.WhoClaims[by.ID]++
			}
		}
	}
	path := exportSample(t, "sample.jsonld", "--format", "jsonld")
	got := parseOutput[jsonLDFile](t, foreign.Python(t, "testdata/readback/jsonld.py", path))
	slices.Sort(got.Titles)
	compare(t, "JSON-LD", got, want)
}
