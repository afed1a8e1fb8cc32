package cluster

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/bucket"
)

// Row is events at the same place and with the same values, as an engine returns them.
type Row struct {
	// Placed is where they are. Its Place is "" if they are not on a map.
	Placed
	// Keys are the events' distinct values of the split.
	Keys   []string
	Events int
	Event  kg.ID // any of the events
}

// Count counts the events of rows that are on a map.
func Count(q store.ClusterQuery, rows []Row) ([]store.Cluster, error) {
	c := NewCounter(q.Zoom)
	_, err := c.addRows(q, rows)
	if err != nil {
		return nil, err
	}
	return c.Clusters(), nil
}

// rowGroups is where the events of a row are counted: in a cell, or -1, and in groups.
type rowGroups struct {
	cell   int
	groups []string
}

// addRows counts the events of rows. It returns where each row is counted.
func (c *Counter) addRows(q store.ClusterQuery, rows []Row) ([]rowGroups, error) {
	counted, lanes := make([]rowGroups, len(rows)), bucket.NewLanes(q.Groups())
	for i, r := range rows {
		counted[i].cell = -1
		if r.Place == "" {
			continue
		}
		cell, err := c.Open(r.At.Point)
		if err != nil {
			return nil, err
		}
		counted[i].cell = cell
		c.Add(cell, r.Placed, r.Events, r.Event)
		for _, key := range r.Keys {
			lanes.Add(key, r.Events, 0)
		}
	}
	if q.SplitBy == "" {
		return counted, nil
	}
	own := lanes.Own()
	for i, r := range rows {
		counted[i].groups = bucket.GroupsOf(r.Keys, own)
		if cell := counted[i].cell; cell >= 0 {
			for _, g := range counted[i].groups {
				c.AddGroup(cell, g, r.Events)
			}
		}
	}
	return counted, nil
}

// Sum counts the events of rows and adds up their numbers. rows are parallel to the selected events; Sum sets their
// Events to 1. Events that are not on a map are selected too, so the sums of wholes and parts count them.
func Sum(ctx context.Context, q store.ClusterQuery, rows []Row, selected *store.EventSums) ([]store.Cluster, error) {
	type group struct {
		cell int
		key  string
	}
	for i := range rows {
		rows[i].Events = 1
	}
	c := NewCounter(q.Zoom)
	counted, err := c.addRows(q, rows)
	if err != nil {
		return nil, err
	}
	all, split := selected.NewSummation(), selected.NewSummation()
	for range len(c.cells) + 1 { // the last one has the events that are not on a map
		all.Cell(0)
	}
	groups, keys := map[group]int{}, map[string]int{}
	for i, r := range counted {
		at := r.cell
		if at < 0 {
			at = len(c.cells)
		}
		selected.Add(all, at, i)
		for _, k := range r.groups {
			if _, known := keys[k]; !known {
				keys[k] = len(keys)
			}
			at, known := groups[group{r.cell, k}]
			if !known {
				at = split.Cell(keys[k])
				groups[group{r.cell, k}] = at
			}
			selected.Add(split, at, i)
		}
	}
	parts, err := all.Parts(ctx)
	if err != nil {
		return nil, err
	}
	for cell := range c.cells {
		c.AddSums(cell, parts[cell])
	}
	if parts, err = split.Parts(ctx); err != nil {
		return nil, err
	}
	for g, at := range groups {
		if g.cell >= 0 {
			c.AddGroupSums(g.cell, g.key, parts[at])
		}
	}
	return c.Clusters(), nil
}
