package storetest

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// extentLine formats an extent as "events withoutPlace withoutTime earliest..latest west south east north".
func extentLine(x store.Extent) string {
	at := func(i *edtf.Instant) string {
		if i == nil {
			return "?"
		}
		return strings.TrimSuffix(i.String(), "T00:00:00Z")
	}
	line := fmt.Sprintf("%d %d %d %s..%s", x.Events, x.WithoutPlace, x.WithoutTime, at(x.Earliest), at(x.Latest))
	if x.FirstKnown != nil {
		line += fmt.Sprintf(" known %s..%s", at(x.FirstKnown), at(x.LastKnown))
	}
	if x.Bulk != nil {
		line += fmt.Sprintf(" bulk %s..%s", at(&x.Bulk.Start), at(&x.Bulk.End))
	}
	if b := x.Box; b != nil {
		line += fmt.Sprintf(" %v %v %v %v", b.West, b.South, b.East, b.North)
	}
	for _, s := range x.Sums {
		line += fmt.Sprintf(", %v %s", s.Quantity, sumText(s.Sum))
	}
	return line
}

// testExtent reads the extents of filters. The box of all events crosses the antimeridian.
func testExtent(t *testing.T, s store.Store) {
	for _, c := range []struct {
		name, want string
		q          store.ExtentQuery
	}{
		{"all", "12 6 2 2024-06-01..2026-01-01 33.5 43 -175 66", store.ExtentQuery{}},
		{"known and bulk", "12 6 2 2024-06-01..2026-01-01 known 2025-03-01T12:00:00Z..2025-03-16" +
			" bulk 2024-06-01..2025-03-20 33.5 43 -175 66", store.ExtentQuery{Known: true, Bulk: true}},
		{"known and bulk at an earlier moment", "7 2 2 2024-06-01..2025-04-01 known 2025-03-01T12:00:00Z.." +
			"2025-03-03T12:00:00Z bulk 2024-06-01..2025-03-20 33.53 43 -175 71.2",
			store.ExtentQuery{View: known(noon(3)), Known: true, Bulk: true}},
		{"known and bulk without a start", "1 1 1 ?..? known 2025-03-02T12:00:00Z..2025-03-04T12:00:00Z",
			store.ExtentQuery{Known: true, Bulk: true, Filter: &store.EventFilter{IDs: nodeIDs(kg.KindEvent, "rumour")}}},
		{"known and bulk of nothing", "0 0 0 ?..?",
			store.ExtentQuery{Known: true, Bulk: true, Filter: &store.EventFilter{IDs: []kg.ID{}}}},
		{"an empty filter", "12 6 2 2024-06-01..2026-01-01 33.5 43 -175 66", store.ExtentQuery{Filter: &store.EventFilter{}}},
		{"nothing", "0 0 0 ?..?", store.ExtentQuery{Filter: &store.EventFilter{IDs: []kg.ID{}}}},
		{"no time", "1 1 1 ?..?", store.ExtentQuery{Filter: &store.EventFilter{IDs: nodeIDs(kg.KindEvent, "rumour")}}},
		{"no start", "1 0 1 2025-04-01..2025-04-01 34.4 45.3 34.4 45.3",
			store.ExtentQuery{Filter: &store.EventFilter{IDs: nodeIDs(kg.KindEvent, "campaign")}}},
		{"no end", "2 2 0 2025-03-01..2025-03-03",
			store.ExtentQuery{Filter: &store.EventFilter{IDs: nodeIDs(kg.KindEvent, "counter reply")}}},
		{"a place without a point", "1 1 0 2025-01-01..2026-01-01",
			store.ExtentQuery{Filter: &store.EventFilter{IDs: nodeIDs(kg.KindEvent, "year")}}},
		{"all places of an event", "1 0 0 2025-02-27T22:00:00Z..2025-02-27T22:00:01Z 33.53 43 34 44.62",
			store.ExtentQuery{Filter: &store.EventFilter{IDs: nodeIDs(kg.KindEvent, "strike")}}},
		{"at an earlier moment of knowledge", "7 2 2 2024-06-01..2025-04-01 33.53 43 -175 71.2",
			store.ExtentQuery{View: known(noon(3))}},
		{"before any claim is known", "0 0 0 ?..?", store.ExtentQuery{View: known(noon(1) - 1)}},
	} {
		wantEqual(t, c.name, c.want, extentLine(must[store.Extent](t)(s.Extent(t.Context(), c.q))))
	}
}

