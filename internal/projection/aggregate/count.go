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
		buckets, err = t.count(ctx, q)
		return err
	})
	return buckets, answered, err
}

// count counts the events of each bucket and key first, so that the BucketCounter sees few rows.
func (t *table) count(ctx context.Context, q store.BucketQuery) ([]store.Bucket, error) {
	calendar := t.calendars.get(q, t.hulls)
	if q.Window != nil {
		calendar = byHull(len(t.hulls))
	}
	keys, keyOf := t.splitKeys(q.SplitBy)
	var groups []group
	n := len(keys)                         // of the groups of a slot
	first := make([]int32, calendar.slots) // the index of a slot's first group plus 1; 0 if it has no groups
	all := t.newSummation(q.Sums, q.View.KnownAt)
	var split *summation // by group
	if q.SplitBy != "" {
		split = t.newSummation(q.Sums, q.View.KnownAt)
	}
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
				all.cell(0)
				for k := range n {
					groups[len(groups)-n+k].hull = h
					split.cell(k)
				}
			}
			g := at - 1 + keyOf[v.traits[row]]
			groups[g].events++
			all.add(int(at-1)/n, v, row, event)
			split.add(int(g), v, row, event)
		}
	}
	return t.bucketsOf(ctx, q, groups, keys, all, split)
}

// bucketsOf returns the buckets of groups and their sums. A slot has one group for each key.
func (t *table) bucketsOf(
	ctx context.Context, q store.BucketQuery, groups []group, keys []string, all, split *summation,
) ([]store.Bucket, error) {
	bySlot, err := all.parts(ctx)
	if err != nil {
		return nil, err
	}
	byGroup, err := split.parts(ctx)
	if err != nil {
		return nil, err
	}
	counter, last := store.NewBucketCounter(q), -1
	for i, g := range groups {
		if g.events == 0 {
			continue
		}
		h, slot := t.hulls[g.hull], i/len(keys)
		row := store.BucketRow{Time: h.time(), Nominal: h.nominalStart()}
		if bySlot != nil && slot != last { // with one of the slot's groups
			row.Sums, last = bySlot[slot], slot
		}
		if q.SplitBy != "" {
			row.Keys = keys[i%len(keys):][:1]
		}
		if byGroup != nil {
			row.KeySums = byGroup[i : i+1]
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
