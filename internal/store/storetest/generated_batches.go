package storetest

import "casus/internal/kg"

// GeneratedBatches returns the graph of a seed in the batches of a loader, for tests of other ways to fill a store than
// store.Store; large selects the large scale. The identity decisions are returned separately, to be applied last.
func GeneratedBatches(seed uint64, large bool) (batches []kg.Batch, decisions kg.Batch) {
	d, size := newRandom(seed), smallScale
	if large {
		size = largeScale
	}
	for _, b := range generate(d, size, "").shuffledBatches(d) {
		decisions.Identities = append(decisions.Identities, b.Identities...)
		if b.Identities = nil; b.Size() > 0 {
			batches = append(batches, b)
		}
	}
	return batches, decisions
}
