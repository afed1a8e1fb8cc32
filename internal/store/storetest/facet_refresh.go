package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// testFacetRefresh reads facets, clusters and extents from one store after every batch of a graph, and after batches
// that change only places, documents or releases. Cached counts must equal those of the oracle or, without one, those
// at a moment of knowledge after all claims.
func testFacetRefresh(t *testing.T, h Harness) {
	whole := generate(newRandom(5), smallScale, "").batch
	s := h.New(t)
	reference, view := s, known(edtf.InstantOf(time.Date(2900, 1, 1, 0, 0, 0, 0, time.UTC)))
	if h.Oracle != nil {
		reference, view = h.Oracle(t), kg.View{}
	}
	apply := func(b kg.Batch) {
		load(t, s, b)
		if reference != s {
			load(t, reference, b)
		}
	}
	follow := func(what string) []string {
		for name, f := range facetFilters() {
			wantSameFacets(t, what+": "+name, f, reference, view, s)
		}
		return wantSameFacets(t, what, nil, reference, view, s)
	}
	batches := loaderBatches(whole)
	for n, b := range batches {
		apply(b)
		if h.fewer() && n%4 != 1 && n != len(batches)-1 {
			continue
		}
		follow(fmt.Sprint("batch ", n))
	}
	at := func(id kg.ID, kind kg.LocationKind, country string, parents ...kg.ID) kg.Location {
		return kg.Location{ID: id, Kind: kind, Names: []kg.Name{name("en", "Place")}, Country: country, Parents: parents}
	}
	point := func(l kg.Location, latitude float64) kg.Location {
		l.Point = &kg.Point{Latitude: latitude, Longitude: 7}
		return l
	}
	later := map[string][]kg.Batch{
		"a point": {
			{Locations: []kg.Location{at("location:b", kg.LocationCity, "")}, RecordedAt: noon(31), Claims: []kg.Claim{
				claim("b", "event:b", '+', 5, title("en", "B"), place("location:b", kg.LocationRoleVenue, 1))}},
			{Locations: []kg.Location{point(at("location:b", kg.LocationCity, ""), 70)}},
			{Locations: []kg.Location{point(at("location:a", kg.LocationCity, ""), 80)}, RecordedAt: noon(31),
				Claims: []kg.Claim{
					claim("a", "event:b", '+', 6, place("location:a", kg.LocationRoleVenue, 1),
						place("location:b", kg.LocationRoleTarget, 1))}}},
		"a country": {
			{Locations: []kg.Location{at("location:later", kg.LocationCity, "")}, RecordedAt: noon(31), Claims: []kg.Claim{
				claim("later", "event:later", '+', 5, title("en", "Later"), place("location:later", kg.LocationRoleVenue, 1))}},
			{Locations: []kg.Location{at("location:later", kg.LocationCity, "FR")}}},
		"a province": {
			{Locations: []kg.Location{at("location:inner", kg.LocationCity, ""), at("location:outer", kg.LocationAdmin1, "")},
				RecordedAt: noon(31),
				Claims: []kg.Claim{claim("inner", "event:inner", '+', 5, title("en", "Inner"),
					place("location:inner", kg.LocationRoleVenue, 1))}},
			{Locations: []kg.Location{at("location:inner", kg.LocationCity, "", "location:outer")}}},
		"a language and a publisher": {
			{Actors: []kg.Actor{{ID: "actor:paper", Kind: kg.ActorCompany, Names: []kg.Name{name("en", "Paper")}}},
				Documents: []kg.Document{{ID: "document:later", Titles: []kg.Name{name("en", "Told")}}}, RecordedAt: noon(31),
				Claims: []kg.Claim{claim("told", "event:told", '+', 5, title("en", "Told"),
					func(c *kg.Claim) { c.Document = "document:later" })}},
			{Documents: []kg.Document{{ID: "document:later", Titles: []kg.Name{name("en", "Told")}, Language: "cy"}}},
			{Documents: []kg.Document{{ID: "document:later", Titles: []kg.Name{name("en", "Told")}, Publisher: "actor:paper"}}}},
		"a dataset": {
			{Releases: []kg.Release{{ID: "release:later", Name: "zoo", Release: "1"}}, RecordedAt: noon(31),
				Claims: []kg.Claim{claim("coded", "event:coded", '+', 5, title("en", "Coded"),
					func(c *kg.Claim) { c.Release = "release:later" })}},
			{Releases: []kg.Release{{ID: "release:later", Name: "ark", Release: "1"}}}},
	}
	for _, what := range sortedKeys(later) {
		var before []string
		for i, b := range later[what] {
			apply(b)
			after := follow(fmt.Sprint(what, " ", i))
			if i > 0 && what != "a dataset" && slices.Equal(before, after) { // one of two names of a data set is stored
				t.Errorf("%s %d does not change the overviews", what, i)
			}
			before = after
		}
	}
}

// facetFilters returns filters to count events by, by name.
func facetFilters() map[string]*store.EventFilter {
	year, voices, killed := *at("2025"), 1, 1
	return map[string]*store.EventFilter{
		"time and category": {Time: &store.TimeRange{From: &year}, Categories: kg.EventCategories.Values()[:9]},
		"countries":         {Place: &store.PlaceFilter{Countries: []string{"FR", "UA"}}},
		"not there":         {Not: &store.EventFilter{Place: &store.PlaceFilter{Countries: []string{"UA"}}}},
		"a role there": {Place: &store.PlaceFilter{
			Countries: []string{"UA"}, Roles: []kg.LocationRole{kg.LocationRoleVenue},
		}},
		"any place": {Place: &store.PlaceFilter{}},
		"datasets": {Or: []store.EventFilter{
			{Datasets: []string{"ged", "ark", "zoo"}}, {Killed: &store.IntRange{Min: &killed}},
		}},
		"first asserted": {FirstAsserted: &store.TimeRange{From: &year}, Voices: &store.IntRange{Min: &voices}},
	}
}

// wantSameFacets compares the facets, clusters and extent of the events that a filter selects with those of a reference
// in its view. It returns the former.
func wantSameFacets(
	t *testing.T, what string, f *store.EventFilter, reference store.Store, view kg.View, s store.Store,
) []string {
	t.Helper()
	counted := func(s store.Store, v kg.View) []string {
		all := []string{extentLine(must[store.Extent](t)(s.Extent(t.Context(), store.ExtentQuery{View: v, Filter: f})))}
		all = append(all, clusterLines(must[[]store.Cluster](t)(
			s.Clusters(t.Context(), store.ClusterQuery{View: v, Filter: f, Zoom: 9, Killed: true})))...)
		return append(all, facetLines(must[[]store.Facet](t)(s.Facets(t.Context(), store.FacetQuery{
			View: v, Filter: f, Fields: store.FacetFields.Values(), Top: store.MaxFacetGroups, Killed: true})))...)
	}
	got := counted(s, kg.View{})
	wantEqual(t, what, counted(reference, view), got)
	return got
}
