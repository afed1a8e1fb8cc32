package columns

import (
	"context"

	"casus/internal/kg"
)

// Clusters gathers events on a map, or asks others where columns cannot tell.
func (c *Columns) Clusters(ctx context.Context, q kg.ClusterQuery, others func(*kg.EventFilter) ([]kg.Cluster, error)) ([]kg.Cluster, error) {
	return selected(ctx, c, q.View, q.Filter, []kg.FacetField{OnMap}, func(t *table, rows []uint32) ([]kg.Cluster, error) {
		return kg.Clusters(q.Zoom, t.placed(rows, q.Killed))
	}, others)
}

// placed counts rows by the first of their places.
func (t *table) placed(rows []uint32, killed bool) (all []kg.PlacedEvents) {
	l, withParts := t.lists[OnMap], t.withParts()
	groups, last := make([]group, len(l.words)), make([]uint32, len(l.words))
	for _, row := range rows {
		place := l.values(row)[0]
		g := &groups[place]
		g.events++
		last[place] = row
		if killed {
			t.addToll(row, withParts, &g.killed)
		}
	}
	for place, g := range groups {
		if place > 0 && g.events > 0 {
			id := kg.ID(l.words[place])
			all = append(all, kg.PlacedEvents{Place: id, Point: t.points[id], Events: g.events, Killed: g.killed.Estimate(), Event: t.ids[last[place]]})
		}
	}
	return all
}

// Extent tells what events span, or asks others where columns cannot tell.
func (c *Columns) Extent(ctx context.Context, q kg.ExtentQuery, others func(*kg.EventFilter) (kg.Extent, error)) (kg.Extent, error) {
	return selected(ctx, c, q.View, q.Filter, []kg.FacetField{OnMap}, func(t *table, rows []uint32) (kg.Extent, error) { return t.extent(rows), nil }, others)
}

func (t *table) extent(rows []uint32) kg.Extent {
	x := kg.Extent{Events: len(rows)}
	l := t.lists[OnMap]
	hulls, places := make([]bool, len(t.hulls)), make([]bool, len(l.words))
	for _, row := range rows {
		h := t.hull[row]
		hulls[h] = true
		if !t.hulls[h].earliest.Bounded() {
			x.WithoutTime++
		}
		on := l.values(row)
		if on[0] == 0 {
			x.WithoutPlace++
		}
		for _, place := range on {
			places[place] = true
		}
	}
	for i, h := range t.hulls {
		for _, bound := range []kg.Instant{h.earliest, h.latest} {
			if !hulls[i] || !bound.Bounded() {
				continue
			}
			if x.Earliest == nil || bound < *x.Earliest {
				x.Earliest = &bound
			}
			if x.Latest == nil || bound > *x.Latest {
				x.Latest = &bound
			}
		}
	}
	var points []kg.Point
	for place, there := range places {
		if place > 0 && there {
			points = append(points, t.points[kg.ID(l.words[place])])
		}
	}
	x.Box = kg.BoxAround(points)
	return x
}
