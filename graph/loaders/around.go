package loaders

import (
	"context"
	"slices"
	"sync/atomic"

	"casus/internal/kg"
	"casus/internal/store"
)

// MaxAround is the number of events on which one operation may select the field around. Each costs one call of the
// store.
const MaxAround = 50

// around loads the events around events, with one call of the store for each. Further calls read the events themselves,
// each level of wholes above them, and their places.
type around struct {
	store store.Reader
	count atomic.Int64 // the events of the operation so far
}

func (a *around) fetch(ctx context.Context, q store.AroundQuery, ids []kg.ID) ([]store.Page[kg.Event], error) {
	if n := a.count.Add(int64(len(ids))); n > MaxAround {
		return nil, kg.Errorf(kg.LimitExceeded,
			"around is selected on %d events, the limit is %d: request a smaller page", n, MaxAround)
	}
	nodes, err := a.store.Nodes(ctx, q.View, ids)
	if err != nil {
		return nil, err
	}
	edges, err := a.store.EventEdges(ctx, q.View, kg.WantWholes|kg.WantLocations, ids)
	if err != nil {
		return nil, err
	}
	above, err := a.wholes(ctx, q.View, ids, edges)
	if err != nil {
		return nil, err
	}
	points, err := a.points(ctx, q, edges)
	if err != nil {
		return nil, err
	}
	pages := make([]store.Page[kg.Event], len(ids))
	for i, n := range nodes {
		e, ok := n.(kg.Event)
		if !ok {
			continue
		}
		filter, empty, err := q.EventFilter(e, points[i], above[i])
		if err != nil {
			return nil, err
		}
		if empty {
			if q.Total {
				pages[i].Total = new(int)
			}
			continue
		}
		found, err := a.store.Events(ctx, store.EventQuery{
			View: q.View, Filter: filter, Order: (*store.EventOrder)(nil).Normalize(), Window: q.Window, Total: q.Total,
		})
		if err != nil {
			return nil, err
		}
		pages[i] = found[0]
	}
	return pages, nil
}

// wholes returns for each event the events it is a part of, at any depth. It reads one level of all events at a time.
func (a *around) wholes(ctx context.Context, v kg.View, ids []kg.ID, edges []kg.EventEdges) ([][]kg.ID, error) {
	direct := map[kg.ID][]kg.ID{}
	for level := ids; len(level) > 0; {
		var next []kg.ID
		for i, id := range level {
			for _, w := range edges[i].Wholes {
				direct[id] = append(direct[id], w.Whole)
				next = append(next, w.Whole)
			}
			if direct[id] == nil {
				direct[id] = []kg.ID{}
			}
		}
		slices.Sort(next)
		level = slices.DeleteFunc(slices.Compact(next), func(id kg.ID) bool { return direct[id] != nil })
		if len(level) == 0 {
			break
		}
		var err error
		if edges, err = a.store.EventEdges(ctx, v, kg.WantWholes, level); err != nil {
			return nil, err
		}
	}
	all := make([][]kg.ID, len(ids))
	for i, id := range ids {
		seen := map[kg.ID]bool{id: true}
		for next := direct[id]; len(next) > 0; next = next[1:] {
			if w := next[0]; !seen[w] {
				seen[w] = true
				all[i] = append(all[i], w)
				next = slices.Concat(next, direct[w])
			}
		}
	}
	return all, nil
}

// points returns for each event the points of its places. They are read only if the query has a distance.
func (a *around) points(ctx context.Context, q store.AroundQuery, edges []kg.EventEdges) ([][]kg.Point, error) {
	all := make([][]kg.Point, len(edges))
	if q.Km == nil {
		return all, nil
	}
	var ids []kg.ID
	for _, e := range edges {
		for _, l := range e.Locations {
			ids = append(ids, l.Location)
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	nodes, err := a.store.Nodes(ctx, q.View, ids)
	if err != nil {
		return nil, err
	}
	for i, e := range edges {
		for _, l := range e.Locations {
			at, _ := slices.BinarySearch(ids, l.Location)
			place, ok := nodes[at].(kg.Location)
			if ok && place.Point != nil && !slices.Contains(all[i], *place.Point) {
				all[i] = append(all[i], *place.Point)
			}
		}
	}
	return all, nil
}

// Around returns a page of the events around an event.
func (l *Loaders) Around(ctx context.Context, q store.AroundQuery, event kg.ID) (store.Page[kg.Event], error) {
	return l.around.load(ctx, q, event)
}
