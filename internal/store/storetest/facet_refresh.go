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
// that change only places, documents or releases. Cached counts must equal those at a moment of knowledge after all
// claims.
func testFacetRefresh(t *testing.T, h Harness) {
	whole := generate(newRandom(5), smallScale, "").batch
	s := h.New(t)
	steps := 0
	follow := func(what string) []string {
		steps++
		return checkFacets(t, h, s, steps, what)
	}
	batches := loaderBatches(whole)
	for n, b := range batches {
		load(t, s, b)
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
			load(t, s, b)
			after := follow(fmt.Sprint(what, " ", i))
			if i > 0 && what != "a dataset" && slices.Equal(before, after) { // one of two names of a data set is stored
				t.Errorf("%s %d does not change the overviews", what, i)
			}
			before = after
		}
	}
}

// facetFilters returns the filters to count events by after a step, by name. For a slow store these are no filter and
// one of the others, in turn.
func facetFilters(h Harness, step int) map[string]*store.EventFilter {
	year, voices, killed := *at("2025"), 1, 1
	all := map[string]*store.EventFilter{
		"all":               nil,
		"time and category": {Time: &store.TimeRange{From: &year}, Categories: kg.EventCategories()[:9]},
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
	if h.fewer() {
		names := slices.DeleteFunc(sortedKeys(all), func(name string) bool { return name == "all" })
		for i, name := range names {
			if i != step%len(names) {
				delete(all, name)
			}
		}
	}
	return all
}

// checkFacets returns the facets, clusters and extent of all events, and compares those of several filters with the
// counts as of a late moment, which no cache serves. For a slow store it compares four fields of facets, in turn.
func checkFacets(t *testing.T, h Harness, s store.Store, step int, what string) (lines []string) {
	t.Helper()
	late := known(edtf.InstantOf(time.Date(2900, 1, 1, 0, 0, 0, 0, time.UTC)))
	fields := store.FacetFields()
	if h.fewer() {
		doubled := slices.Concat(fields, fields)
		first := 4 * step % len(fields)
		fields = doubled[first : first+4]
	}
	for name, f := range facetFilters(h, step) {
		counted := func(v kg.View, fields []store.FacetField) []string {
			all := []string{extentLine(must[store.Extent](t)(s.Extent(t.Context(), store.ExtentQuery{View: v, Filter: f})))}
			all = append(all, clusterLines(must[[]store.Cluster](t)(
				s.Clusters(t.Context(), store.ClusterQuery{View: v, Filter: f, Zoom: 9, Killed: true})))...)
			return append(all, facetLines(must[[]store.Facet](t)(
				s.Facets(t.Context(), store.FacetQuery{View: v, Filter: f, Fields: fields, Top: store.MaxFacetGroups,
					Killed: true})))...)
		}
		wantEqual(t, what+": "+name, counted(late, fields), counted(kg.View{}, fields))
		if f == nil {
			lines = counted(kg.View{}, store.FacetFields())
		}
	}
	return lines
}
