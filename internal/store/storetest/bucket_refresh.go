package storetest

import (
	"testing"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// testBucketRefresh reads buckets from one store after every batch of a graph and compares them with those of a new
// store that holds the same batches: cached counts must follow every write.
func testBucketRefresh(t *testing.T, h Harness) {
	s := h.New(t)
	batches := loaderBatches(generate(newRandom(3), smallScale, "").batch)
	for n, b := range batches {
		load(t, s, b)
		got := readBuckets(t, s)
		if n%4 != 3 && n < len(batches)-1 { // a new store for each batch takes too long
			continue
		}
		fresh := h.New(t)
		load(t, fresh, batches[:n+1]...)
		wantEqual(t, "buckets after some batches", readBuckets(t, fresh), got)
	}
}

func readBuckets(t *testing.T, s store.Store) [][]store.Bucket {
	t.Helper()
	var all [][]store.Bucket
	for _, f := range []*store.EventFilter{
		nil, {HasParts: ref(true)}, {HasParts: ref(false), Categories: kg.EventCategories.Values()[:6]},
		{Time: between("2025-02", "2025-04")}, {Killed: &store.IntRange{Min: ref(1)}},
		{Not: &store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusUnverified}},
			Or: []store.EventFilter{{Voices: &store.IntRange{Min: ref(2)}}, {Modalities: []kg.Modality{kg.ModalityOccurred}}}},
	} {
		for _, split := range []store.BucketSplit{"", store.SplitByCategory, store.SplitByModality, store.SplitByStatus} {
			all = append(all, must[[]store.Bucket](t)(s.Buckets(t.Context(),
				store.BucketQuery{Filter: f, Interval: edtf.IntervalYear, SplitBy: split})))
		}
	}
	return all
}

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
	for _, filter := range []*store.EventFilter{nil, {IDs: []kg.ID{"event:plain", "event:named", "event:moved", "event:open"}}} {
		q := store.FacetQuery{Filter: filter, Fields: []store.FacetField{store.FacetYear}, Top: 5}
		for _, when := range []struct {
			view kg.View
			want []string
		}{{kg.View{}, []string{"YEAR 2", "2024 2 -", "2025 2 -"}}, {known(noon(1)), []string{"YEAR 2", "2025 3 -", "2024 1 -"}}} {
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
