package storetest

import "casus/internal/kg"

// Generated is a graph of a seed, in batches as a loader would bring them, for tests of roads into a store that are none
// of kg.Store. measured makes it large. Its decisions of identity come apart, to be applied when all else is there.
func Generated(seed uint64, measured bool) (batches []kg.Batch, decisions kg.Batch) {
	d, size := roll(seed), readable
	if measured {
		size = measurable
	}
	for _, b := range generate(d, size, "").pieces(d) {
		decisions.Identities = append(decisions.Identities, b.Identities...)
		if b.Identities = nil; b.Size() > 0 {
			batches = append(batches, b)
		}
	}
	return batches, decisions
}
