package main

import (
	"slices"
	"strings"
	"testing"

	"casus/internal/testkit/foreign"
)

func TestGeoJSONRoundTrip(t *testing.T) {
	t.Setenv(envStore, "")
	type geoJSONFile struct {
		Features, Killed         int
		Events, BlackSea, Titles []string
		Valid                    bool
	}
	var api struct {
		apiGraph
		Box struct{ Nodes []struct{ ID string } }
	}
	querySample(t, strings.TrimSuffix(graphQuery, "}")+`
		box: timeline(first: 500, filter: {place: {box: {west: 27, south: 40, east: 42, north: 47}}}) { nodes { id } }
	}`, &api)
	want := geoJSONFile{Valid: true}
	for _, e := range api.Timeline.Nodes {
		before := want.Features
		for _, l := range e.Locations {
			if l.Location.Point != nil {
				want.Features++
			}
		}
		if want.Features > before {
			want.Events = append(want.Events, e.ID)
			want.Titles = append(want.Titles, e.Title)
			want.Killed += e.killed()
		}
	}
	for _, e := range api.Box.Nodes {
		want.BlackSea = append(want.BlackSea, e.ID)
	}
	for _, list := range []*[]string{&want.Events, &want.Titles, &want.BlackSea} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	path := exportSample(t, "sample.geojson", "--format", "geojson")
	got := parseOutput[geoJSONFile](t, foreign.Python(t, "testdata/readback/geojson.py", path))
	slices.Sort(got.Titles)
	compare(t, "GeoJSON", got, want)
	if len(got.BlackSea) == 0 || len(got.BlackSea) == len(got.Events) {
		t.Error("the box selects all events or none")
	}
}
