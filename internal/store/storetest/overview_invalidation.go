package storetest

import (
	"fmt"
	"slices"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// testOverviewInvalidation reads overviews of all events before and after each write, by the store itself and by
// another one on the same data: stale results must not be returned.
func testOverviewInvalidation(t *testing.T, h Harness) {
	s := newStore(t, h, duplicates())
	writers := []store.Store{s}
	if h.OpenSecond != nil {
		writers = append(writers, h.OpenSecond(t, s))
	}
	results := func() []string {
		lines := []string{extentLine(must[store.Extent](t)(s.Extent(t.Context(), store.ExtentQuery{})))}
		lines = append(lines, clusterLines(must[[]store.Cluster](t)(
			s.Clusters(t.Context(), store.ClusterQuery{Zoom: 20})))...)
		return append(lines, facetLines(must[[]store.Facet](t)(
			s.Facets(t.Context(), store.FacetQuery{Fields: []store.FacetField{store.FacetActor}, Top: 9})))...)
	}
	before := []string{"3 2 2 2025-02-20..2025-02-21 20 10 20 10", "10.0000 20.0000 1 - event:a", "ACTOR 3",
		"actor:flota 2 -", "actor:guard 2 -", "actor:fleet 1 -"}
	wantEqual(t, "initially", before, results())
	for i, w := range writers {
		// Add an event at a new place, then a point to the place.
		at := kg.Point{Latitude: float64(30 + i), Longitude: 40}
		id := kg.ID(fmt.Sprint("location:new", i))
		load(t, w, kg.Batch{Locations: []kg.Location{{ID: id, Kind: kg.LocationCity, Names: []kg.Name{name("en", "New")}}}})
		load(t, w, kg.Batch{Claims: []kg.Claim{claim(id[len("location:"):], kg.ID(fmt.Sprint("event:new", i)), '+', 5,
			title("en", "New"),
			place(id, kg.LocationRoleVenue, 1))}, RecordedAt: noon(31)})
		wantEqual(t, "one more event", fmt.Sprint(4+i), results()[0][:1])
		load(t, w, kg.Batch{Locations: []kg.Location{{ID: id, Kind: kg.LocationCity, Names: []kg.Name{name("en", "New")},
			Point: &at}}})
		if line := fmt.Sprintf("%d.0000 40.0000 1 - event:new%d", 30+i, i); !slices.Contains(results(), line) {
			t.Errorf("after adding a point: no %q in %q", line, results())
		}
	}
	wantEqual(t, "repeated", results(), results())
}
