package storetest

import (
	"fmt"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// testOverviewRefresh reads overviews from one store after every batch of a graph, and after batches that change only
// places, documents or releases, in the latest view or as of a moment of knowledge. Cached counts must equal those of
// the oracle.
func testOverviewRefresh(t *testing.T, h Harness) {
	g := generate(newRandom(5), smallScale, "")
	s, oracle := h.New(t), h.Oracle(t)
	apply := func(b kg.Batch) {
		load(t, s, b)
		load(t, oracle, b)
	}
	compared := 0
	follow := func(what string) (latest []string) {
		for name, f := range overviewFilters() {
			view := kg.View{}
			if compared++; compared%2 == 0 && f != nil {
				view = known(g.moments[7*compared%len(g.moments)])
			}
			lines := overviewLines(t, s, view, f)
			wantEqual(t, fmt.Sprintf("%s, %s as of %s", what, name, view.Moment()), overviewLines(t, oracle, view, f), lines)
			if f == nil {
				latest = lines
			}
		}
		return latest
	}
	batches := loaderBatches(g.batch, 100)
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

// overviewFilters returns filters to count events by, by name.
func overviewFilters() map[string]*store.EventFilter {
	year, one := *at("2025"), ref(1)
	return map[string]*store.EventFilter{
		"all":               nil,
		"time and category": {Time: &store.TimeRange{From: &year}, Categories: kg.EventCategories.Values()[:9]},
		"countries":         {Place: &store.PlaceFilter{Countries: []string{"FR", "UA"}}},
		"not there":         {Not: &store.EventFilter{Place: &store.PlaceFilter{Countries: []string{"UA"}}}},
		"a role there": {Place: &store.PlaceFilter{
			Countries: []string{"UA"}, Roles: []kg.LocationRole{kg.LocationRoleVenue},
		}},
		"any place": {Place: &store.PlaceFilter{}},
		"datasets":  {Or: []store.EventFilter{{Datasets: []string{"ged", "ark"}}, {Killed: &store.IntRange{Min: one}}}},
		"states": {Modes: []string{""}, Modalities: kg.Modalities.Values()[:2], Precision: edtf.TimePrecisions()[:4],
			Not: &store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusUnverified}}},
		"parts":          {Or: []store.EventFilter{{HasParts: ref(true)}, {Voices: &store.IntRange{Min: ref(2)}}}},
		"first asserted": {FirstAsserted: &store.TimeRange{From: &year}, Voices: &store.IntRange{Min: one}},
	}
}

// overviewLines returns the extent, clusters, facets and buckets of the events that a filter selects in a view.
func overviewLines(t *testing.T, s store.Store, v kg.View, f *store.EventFilter) []string {
	t.Helper()
	ctx := t.Context()
	all := []string{extentLine(must[store.Extent](t)(
		s.Extent(ctx, store.ExtentQuery{View: v, Filter: f, Sums: sums.Figures})))}
	all = append(all, clusterLines(must[[]store.Cluster](t)(
		s.Clusters(ctx, store.ClusterQuery{View: v, Filter: f, Zoom: 9, Sums: sums.Killed})))...)
	all = append(all, bucketLines(must[[]store.Bucket](t)(s.Buckets(ctx,
		store.BucketQuery{View: v, Filter: f,
			Interval: edtf.IntervalYear, SplitBy: store.SplitByStatus, Sums: sums.Figures})))...)
	return append(all, facetLines(must[[]store.Facet](t)(s.Facets(ctx, store.FacetQuery{
		View: v, Filter: f, Fields: store.FacetFields.Values(), Top: store.MaxFacetGroups, Sums: sums.Killed})))...)
}

// testOverviewsKnownAt compares overviews of all events, which an index may count, with those of the same events by
// their ids, which the store counts itself before anything is loaded.
func testOverviewsKnownAt(t *testing.T, h Harness) {
	s, indexed := newStore(t, h, world()), newStore(t, h, world())
	events := &store.EventFilter{IDs: nodeIDs(kg.KindEvent,
		"strike raid speech reply counter week talks spring year denied campaign rumour")}
	killed := map[string]string{}
	for _, m := range []edtf.Instant{noon(1) - 1, noon(1), noon(4), noon(6), noon(10), noon(11), noon(12), noon(31)} {
		byID := overviewLines(t, s, known(m), events)
		wantEqual(t, m.String(), byID, overviewLines(t, indexed, known(m), nil))
		facets := must[[]store.Facet](t)(indexed.Facets(t.Context(), store.FacetQuery{
			View: known(m), Fields: []store.FacetField{store.FacetCategory}, Top: 1, Sums: sums.Killed}))
		killed[m.String()] = facetLines(facets)[len(facets[0].Groups)]
	}
	wantEqual(t, "before the raid is a part of the strike", "ASSAULT 3 10..10..10", killed[noon(10).String()])
	wantEqual(t, "from then on", "ASSAULT 4 10..10..10", killed[noon(11).String()])
}
