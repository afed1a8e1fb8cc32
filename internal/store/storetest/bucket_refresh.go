package storetest

import (
	"testing"

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
		nil, {HasParts: ref(true)}, {HasParts: ref(false), Categories: kg.EventCategories()[:6]},
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
