package resolve

import (
	"casus/internal/kg"
	"casus/loader/entry"
	"casus/loader/report"
)

// Merge merges all entries of one node, and all that make the same claim, into the first of them. It returns the others
// by the id that they repeat. It counts spans in the report.
func Merge(entries []*entry.Entry, r *report.Report) (duplicates map[kg.ID][]*entry.Entry) {
	duplicates = map[kg.ID][]*entry.Entry{}
	nodes, claims := make(map[kg.ID]*entry.Entry, len(entries)), make(map[kg.ID]bool, len(entries))
	cloned := map[kg.ID]bool{} // nodes whose first entry has a copy of its own
	for _, e := range entry.Live(entries) {
		if first := nodes[e.ID]; e.HasNode() && first == nil {
			nodes[e.ID] = e
			e.NewIDs = append(e.NewIDs, e.ID)
		} else if e.HasNode() {
			if !cloned[e.ID] {
				first.Batch, cloned[e.ID] = cloneNodes(first.Batch), true
			}
			if !mergeNode(&first.Batch, &e.Batch) {
				e.NewIDs = append(e.NewIDs, e.ID)
			}
			duplicates[e.ID] = append(duplicates[e.ID], e)
			e.Batch = kg.Batch{Claims: e.Batch.Claims}
		}
		own := e.Batch.Claims[:0]
		for _, c := range e.Batch.Claims {
			if claims[c.ID] {
				duplicates[c.ID] = append(duplicates[c.ID], e)
				continue
			}
			claims[c.ID] = true
			own, e.NewIDs = append(own, c), append(e.NewIDs, c.ID)
			for _, s := range c.Spans {
				r.Spans[s.State]++
			}
		}
		e.Batch.Claims = own
	}
	return duplicates
}
