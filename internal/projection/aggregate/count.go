package aggregate

import (
	"context"

	"casus/internal/kg/sums"
	"casus/internal/store"
	"casus/internal/store/bucket"
)

// Buckets counts events by bucket. answered is false if the index cannot answer: for the EXACT view, a filter without a
// column, by nodes whose column is not loaded or by too many places, or when there are more than Options.MaxEvents
// events.
func (c *Index) Buckets(ctx context.Context, q store.BucketQuery) (buckets []store.Bucket, answered bool, err error) {
	if !supportsView(q.View, q.Filter) || !supportsNodes(q.Filter) {
		return nil, false, nil
	}
	fields := requiredFields(q.Filter)
	if !supportsFilter(q.Filter) {
		if !c.has(fields) {
			return nil, false, nil
		}
		var listed bool
		if q.Filter, listed, err = c.listPlaces(ctx, q.Filter); err != nil || !listed {
			return nil, false, err
		}
	}
	if split := store.FacetField(q.SplitBy); split != "" && hasList(split) {
		fields = append(fields, split)
	}
	found := false
	done, err := c.withTable(ctx, fields, func(t *table) (err error) {
		if found = t.hasNodes(q.Filter); found {
			buckets, err = t.count(ctx, q)
		}
		return err
	})
	return buckets, done && found, err
}

// slotCounts has the counts of the slots in use, and of their groups.
type slotCounts struct {
	// index is the number of each slot plus 1; 0 for one that is not used.
	index  []int32
	places []bucket.Place
	events []int
	// groups has the events of each group of the first slot in use, then those of the second, and so on.
	groups []int32
}

// count counts the events of each slot and group first, so that the bucket.Counter sees few rows.
func (t *table) count(ctx context.Context, q store.BucketQuery) ([]store.Bucket, error) {
	calendar, selected := t.calendars.get(q, t.hulls), t.selectMatching(q.View.KnownAt, q.Filter)
	lanes := t.newLanes(q.SplitBy, q.Groups(), selected, func(v scope) func(row, event uint32) (counted, possible bool) {
		return func(row, _ uint32) (counted, possible bool) {
			p := &calendar.places[calendar.slotOf[v.hull[row]]]
			return p.Counted, p.MayLie
		}
	})
	n := len(lanes.keys)
	counter, counts := bucket.NewCounter(q), slotCounts{index: make([]int32, len(calendar.places))}
	all := t.newSummation(q.Sums, q.View.KnownAt)
	var split *summation // by group
	if n > 0 {
		split = t.newSummation(q.Sums, q.View.KnownAt)
	}
	for _, s := range selected {
		groupsOf := lanes.groups(t, s.scope)
		for i, row := range s.rows {
			slot, event := calendar.slotOf[s.hull[row]], s.events[i]
			at := int(counts.index[slot]) - 1
			if at < 0 {
				if err := counter.Open(calendar.places[slot]); err != nil {
					return nil, err
				}
				at = counts.open(slot, calendar.places[slot], n)
				all.cell(0)
				for k := range n {
					split.cell(k)
				}
			}
			counts.events[at]++
			all.add(at, s.scope, row, event)
			if n == 0 {
				continue
			}
			for _, g := range groupsOf(row, event) {
				counts.groups[at*n+int(g)]++
				split.add(at*n+int(g), s.scope, row, event)
			}
		}
	}
	bySlot, err := all.parts(ctx)
	if err != nil {
		return nil, err
	}
	byGroup, err := split.parts(ctx)
	if err != nil {
		return nil, err
	}
	if err := counts.add(counter, lanes.keys, bySlot, byGroup); err != nil {
		return nil, err
	}
	return counter.Buckets()
}

// open adds a slot with some groups and returns its number.
func (c *slotCounts) open(slot uint32, place bucket.Place, groups int) int {
	c.places, c.events = append(c.places, place), append(c.events, 0)
	c.groups = append(c.groups, make([]int32, groups)...)
	c.index[slot] = int32(len(c.places))
	return len(c.places) - 1
}

// add adds the counts to a counter, with the parts of sums if there are any. keys are those of the groups.
func (c *slotCounts) add(to *bucket.Counter, keys []string, bySlot, byGroup []sums.Part) error {
	part := func(parts []sums.Part, i int) (p sums.Part) {
		if parts != nil {
			p = parts[i]
		}
		return p
	}
	for i, place := range c.places {
		if err := to.Add(place, c.events[i], part(bySlot, i)); err != nil {
			return err
		}
		for k, key := range keys {
			at := i*len(keys) + k
			if c.groups[at] == 0 {
				continue
			}
			if err := to.AddGroup(place, key, int(c.groups[at]), part(byGroup, at)); err != nil {
				return err
			}
		}
	}
	return nil
}
