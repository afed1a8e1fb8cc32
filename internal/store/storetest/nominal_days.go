package storetest

import (
	"slices"
	"testing"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// testNominalDays counts events with nominal days. An event is in the bucket of that day, in every zone, and is
// imprecise if it may lie outside of it. The day comes from the claim that states the time.
func testNominalDays(t *testing.T, h Harness) {
	s := h.New(t)
	week := func(subject kg.ID, id kg.ID, published int, nominal kg.Day) kg.Claim {
		return claim(id, subject, '+', published, statementOption(func(s *kg.Statement) {
			s.Titles = []kg.Name{name("en", "a week")}
			s.Time, s.Nominal = at("[2024-12-29..2025-01-04]"), nominal
		}))
	}
	load(t, s, kg.Batch{Claims: []kg.Claim{
		week("event:plain", "plain", 1, ""),
		week("event:named", "named", 1, "2025-01-01"),
		week("event:moved", "moved1", 1, "2025-01-03"), week("event:moved", "moved2", 2, "2024-12-30"),
		claim("open", "event:open", '+', 1, statementOption(func(s *kg.Statement) {
			s.Titles, s.Time, s.Nominal = []kg.Name{name("en", "until then")}, at("../2025-02-10"), "2025-02-03"
		})),
	}})
	newYork := must[*time.Location](t)(time.LoadLocation("America/New_York"))
	for _, c := range []struct {
		name string
		q    store.BucketQuery
		want []string
	}{
		{"by year", store.BucketQuery{Interval: edtf.IntervalYear}, []string{
			"2024-01-01T00:00:00Z 2/2 -", "2025-01-01T00:00:00Z 2/2 -"}},
		{"as first known", store.BucketQuery{Interval: edtf.IntervalYear, View: known(noon(1))}, []string{
			"2024-01-01T00:00:00Z 1/1 -", "2025-01-01T00:00:00Z 3/3 -"}},
		{"in a zone", store.BucketQuery{Interval: edtf.IntervalYear, Zone: newYork}, []string{
			"2024-01-01T05:00:00Z 2/2 -", "2025-01-01T05:00:00Z 2/2 -"}},
		{"within the range of one interval", store.BucketQuery{Interval: edtf.IntervalDay,
			Filter: &store.EventFilter{IDs: []kg.ID{"event:named"}}}, []string{"2025-01-01T00:00:00Z 1/1 -"}},
		{"by status, outside the index", store.BucketQuery{Interval: edtf.IntervalYear,
			SplitBy: store.SplitByPublisher}, []string{
			"2024-01-01T00:00:00Z 2/2 -", " 2 -", "2025-01-01T00:00:00Z 2/2 -", " 2 -"}},
	} {
		wantEqual(t, c.name, c.want, bucketLines(must[[]store.Bucket](t)(s.Buckets(t.Context(), c.q))))
	}
	// Facets count as series do: computed by the engine, with a filter that the index lacks, and from the index.
	listed := &store.EventFilter{IDs: []kg.ID{"event:plain", "event:named", "event:moved", "event:open"}}
	for _, filter := range []*store.EventFilter{nil, listed} {
		q := store.FacetQuery{Filter: filter, Fields: []store.FacetField{store.FacetYear}, Top: 5}
		for _, when := range []struct {
			view kg.View
			want []string
		}{
			{kg.View{}, []string{"YEAR 2", "2024 2 -", "2025 2 -"}},
			{known(noon(1)), []string{"YEAR 2", "2025 3 -", "2024 1 -"}},
		} {
			q.View = when.view
			wantEqual(t, "years", when.want, facetLines(must[[]store.Facet](t)(s.Facets(t.Context(), q))))
		}
	}
	nodes := must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, []kg.ID{"event:moved", "claim:moved1"}))
	if e, ok := nodes[0].(kg.Event); !ok || e.Nominal != "2024-12-30" {
		t.Errorf("%+v", nodes[0])
	}
	if c, ok := nodes[1].(kg.Claim); !ok || c.Says.Nominal != "2025-01-03" {
		t.Errorf("%+v", nodes[1])
	}
}

