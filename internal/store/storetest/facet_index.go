package storetest

import (
	"fmt"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// testFacetIndex reads facets before and after the first buckets, and again after each write: facets counted
// by the engine and facets counted from an index that buckets built must be equal.
func testFacetIndex(t *testing.T, h Harness) {
	year, killed := must[edtf.Time](t)(edtf.ParseTime("2025")), 1
	filters := map[string]*store.EventFilter{
		"all": nil,
		"some": {Categories: []kg.EventCategory{kg.CategoryAssault, kg.CategoryConsult, kg.CategoryProtest},
			Time: &store.TimeRange{From: &year},
			Not:  &store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusRetracted}}},
		"with killed": {Killed: &store.IntRange{Min: &killed}},
		"with parts":  {HasParts: new(bool)},
	}
	*filters["with parts"].HasParts = true
	results := func(s store.Store) (lines []string) {
		for _, what := range sortedKeys(filters) {
			for _, tolls := range []bool{true, false} {
				q := store.FacetQuery{Filter: filters[what], Top: 3, Killed: tolls,
					Fields: []store.FacetField{store.FacetYear, store.FacetActor, store.FacetStatus, store.FacetCategory,
						store.FacetCountry, store.FacetModality}}
				for _, line := range facetLines(must[[]store.Facet](t)(s.Facets(t.Context(), q))) {
					lines = append(lines, fmt.Sprintf("%s, %t: %s", what, tolls, line))
				}
			}
		}
		return lines
	}
	afterBuckets := func(s store.Store) []string {
		must[[]store.Bucket](t)(s.Buckets(t.Context(), store.BucketQuery{Interval: edtf.IntervalYear}))
		return results(s)
	}
	s := newStore(t, h, world())
	before := results(s)
	if !slices.Contains(before, "all, true: YEAR 2") || len(before) < 100 {
		t.Fatalf("facets are %q", before)
	}
	wantEqual(t, "after buckets", before, afterBuckets(s))
	load(t, s, duplicates())
	after := afterBuckets(s)
	wantEqual(t, "after more", results(newStore(t, h, world(), duplicates())), after)
	if slices.Equal(before, after) {
		t.Error("the new events do not change the facets")
	}
}
