package bucket

import (
	"context"

	"casus/internal/edtf"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// Row is events with the same time and the same values, as an engine returns them.
type Row struct {
	Time edtf.Time
	// Nominal is the start of the nominal day in UTC; nil if there is none.
	Nominal *edtf.Instant
	// Keys are the events' distinct values of the split.
	Keys   []string
	Events int
}

// Count counts the events of rows.
func Count(q store.BucketQuery, rows []Row) ([]store.Bucket, error) {
	c := NewCounter(q)
	for i, p := range c.place(rows) {
		if err := c.addRow(p, rows[i].Events); err != nil {
			return nil, err
		}
	}
	return c.Buckets()
}

// placedRow is where the events of a row are counted.
type placedRow struct {
	Place
	groups []string
}

// addRow counts the events of a row, without their sums.
func (c *Counter) addRow(r placedRow, events int) error {
	if err := c.Add(r.Place, events, sums.Part{}); err != nil {
		return err
	}
	for _, g := range r.groups {
		if err := c.AddGroup(r.Place, g, events, sums.Part{}); err != nil {
			return err
		}
	}
	return nil
}

// place returns where the events of rows are counted.
func (c *Counter) place(rows []Row) []placedRow {
	placed := make([]placedRow, len(rows))
	for i, r := range rows {
		placed[i].Place = c.Place(r.Time, r.Nominal)
	}
	if c.query.SplitBy == "" {
		return placed
	}
	lanes := NewLanes(c.query.Groups())
	for i, r := range rows {
		for _, key := range r.Keys {
			switch p := placed[i]; {
			case p.Counted:
				lanes.Add(key, r.Events, 0)
			case p.MayLie:
				lanes.Add(key, 0, r.Events)
			}
		}
	}
	own := lanes.Own()
	for i, r := range rows {
		placed[i].groups = GroupsOf(r.Keys, own)
	}
	return placed
}

// Sum counts the events of rows and adds up their numbers. rows are parallel to the selected events; Sum sets their
// Events to 1. Events outside the window are in the bucket nil: they are selected, so the sums of wholes and parts
// inside it count them.
func Sum(ctx context.Context, q store.BucketQuery, rows []Row, selected *store.EventSums) ([]store.Bucket, error) {
	type group struct {
		bucket *tally
		key    string
	}
	c := NewCounter(q)
	all, split := selected.NewSummation(), selected.NewSummation()
	buckets, groups, keys := map[*tally]int{}, map[group]int{}, map[string]int{}
	for i := range rows {
		rows[i].Events = 1
	}
	for i, p := range c.place(rows) {
		if err := c.addRow(p, 1); err != nil {
			return nil, err
		}
		t, err := c.open(p.Place)
		if err != nil {
			return nil, err
		}
		at, known := buckets[t]
		if !known {
			at = all.Cell(0)
			buckets[t] = at
		}
		selected.Add(all, at, i)
		for _, k := range p.groups {
			if _, known := keys[k]; !known {
				keys[k] = len(keys)
			}
			at, known := groups[group{t, k}]
			if !known {
				at = split.Cell(keys[k])
				groups[group{t, k}] = at
			}
			selected.Add(split, at, i)
		}
	}
	parts, err := all.Parts(ctx)
	if err != nil {
		return nil, err
	}
	for t, at := range buckets {
		if t != nil {
			t.all.sums = parts[at]
		}
	}
	if parts, err = split.Parts(ctx); err != nil {
		return nil, err
	}
	for g, at := range groups {
		if g.bucket != nil {
			g.bucket.group(g.key).sums = parts[at]
		}
	}
	return c.Buckets()
}
