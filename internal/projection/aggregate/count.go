package aggregate

import (
	"casus/internal/kg"
	"casus/internal/store"
)

// splits says whether a split is one of the columns.
func splits(s store.BucketSplit) bool {
	return s == "" || s == store.SplitByCategory || s == store.SplitByModality || s == store.SplitByStatus
}

// count adds up the events of each bucket and key before the model's calendar sees them.
func (t *table) count(q store.BucketQuery) ([]store.Bucket, error) {
	slots := t.slots(q)
	var by *texts
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
	first := make([]int32, slots.n) // where the groups of a slot begin, and one more; 0: nowhere
	conditions, withParts := t.matching(q.Filter, true), t.withParts()
	for i := range t.there {
		row := uint32(i)
		if !t.there[row] || !meets(conditions, row) {
			continue
		}
		h := t.hull[row]
		at := first[slots.of[h]]
		if at == 0 {
			if len(groups) > keys*2*(store.MaxBuckets+2) {
				break // of one bucket there are two slots at most: the counter will say that it is too many
			}
			at = int32(len(groups)) + 1
			first[slots.of[h]] = at
			groups = append(groups, make([]group, keys)...)
			for k := range keys {
				groups[len(groups)-keys+k].hull = h
			}
		}
		key := int32(0)
		if by != nil {
			key = int32(by.of[row])
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
		row := store.BucketRow{Time: t.hulls[g.hull].time(), Killed: g.killed.Estimate()}
		if by != nil {
			row.Keys = []string{by.words[i%keys]}
		}
		if err := counter.AddN(row, g.events); err != nil {
			return nil, err
		}
	}
	return counter.Buckets()
}

// group is the events of one bucket, all precise enough to lie in it or none, and with one key. hull is that of one of them.
type group struct {
	hull   uint32
	events int
	killed kg.TollSums
}
