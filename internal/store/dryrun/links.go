package dryrun

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store/apply"
)

// LinksAbove includes the links that the load has made.
func (t *tx) LinksAbove(ctx context.Context, kind kg.NodeKind, ids []kg.ID) (apply.Links, error) {
	if kind == kg.KindLocation {
		return linksAbove(ctx, ids, t.Locations, func(l kg.Location) []kg.ID { return l.Parents })
	}
	return linksAbove(ctx, ids, t.Documents, func(d kg.Document) []kg.ID {
		if d.Syndicates == "" {
			return nil
		}
		return []kg.ID{d.Syndicates}
	})
}

func linksAbove[T kg.Identified](
	ctx context.Context, ids []kg.ID, find func(context.Context, []kg.ID) ([]T, error), above func(T) []kg.ID,
) (apply.Links, error) {
	links := apply.Links{}
	for len(ids) > 0 {
		found, err := find(ctx, ids)
		if err != nil {
			return nil, err
		}
		ids = nil
		for _, v := range found {
			links[v.NodeID()] = above(v)
		}
		for _, v := range found {
			for _, id := range above(v) {
				if _, read := links[id]; !read {
					ids = append(ids, id)
				}
			}
		}
		slices.Sort(ids)
		ids = slices.Compact(ids)
	}
	return links, nil
}

// LinksBelow returns none, because a store has no query for them. So a dry run measures chains above a changed place or
// document, but not the stored ones below it. It finds cycles by following them upwards.
func (t *tx) LinksBelow(context.Context, kg.NodeKind, []kg.ID) (apply.Links, error) { return nil, nil }