// facetLines formats a facet as "FIELD distinct", followed by its groups, each "key events killed".
func facetLines(facets []store.Facet) []string {
	var lines []string
	for _, f := range facets {
		lines = append(lines, fmt.Sprintf("%s %d", f.Field, f.Distinct))
		for _, g := range f.Groups {
			lines = append(lines, fmt.Sprintf("%s %d %s", g.Key, g.Events, tollText(g.Sums)))
		}
	}
	return lines
}

// testFacets splits events by every field.
func testFacets(t *testing.T, s store.Store) {
	fields := func(f ...store.FacetField) []store.FacetField { return f }
	for _, c := range []struct {
		name   string
		view   kg.View
		events string
		fields []store.FacetField
		top    int
		want   []string
	}{
		{"actors in any role", kg.View{}, "strike raid week", fields(store.FacetActor), 10, []string{"ACTOR 5",
			"actor:group 2 4..4..?", "actor:navy 2 3..4..4", "actor:militia 1 2..2..2", "actor:russia 1 3..4..4",
			"actor:ukraine 1 3..4..4"}},
		{"actors at an earlier moment", known(noon(3)), "strike raid week", fields(store.FacetActor), 10,
			[]string{"ACTOR 2", "actor:navy 1 3..5..5", "actor:russia 1 3..5..5"}},
		{"the first two", kg.View{}, "strike raid week", fields(store.FacetActor), 2,
			[]string{"ACTOR 5", "actor:group 2 4..4..?", "actor:navy 2 3..4..4"}},
		{"events without a value are added to the top", kg.View{}, "strike raid talks year speech",
			fields(store.FacetCountry), 1, []string{"COUNTRY 2", " 2 3..4..4", "UA 2 2..2..?"}},
		{"events without a value in order", kg.View{}, "strike raid talks year campaign", fields(store.FacetAdmin1), 1,
			[]string{"ADMIN1 2", "location:crimea 3 10..10..10", " 1 -"}},
		{"several fields in request order", kg.View{}, "strike talks week raid campaign rumour",
			fields(store.FacetStatus, store.FacetCategory), 10, []string{
				"STATUS 5", "UNVERIFIED 2 10..10..10", "CONFIRMED 1 -", "CORROBORATED 1 3..4..4", "DISPUTED 1 2..2..2",
				"RETRACTED 1 -",
				"CATEGORY 4", "ASSAULT 3 10..10..10", "CONSULT 1 -", "OTHER 1 -", "PROTEST 1 2..2..2"}},
		{"statuses at an earlier moment", known(noon(5)), "strike talks", fields(store.FacetStatus), 10,
			[]string{"STATUS 2", "CONFIRMED 1 -", "DISPUTED 1 3..5..5"}},
		{"modalities", kg.View{}, "talks spring speech reply", fields(store.FacetModality), 10,
			[]string{"MODALITY 3", "OCCURRED 2 -", "HYPOTHETICAL 1 -", "PLANNED 1 -"}},
		{"publishers", kg.View{}, "strike talks raid week", fields(store.FacetPublisher), 10, []string{"PUBLISHER 3",
			"actor:reuters 3 5..6..6", "actor:courier 2 5..6..6", " 1 2..2..?", "actor:un 1 -"}},
		{"claimants", kg.View{}, "strike week raid", fields(store.FacetClaimant), 10, []string{"CLAIMANT 5",
			"actor:ukraine 2 5..6..6", " 1 2..2..?", "actor:group 1 2..2..2", "actor:militia 1 2..2..2", "actor:navy 1 3..4..4",
			"actor:un 1 2..2..2"}},
		{"datasets", kg.View{}, "strike raid counter", fields(store.FacetDataset), 10,
			[]string{"DATASET 2", " 1 3..4..4", "acled 1 -", "ged 1 2..2..?"}},
		{"languages of documents", kg.View{}, "strike talks spring raid", fields(store.FacetLanguage), 10,
			[]string{"LANGUAGE 3", "ar 2 -", "en 2 3..4..4", " 1 2..2..?", "uk 1 3..4..4"}},
		{"languages at an earlier moment", known(noon(1)), "strike talks", fields(store.FacetLanguage), 10,
			[]string{"LANGUAGE 2", "en 1 3..3..3", "uk 1 3..3..3"}},
		{"years", kg.View{}, "strike raid speech reply counter week talks spring year denied campaign rumour",
			fields(store.FacetYear), 10, []string{
				"YEAR 2", "2025 9 5..6..6", " 2 10..10..10", "2024 1 -"}},
		{"no events", kg.View{}, "", fields(store.FacetYear, store.FacetActor, store.FacetCategory), 10,
			[]string{"YEAR 0", "ACTOR 0", "CATEGORY 0"}},
	} {
		q := store.FacetQuery{View: c.view,
			Filter: &store.EventFilter{IDs: append([]kg.ID{}, nodeIDs(kg.KindEvent, c.events)...)}, Fields: c.fields, Top: c.top,
			Sums: sums.Killed}
		wantEqual(t, c.name, c.want, facetLines(must[[]store.Facet](t)(s.Facets(t.Context(), q))))
		q.Sums = 0
		for i, line := range c.want { // the toll is the last word
			if words := strings.Split(line, " "); len(words) > 2 {
				c.want[i] = strings.Join(words[:2], " ") + " -"
			}
		}
		wantEqual(t, c.name+", without tolls", c.want, facetLines(must[[]store.Facet](t)(s.Facets(t.Context(), q))))
	}
	for what, c := range map[string]struct {
		q    store.FacetQuery
		code kg.ErrorCode
	}{
		"top 0":            {store.FacetQuery{Fields: store.FacetFields.Values()}, kg.BadInput},
		"top 501":          {store.FacetQuery{Fields: store.FacetFields.Values(), Top: 501}, kg.LimitExceeded},
		"a repeated field": {store.FacetQuery{Fields: fields(store.FacetActor, store.FacetActor), Top: 1}, kg.BadInput},
	} {
		_, err := s.Facets(t.Context(), c.q)
		wantCode(t, what, err, c.code)
	}
	wantEqual(t, "no fields", 0, len(must[[]store.Facet](t)(s.Facets(t.Context(), store.FacetQuery{Top: 1}))))
}

