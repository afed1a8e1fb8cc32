package storetest

import (
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// testBucketsFollow asks one store for buckets after every batch of a graph, and compares what it says with a store that
// is asked for the first time: what a store keeps of its events to count them follows what is written.
func testBucketsFollow(t *testing.T, h Harness) {
	asked := h.New(t)
	batches := parts(generate(roll(3), readable, "").batch)
	for n, b := range batches {
		load(t, asked, b)
		followed := bucketsOf(t, asked)
		if n%4 != 3 && n < len(batches)-1 { // a store for each is too many
			continue
		}
		fresh := h.New(t)
		load(t, fresh, batches[:n+1]...)
		same(t, "buckets after some batches", bucketsOf(t, fresh), followed)
	}
}

func bucketsOf(t *testing.T, s store.Store) [][]store.Bucket {
	t.Helper()
	var all [][]store.Bucket
	for _, f := range []*store.EventFilter{
		nil, {HasParts: ref(true)}, {HasParts: ref(false), Categories: kg.EventCategories()[:6]}, {Time: between("2025-02", "2025-04")}, {Killed: &store.IntRange{Min: ref(1)}},
		{Not: &store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusUnverified}}, Or: []store.EventFilter{{Voices: &store.IntRange{Min: ref(2)}}, {Modalities: []kg.Modality{kg.ModalityOccurred}}}},
	} {
		for _, split := range []store.BucketSplit{"", store.SplitByCategory, store.SplitByModality, store.SplitByStatus} {
			all = append(all, must[[]store.Bucket](t)(s.Buckets(t.Context(), store.BucketQuery{Filter: f, Interval: edtf.IntervalYear, SplitBy: split})))
		}
	}
	return all
}
