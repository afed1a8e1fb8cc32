package storetest

import (
	"fmt"
	"slices"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// testOverviewsFresh asks of all events before and after each write, by the store itself and by another one beside it: what is
// kept of such answers must not outlive them.
func testOverviewsFresh(t *testing.T, h Harness) {
	s := fresh(t, h, doubles())
	writers := []store.Store{s}
	if h.Beside != nil {
		writers = append(writers, h.Beside(t, s))
	}
	shown := func() []string {
		lines := []string{extentLine(must[store.Extent](t)(s.Extent(t.Context(), store.ExtentQuery{})))}
		lines = append(lines, clusterLines(must[[]store.Cluster](t)(s.Clusters(t.Context(), store.ClusterQuery{Zoom: 20})))...)
		return append(lines, facetLines(must[[]store.Facet](t)(s.Facets(t.Context(), store.FacetQuery{Fields: []store.FacetField{store.FacetActor}, Top: 9})))...)
	}
	before := []string{"3 2 2 2025-02-20..2025-02-21 20 10 20 10", "10.0000 20.0000 1 - event:a", "ACTOR 3", "actor:flota 2 -", "actor:guard 2 -", "actor:fleet 1 -"}
	same(t, "at first", before, shown())
	for i, w := range writers {
		// A place gets a point of which nothing else changes, then an event is added there.
		at := kg.Point{Latitude: float64(30 + i), Longitude: 40}
		id := kg.ID(fmt.Sprint("location:new", i))
		load(t, w, kg.Batch{Locations: []kg.Location{{ID: id, Kind: kg.LocationCity, Names: []kg.Name{name("en", "New")}}}})
		load(t, w, kg.Batch{Claims: []kg.Claim{claim(id[len("location:"):], kg.ID(fmt.Sprint("event:new", i)), '+', 5, title("en", "New"),
			place(id, kg.LocationRoleVenue, 1))}, RecordedAt: noon(31)})
		same(t, "an event more", fmt.Sprint(4+i), shown()[0][:1])
		load(t, w, kg.Batch{Locations: []kg.Location{{ID: id, Kind: kg.LocationCity, Names: []kg.Name{name("en", "New")}, Point: &at}}})
		if line := fmt.Sprintf("%d.0000 40.0000 1 - event:new%d", 30+i, i); !slices.Contains(shown(), line) {
			t.Errorf("after a place got a point: no %q in %q", line, shown())
		}
	}
	same(t, "again", shown(), shown())
}
