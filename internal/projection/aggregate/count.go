package aggregate

import (
	"casus/internal/kg"
	"casus/internal/store"
)

// supportsSplit reports whether the index can group buckets by s.
func supportsSplit(s store.BucketSplit) bool {
	return s == "" || s == store.SplitByCategory || s == store.SplitByModality || s == store.SplitByStatus
}

// count sums the events of each bucket and key first, so that the BucketCounter sees few rows.
func (t *table) count(q store.BucketQuery) ([]store.Bucket, error) {
	calendar := t.calendar(q)
	var by *dictColumn
	switch q.SplitBy {
	case store.SplitByCategory:
		by = &t.category
	case store.SplitByModality:
		by = &t.modality
	case store.SplitByStatus:
		by = &t.status
	}
	keys := 1
	if by != nil {
		keys = len(by.words)
	}
	var groups []group
	first := make([]int32, calendar.slots) // the index of a slot's first group plus 1; 0 if it has no groups
	conditions, withParts := t.conditions(q.Filter, true), t.rowsWithParts()
	for i := range t.present {
		row := uint32(i)
		if !t.present[row] || !matchesAll(conditions, row) {
			continue
		}
		h := t.hull[row]
		at := first[calendar.slotOf[h]]
		if at == 0 {
			if len(groups) > keys*2*(store.MaxBuckets+2) {
				break // a bucket has two slots, so there are too many buckets; the counter returns the error
			}
			at = int32(len(groups)) + 1
			first[calendar.slotOf[h]] = at
			groups = append(groups, make([]group, keys)...)
			for k := range keys {
				groups[len(groups)-keys+k].hull = h
			}
		}
		key := int32(0)
		if by != nil {
			key = int32(by.codes[row])
		}
		g := &groups[at-1+key]
		g.events++
		t.addToll(row, withParts, &g.killed)
	}
	counter := store.NewBucketCounter(q)
	for i, g := range groups {
		if g.events == 0 {
			continue
		}
		h := t.hulls[g.hull]
		row := store.BucketRow{Time: h.time(), Nominal: h.nominalStart(), Killed: g.killed.Estimate()}
		if by != nil {
			row.Keys = []string{by.words[i%keys]}
		}
		if err := counter.AddN(row, g.events); err != nil {
			return nil, err
		}
	}
	return counter.Buckets()
}

// group sums the events of one slot and key. hull is the hull of any of them.
type group struct {
	hull   uint32
	events int
	killed kg.TollSums
}