// testCitedSources reads events and claims by the documents that rows of data sets cite: their publishers count as
// those of the documents that claims are in. Documents that another claim cites do not count.
func testCitedSources(t *testing.T, h Harness) {
	s := h.New(t)
	sources := func(release, in kg.ID, cites ...kg.ID) claimOption {
		return func(c *kg.Claim) { c.Release, c.Document, c.Cites = release, in, cites }
	}
	by := func(id, publisher kg.ID, language string) kg.Document {
		return kg.Document{
			ID: "document:" + id, Titles: []kg.Name{name("en", string(id))}, Publisher: publisher, Language: language,
		}
	}
	load(t, s, kg.Batch{
		Actors: []kg.Actor{
			{ID: "actor:wire", Kind: kg.ActorOrganization, Names: []kg.Name{name("en", "Wire")}},
			{ID: "actor:radio", Kind: kg.ActorOrganization, Names: []kg.Name{name("en", "Radio")}},
		},
		Documents: []kg.Document{
			by("one", "actor:wire", "en"), by("two", "actor:radio", "ar"), by("three", "", "uk"), by("four", "actor:wire", "en"),
		},
		Releases: []kg.Release{
			{ID: "release:a", Name: "a", Release: "1"}, {ID: "release:b", Name: "b", Release: "1"},
		},
		Claims: []kg.Claim{
			claim("both", "event:both", '+', 1, sources("release:a", "", "document:one", "document:two")),
			claim("other", "event:other", '+', 1, sources("release:b", "", "document:four", "document:three")),
			claim("own", "event:own", '+', 1, sources("release:b", "document:one", "document:one", "document:two")),
			claim("norow", "event:norow", '+', 1, sources("", "document:three", "document:one")),
			claim("none", "event:none", '+', 1, sources("release:a", "")),
			claim("gone", "event:gone", '+', 1, sources("release:a", "", "document:one")),
			claim("back", "event:gone", 'x', 2, sources("release:a", ""), func(c *kg.Claim) {
				c.Supersedes = []kg.ID{"claim:gone"}
			}),
		},
	})
	for _, c := range []struct {
		name   string
		events store.EventFilter
		claims store.ClaimFilter
		want   []kg.ID // events
		stated []kg.ID // claims
	}{
		{"a publisher", store.EventFilter{Publishers: nodeIDs(kg.KindActor, "wire")},
			store.ClaimFilter{Publishers: nodeIDs(kg.KindActor, "wire")},
			nodeIDs(kg.KindEvent, "both other own"), nodeIDs(kg.KindClaim, "both gone other own")},
		{"either publisher", store.EventFilter{Publishers: nodeIDs(kg.KindActor, "radio wire")},
			store.ClaimFilter{Publishers: nodeIDs(kg.KindActor, "radio wire")},
			nodeIDs(kg.KindEvent, "both other own"), nodeIDs(kg.KindClaim, "both gone other own")},
		{"another publisher", store.EventFilter{Publishers: nodeIDs(kg.KindActor, "radio")},
			store.ClaimFilter{Publishers: nodeIDs(kg.KindActor, "radio")},
			nodeIDs(kg.KindEvent, "both own"), nodeIDs(kg.KindClaim, "both own")},
		{"a document", store.EventFilter{Documents: nodeIDs(kg.KindDocument, "one")},
			store.ClaimFilter{Documents: nodeIDs(kg.KindDocument, "one")},
			nodeIDs(kg.KindEvent, "both own"), nodeIDs(kg.KindClaim, "both gone own")},
		{"a document that a claim is in or cites", store.EventFilter{Documents: nodeIDs(kg.KindDocument, "three")},
			store.ClaimFilter{Documents: nodeIDs(kg.KindDocument, "three")},
			nodeIDs(kg.KindEvent, "norow other"), nodeIDs(kg.KindClaim, "norow other")},
		{"a publisher and a data set", store.EventFilter{Publishers: nodeIDs(kg.KindActor, "wire"), Datasets: []string{"b"}},
			store.ClaimFilter{Publishers: nodeIDs(kg.KindActor, "wire"), Subjects: nodeIDs(kg.KindEvent, "other own")},
			nodeIDs(kg.KindEvent, "other own"), nodeIDs(kg.KindClaim, "other own")},
	} {
		wantEqual(t, c.name+": events", c.want, sorted(idsOf(list(t, s.Events, store.EventQuery{Filter: &c.events}))))
		wantEqual(t, c.name+": claims", c.stated, sorted(idsOf(list(t, s.Claims, store.ClaimQuery{Filter: &c.claims}))))
	}
	ids := nodeIDs(kg.KindEvent, "both none norow other own")
	for _, c := range []struct {
		filter                         *store.EventFilter
		publishers, languages, buckets []string
	}{
		{&store.EventFilter{IDs: ids}, []string{"PUBLISHER 2", "actor:wire 3 -", " 2 -", "actor:radio 2 -"},
			[]string{"LANGUAGE 3", "en 3 -", "ar 2 -", "uk 2 -", " 1 -"},
			[]string{"none 5/5 -", "actor:wire 3 -", " 2 -", "actor:radio 2 -"}},
		// With the event whose only claim is withdrawn.
		{nil, []string{"PUBLISHER 2", " 3 -", "actor:wire 3 -", "actor:radio 2 -"},
			[]string{"LANGUAGE 3", "en 3 -", " 2 -", "ar 2 -", "uk 2 -"},
			[]string{"none 6/6 -", " 3 -", "actor:wire 3 -", "actor:radio 2 -"}},
	} {
		wantEqual(t, "facets", slices.Concat(c.publishers, c.languages),
			facetLines(must[[]store.Facet](t)(s.Facets(t.Context(), store.FacetQuery{
				Filter: c.filter, Fields: []store.FacetField{store.FacetPublisher, store.FacetLanguage}, Top: 10,
			}))))
		wantEqual(t, "buckets", c.buckets, bucketLines(must[[]store.Bucket](t)(s.Buckets(t.Context(), store.BucketQuery{
			Filter: c.filter, Interval: edtf.IntervalYear, SplitBy: store.SplitByPublisher,
		}))))
	}
}
