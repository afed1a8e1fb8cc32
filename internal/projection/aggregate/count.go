package aggregate

import (
	"context"
	"slices"

	"casus/internal/store"
)

// splits are the splits by which the index can group buckets.
var splits = map[store.BucketSplit]attribute{
	store.SplitByCategory: category, store.SplitByModality: modality, store.SplitByStatus: status,
}

// supportsSplit reports whether the index can group buckets by s.
func supportsSplit(s store.BucketSplit) bool {
	_, known := splits[s]
	return s == "" || known
}

// Buckets counts events by bucket. answered is false if the index cannot answer: for the EXACT view or a filter without
// a column, or when there are more than MaxEvents events.
func (c *Index) Buckets(ctx context.Context, q store.BucketQuery) (buckets []store.Bucket, answered bool, err error) {
	if !supportsView(q.View, q.Filter) || !supportsFilter(q.Filter) || !supportsSplit(q.SplitBy) {
		return nil, false, nil
	}
	answered, err = c.withTable(ctx, requiredFields(q.Filter), func(t *table) (err error) {
		buckets, err = t.count(q)
		return err
	})
	return buckets, answered, err
}

// count sums the events of each bucket and key first, so that the BucketCounter sees few rows.
func (t *table) count(q store.BucketQuery) ([]store.Bucket, error) {
	calendar := t.calendars.get(q, t.hulls)
	if q.Window != nil {
		calendar = byHull(len(t.hulls))
	}
	keys, keyOf := t.splitKeys(q.SplitBy)
	var groups []group
	n := len(keys)                         // of the groups of a slot
	first := make([]int32, calendar.slots) // the index of a slot's first group plus 1; 0 if it has no groups
	withParts := t.withParts(q.View.KnownAt)
	for _, v := range t.scopes(q.View.KnownAt) {
		conditions := v.inView(t.conditions(v, q.Filter, true))
		for i, present := range v.present {
			row := uint32(i)
			event := v.eventOf(row)
			if !present || !matchesAll(conditions, row, event) {
				continue
			}
			h := v.hull[row]
			at := first[calendar.slotOf[h]]
			if at == 0 {
				if q.Window == nil && len(groups) > n*2*(store.MaxBuckets+2) {
					break // a bucket has two slots, so there are too many buckets; the counter returns the error
				}
				at = int32(len(groups)) + 1
				first[calendar.slotOf[h]] = at
				groups = append(groups, make([]group, n)...)
				for k := range n {
					groups[len(groups)-n+k].hull = h
				}
			}
			g := &groups[at-1+keyOf[v.traits[row]]]
			g.events++
			t.addToll(v, row, event, withParts, &g.killed)
		}
	}
	counter := store.NewBucketCounter(q)
	for i, g := range groups {
		if g.events == 0 {
			continue
		}
		h := t.hulls[g.hull]
		row := store.BucketRow{Time: h.time(), Nominal: h.nominalStart(), Killed: g.killed.Estimate()}
		if q.SplitBy != "" {
			row.Keys = keys[i%n : i%n+1]
		}
		if err := counter.AddN(row, g.events); err != nil {
			return nil, err
		}
	}
	return counter.Buckets()
}

// splitKeys returns the keys of a split, and the index of the key that versions with each traits have. Without a split
// there is one key.
func (t *table) splitKeys(s store.BucketSplit) (keys []string, keyOf []int32) {
	keyOf = make([]int32, len(t.traits))
	by, split := splits[s]
	if !split {
		return []string{""}, keyOf
	}
	for i, x := range t.traits {
		at := slices.Index(keys, x[by])
		if at < 0 {
			at = len(keys)
			keys = append(keys, x[by])
		}
		keyOf[i] = int32(at)
	}
	return keys, keyOf
}