// valueFilters returns the filters that select the events of a facet's group.
func valueFilters() map[store.FacetField]func(key string) store.EventFilter {
	return map[store.FacetField]func(string) store.EventFilter{
		store.FacetCategory: func(k string) store.EventFilter {
			return store.EventFilter{Categories: []kg.EventCategory{kg.EventCategory(k)}}
		},
		store.FacetModality: func(k string) store.EventFilter {
			return store.EventFilter{
				Modalities: []kg.Modality{kg.Modality(k)}}
		},
		store.FacetStatus: func(k string) store.EventFilter {
			return store.EventFilter{Statuses: []kg.ClaimStatus{kg.ClaimStatus(k)}}
		},
		store.FacetActor: func(k string) store.EventFilter {
			return store.EventFilter{Participants: []store.ParticipantFilter{{AnyOf: []kg.ID{kg.ID(k)}}}}
		},
		store.FacetCountry: func(k string) store.EventFilter {
			return store.EventFilter{Place: &store.PlaceFilter{Countries: []string{k}}}
		},
		store.FacetPublisher: func(k string) store.EventFilter { return store.EventFilter{Publishers: []kg.ID{kg.ID(k)}} },
		store.FacetClaimant:  func(k string) store.EventFilter { return store.EventFilter{Claimants: []kg.ID{kg.ID(k)}} },
		store.FacetDataset:   func(k string) store.EventFilter { return store.EventFilter{Datasets: []string{k}} },
		store.FacetDocumentCount: func(k string) store.EventFilter {
			return store.EventFilter{Sources: &store.SourceFilter{Documents: exactly(k)}}
		},
		store.FacetPublisherCount: func(k string) store.EventFilter {
			return store.EventFilter{Sources: &store.SourceFilter{Publishers: exactly(k)}}
		},
		store.FacetVoiceCount: func(k string) store.EventFilter {
			return store.EventFilter{Sources: &store.SourceFilter{Voices: exactly(k)}}
		},
		store.FacetDatasetCount: func(k string) store.EventFilter {
			return store.EventFilter{Sources: &store.SourceFilter{Datasets: exactly(k)}}
		},
	}
}

