package aggregate

import (
	"context"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Clusters groups events on a map. It calls fallback if the index cannot answer; see querySelection.
func (c *Index) Clusters(
	ctx context.Context, q store.ClusterQuery, fallback func(*store.EventFilter) ([]store.Cluster, error),
) ([]store.Cluster, error) {
	fields := []store.FacetField{store.FieldOnMap}
	compute := func(t *table, selected []selection) ([]store.Cluster, error) {
		return store.Clusters(q.Zoom, t.placedEvents(selected, q.View.KnownAt, q.Killed))
	}
	return querySelection(ctx, c, q.View, q.Filter, fields, compute, fallback)
}

// placedEvents counts events by their first location on the map.
func (t *table) placedEvents(selected []selection, moment *edtf.Instant, killed bool) (all []store.PlacedEvents) {
	l, withParts := t.lists[store.FieldOnMap], t.withParts(moment)
	groups, values := make([]group, len(l.words)), l.at(moment)
	for _, s := range selected {
		for i, row := range s.rows {
			event := s.events[i]
			g := &groups[values.of(event)[0]]
			g.events++
			g.event = event
			if killed {
				t.addToll(s.scope, row, event, withParts, &g.killed)
			}
		}
	}
	for place, g := range groups {
		if place > 0 && g.events > 0 {
			id := kg.ID(l.words[place])
			all = append(all, store.PlacedEvents{
				Place: id, Point: t.points[id], Events: g.events, Killed: g.killed.Estimate(), Event: t.ids[g.event],
			})
		}
	}
	return all
}

// Extent returns the extent of events. It calls fallback if the index cannot answer; see querySelection.
func (c *Index) Extent(
	ctx context.Context, q store.ExtentQuery, fallback func(*store.EventFilter) (store.Extent, error),
) (store.Extent, error) {
	fields := []store.FacetField{store.FieldOnMap}
	compute := func(t *table, selected []selection) (store.Extent, error) {
		return t.extent(selected, q.View.KnownAt), nil
	}
	return querySelection(ctx, c, q.View, q.Filter, fields, compute, fallback)
}

func (t *table) extent(selected []selection, moment *edtf.Instant) (x store.Extent) {
	l := t.lists[store.FieldOnMap]
	hulls, places, values := make([]bool, len(t.hulls)), make([]bool, len(l.words)), l.at(moment)
	for _, s := range selected {
		x.Events += len(s.rows)
		for _, row := range s.rows {
			hulls[s.hull[row]] = true
			if !t.hulls[s.hull[row]].earliest.Bounded() {
				x.WithoutTime++
			}
		}
		x.WithoutPlace += values.mark(s.events, places)
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
