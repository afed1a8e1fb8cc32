package storetest

import "casus/internal/kg"

// GeneratedBatches returns the graph of a seed in the batches of a loader, for tests of other ways to fill a store than
// store.Store; large selects the large scale. Identity decisions, reviews and corrections are returned separately, to
// be applied last.
func GeneratedBatches(seed uint64, large bool) (batches []kg.Batch, decisions kg.Batch) {
	d, size := newRandom(seed), smallScale
	if large {
		size = largeScale
	}
	g := generate(d, size, "")
	g.curate(d)
	for _, b := range g.insertCuration(d, g.shuffledBatches(d)) {
		decisions.Identities = append(decisions.Identities, b.Identities...)
		decisions.Reviews = append(decisions.Reviews, b.Reviews...)
		decisions.Corrections = append(decisions.Corrections, b.Corrections...)
		if b.Identities, b.Reviews, b.Corrections = nil, nil, nil; b.Size() > 0 {
			batches = append(batches, b)
		}
	}
	return batches, decisions
}