// exactly returns the range of a number in decimal.
func exactly(number string) *store.IntRange {
	n, err := strconv.Atoi(number)
	if err != nil {
		n = -1 // no number of sources
	}
	return &store.IntRange{Min: &n, Max: &n}
}

// testOverviewCounts compares facets, extents and clusters with lists of the same events.
func testOverviewCounts(t *testing.T, s store.Store) {
	count := func(v kg.View, f store.EventFilter) int {
		return len(list(t, s.Events, store.EventQuery{View: v, Filter: &f}))
	}
	for _, v := range []kg.View{{}, known(noon(3)), known(noon(8))} {
		for field, filter := range valueFilters() {
			for _, g := range must[[]store.Facet](t)(s.Facets(t.Context(),
				store.FacetQuery{View: v, Fields: []store.FacetField{field}, Top: 100}))[0].Groups {
				if g.Key != "" {
					wantEqual(t, fmt.Sprintf("%s %s at %v", field, g.Key, v.KnownAt), count(v, filter(g.Key)), g.Events)
				}
			}
		}
		x := must[store.Extent](t)(s.Extent(t.Context(), store.ExtentQuery{View: v}))
		wantEqual(t, "events", count(v, store.EventFilter{}), x.Events)
		wantEqual(t, "events in the box", count(v, store.EventFilter{Place: &store.PlaceFilter{Box: x.Box}}),
			x.Events-x.WithoutPlace)
		for zoom := 0; zoom <= store.MaxZoom; zoom += 11 {
			total := sum(must[[]store.Cluster](t)(s.Clusters(t.Context(), store.ClusterQuery{View: v, Zoom: zoom})),
				func(c store.Cluster) int { return c.Events })
			wantEqual(t, "events in clusters", x.Events-x.WithoutPlace, total)
		}
	}
}

// clusterLines formats clusters as "latitude longitude events killed event".
func clusterLines(clusters []store.Cluster) []string {
	var lines []string
	for _, c := range clusters {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%.4f %.4f %d %s %s", c.Point.Latitude, c.Point.Longitude,
			c.Events, tollText(c.Sums), c.Event)))
	}
	return lines
}

// testClusters clusters events on maps at several zooms.
func testClusters(t *testing.T, s store.Store) {
	for _, c := range []struct {
		name string
		q    store.ClusterQuery
		want []string
	}{
		{"the world", store.ClusterQuery{Sums: sums.Killed}, []string{
			"44.3800 33.8575 4 12..12..12", "66.0000 -175.0000 1 - event:denied", "64.7300 177.5000 1 - event:talks"}},
		{"without tolls", store.ClusterQuery{}, []string{"44.3800 33.8575 4 -", "66.0000 -175.0000 1 - event:denied",
			"64.7300 177.5000 1 - event:talks"}},
		{"a city", store.ClusterQuery{Zoom: 14, Sums: sums.Killed}, []string{
			"66.0000 -175.0000 1 - event:denied", "64.7300 177.5000 1 - event:talks",
			"45.3000 34.4000 1 7..6..6 event:campaign", "44.6200 33.5300 1 1..2..2 event:strike",
			"44.6000 33.5000 1 2..2..2 event:raid", "43.0000 34.0000 1 2..2..2 event:week"}},
		{"the next smaller", store.ClusterQuery{Zoom: 8,
			Filter: &store.EventFilter{IDs: nodeIDs(kg.KindEvent, "strike raid week")}}, []string{
			"44.6100 33.5150 2 -", "43.0000 34.0000 1 - event:week"}},
		{"at an earlier moment", store.ClusterQuery{View: known(noon(3)), Sums: sums.Killed}, []string{
			"44.9600 33.9650 2 10..10..10", "71.2000 -179.4000 1 - event:rumour", "66.0000 -175.0000 1 - event:denied",
			"64.7300 177.5000 1 - event:talks"}},
		{"nothing", store.ClusterQuery{Filter: &store.EventFilter{IDs: []kg.ID{}}}, nil},
		{"no place", store.ClusterQuery{Filter: &store.EventFilter{IDs: nodeIDs(kg.KindEvent, "speech year")}}, nil},
	} {
		wantEqual(t, c.name, c.want, clusterLines(must[[]store.Cluster](t)(s.Clusters(t.Context(), c.q))))
	}
	for _, zoom := range []int{-1, store.MaxZoom + 1} {
		_, err := s.Clusters(t.Context(), store.ClusterQuery{Zoom: zoom})
		wantCode(t, fmt.Sprint("zoom ", zoom), err, kg.BadInput)
	}
}

