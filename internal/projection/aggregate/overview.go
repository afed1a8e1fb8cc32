package aggregate

import (
	"context"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Clusters groups events on a map. It calls fallback if the index cannot answer; see queryRows.
func (c *Index) Clusters(
	ctx context.Context, q store.ClusterQuery, fallback func(*store.EventFilter) ([]store.Cluster, error),
) ([]store.Cluster, error) {
	fields := []store.FacetField{store.FieldOnMap}
	compute := func(t *table, rows []uint32) ([]store.Cluster, error) {
		return store.Clusters(q.Zoom, t.placedEvents(rows, q.Killed))
	}
	return queryRows(ctx, c, q.View, q.Filter, fields, compute, fallback)
}

// placedEvents counts rows by their first location on the map.
func (t *table) placedEvents(rows []uint32, killed bool) (all []store.PlacedEvents) {
	l, withParts := t.lists[store.FieldOnMap], t.rowsWithParts()
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
			all = append(all, store.PlacedEvents{
				Place: id, Point: t.points[id], Events: g.events, Killed: g.killed.Estimate(), Event: t.ids[last[place]],
			})
		}
	}
	return all
}

// Extent returns the extent of events. It calls fallback if the index cannot answer; see queryRows.
func (c *Index) Extent(
	ctx context.Context, q store.ExtentQuery, fallback func(*store.EventFilter) (store.Extent, error),
) (store.Extent, error) {
	fields := []store.FacetField{store.FieldOnMap}
	compute := func(t *table, rows []uint32) (store.Extent, error) { return t.extent(rows), nil }
	return queryRows(ctx, c, q.View, q.Filter, fields, compute, fallback)
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
	for place, used := range places {
		if place > 0 && used {
			points = append(points, t.points[kg.ID(l.words[place])])
		}
	}
	x.Box = store.BoxAround(points)
	return x
}
