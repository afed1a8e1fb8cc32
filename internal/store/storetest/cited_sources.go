package storetest

import (
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// testCitedSources reads events and claims by the documents that rows of data sets cite: their publishers count as those
// of the documents that claims are in. Documents that another claim cites do not count.
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