// testOverviewIdentity reads overviews of merged nodes in both identity modes.
func testOverviewIdentity(t *testing.T, h Harness) {
	s := newStore(t, h, duplicates())
	fields := []store.FacetField{store.FacetActor, store.FacetAdmin1, store.FacetPublisher, store.FacetClaimant,
		store.FacetDataset}
	results := func(v kg.View, f *store.EventFilter) []string {
		lines := []string{extentLine(must[store.Extent](t)(s.Extent(t.Context(), store.ExtentQuery{View: v, Filter: f})))}
		lines = append(lines, clusterLines(must[[]store.Cluster](t)(
			s.Clusters(t.Context(), store.ClusterQuery{View: v, Filter: f, Sums: sums.Killed})))...)
		return append(lines, facetLines(must[[]store.Facet](t)(
			s.Facets(t.Context(), store.FacetQuery{View: v, Filter: f, Fields: fields, Top: 10, Sums: sums.Killed})))...)
	}
	exact := []string{"3 2 2 2025-02-20..2025-02-21 20 10 20 10", "10.0000 20.0000 1 3..3..3 event:a",
		"ACTOR 3", "actor:flota 2 5..5..5", "actor:guard 2 5..5..5", "actor:fleet 1 3..3..3",
		"ADMIN1 1", "location:coast 2 5..5..5", " 1 3..3..3",
		"PUBLISHER 1", " 2 3..3..3", "actor:post 1 5..5..5",
		"CLAIMANT 2", " 1 3..3..3", "actor:fleet 1 -", "actor:flota 1 5..5..5",
		"DATASET 2", " 1 -", "a 1 3..3..3", "b 1 5..5..5"}
	resolved := []string{"2 1 1 2025-02-20..2025-02-21 20 10 20 10", "10.0000 20.0000 1 3..5..5 event:a",
		"ACTOR 2", "actor:fleet 2 3..5..5", "actor:guard 2 3..5..5",
		"ADMIN1 1", "location:coast 2 3..5..5",
		"PUBLISHER 1", " 1 -", "actor:post 1 3..5..5",
		"CLAIMANT 1", "actor:fleet 2 3..5..5",
		"DATASET 2", " 1 -", "a 1 3..5..5", "b 1 3..5..5"}
	wantEqual(t, "before", exact, results(kg.View{}, nil))
	load(t, s, merges()...)
	wantEqual(t, "RESOLVED", resolved, results(kg.View{}, nil))
	wantEqual(t, "EXACT view", exact, results(kg.View{Identity: kg.IdentityExact}, nil))
	wantEqual(t, "EXACT filter", exact, results(kg.View{}, &store.EventFilter{Identity: ref(kg.IdentityExact)}))
	wantEqual(t, "by the id of either", "1 0 0 2025-02-20..2025-02-21 20 10 20 10",
		extentLine(must[store.Extent](t)(s.Extent(t.Context(),
			store.ExtentQuery{Filter: &store.EventFilter{IDs: nodeIDs(kg.KindEvent, "b")}}))))
	load(t, s, decision("event:a", "event:b", false, 11), decision("location:puerto", "location:port", false, 11),
		decision("actor:flota", "actor:fleet", false, 11))
	wantEqual(t, "reversed", exact, results(kg.View{}, nil))
}
