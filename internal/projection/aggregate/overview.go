package aggregate

import (
	"context"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Clusters gathers events on a map, or asks others where columns cannot tell.
func (c *Index) Clusters(ctx context.Context, q store.ClusterQuery, others func(*store.EventFilter) ([]store.Cluster, error)) ([]store.Cluster, error) {
	return selected(ctx, c, q.View, q.Filter, []store.FacetField{store.FieldOnMap}, func(t *table, rows []uint32) ([]store.Cluster, error) {
		return store.Clusters(q.Zoom, t.placed(rows, q.Killed))
	}, others)
}

// placed counts rows by the first of their places.
func (t *table) placed(rows []uint32, killed bool) (all []store.PlacedEvents) {
	l, withParts := t.lists[store.FieldOnMap], t.withParts()
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
			all = append(all, store.PlacedEvents{Place: id, Point: t.points[id], Events: g.events, Killed: g.killed.Estimate(), Event: t.ids[last[place]]})
		}
	}
	return all
}

// Extent tells what events span, or asks others where columns cannot tell.
func (c *Index) Extent(ctx context.Context, q store.ExtentQuery, others func(*store.EventFilter) (store.Extent, error)) (store.Extent, error) {
	return selected(ctx, c, q.View, q.Filter, []store.FacetField{store.FieldOnMap}, func(t *table, rows []uint32) (store.Extent, error) { return t.extent(rows), nil }, others)
}

func (t *table) extent(rows []uint32) store.Extent {
	x := store.Extent{Events: len(rows)}
	l := t.lists[store.FieldOnMap]
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
		for _, bound := range []edtf.Instant{h.earliest, h.latest} {
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
	x.Box = store.BoxAround(points)
	return x
}
