package storetest

import "casus/internal/kg"

// Generated is a graph of a seed, in batches as a loader would bring them, for tests of roads into a store that are none
// of kg.Store. measured makes it large.
func Generated(seed uint64, measured bool) []kg.Batch {
	d, size := roll(seed), readable
	if measured {
		size = measurable
	}
	return generate(d, size, "").pieces(d)
}
