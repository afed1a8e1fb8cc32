package check

import (
	"context"
	"errors"

	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store"
)

// checkNodes compares scanned nodes with the ones read by id, and searches some of them by name.
func (r *run) checkNodes(ctx context.Context, b kg.Batch) error {
	return errors.Join(
		checkNodes(ctx, r, kg.KindActor, store.TypeActor, b.Actors,
			func(a kg.Actor) []kg.Name { return a.Names }),
		checkNodes(ctx, r, kg.KindLocation, store.TypeLocation, b.Locations,
			func(l kg.Location) []kg.Name { return l.Names }),
		checkMerged(ctx, r, b.Actors, merge.Actors, merge.ActorClass),
		checkMerged(ctx, r, b.Locations, merge.Locations, merge.LocationClass),
		checkNodes(ctx, r, kg.KindDocument, store.TypeDocument, b.Documents,
			func(d kg.Document) []kg.Name { return d.Titles }))
}

func checkNodes[T kg.Identified](
	ctx context.Context, r *run, kind kg.NodeKind, typ store.NodeType, records []T, names func(T) []kg.Name,
) error {
	if len(records) == 0 {
		return nil
	}
	nodes, unread, err := r.readNodes(ctx, idsOf(records))
	if err != nil {
		return err
	}
	for i, rec := range records {
		if unread[rec.NodeID()] {
			continue
		}
		if i >= len(nodes) || nodes[i] == nil {
			r.addBreak(Reading, rec.NodeID(), "is listed, but not returned by its id")
			continue
		}
		if d := differences(nodes[i], rec); d != "" {
			r.addBreak(Reading, rec.NodeID(), "read by its id, it differs from the list: %s", d)
		}
		if r.report.Checked[kind]+i < maxSearches {
			if err := r.checkSearch(ctx, typ, rec.NodeID(), names(rec)); err != nil {
				return err
			}
		}
	}
	return nil
}
