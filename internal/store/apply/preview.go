package apply

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store"
)

// PreviewResult holds what a batch would write.
type PreviewResult struct {
	// events are the latest states, in the RESOLVED view, of the events that the batch recomputes; nil for an event that
	// would not exist.
	events map[kg.ID]*kg.EventState
	// actors and locations are the written records in the RESOLVED view.
	actors    map[kg.ID]kg.Actor
	locations map[kg.ID]kg.Location
	// fields are the changes of other nodes.
	fields []kg.FieldChange
}

// Preview applies a batch within a transaction that the engine always rolls back.
func Preview(ctx context.Context, tx Tx, b kg.Batch) (PreviewResult, error) {
	p := &preview{Tx: tx, PreviewResult: PreviewResult{
		events: map[kg.ID]*kg.EventState{}, actors: map[kg.ID]kg.Actor{}, locations: map[kg.ID]kg.Location{},
	}}
	_, err := Run(ctx, p, b)
	return p.PreviewResult, err
}

// Effects compares the result of a batch with the stored graph.
func (p PreviewResult) Effects(ctx context.Context, r store.Reader) (all store.Effects, err error) {
	err = eachStored(ctx, r, p.events, func(id kg.ID, n kg.Node) {
		effect := store.Effect{Event: id, After: p.events[id]}
		if e, ok := n.(kg.Event); ok {
			effect.Before = &e.EventState
		}
		if effect.Differs() {
			all.Events = append(all.Events, effect)
		}
	})
	if err != nil {
		return all, err
	}
	all.Fields = p.fields
	err = eachStored(ctx, r, p.actors, func(id kg.ID, n kg.Node) {
		if old, ok := n.(kg.Actor); ok {
			all.Fields = append(all.Fields, merge.Actors.Changes(old, p.actors[id])...)
		}
	})
	if err != nil {
		return all, err
	}
	err = eachStored(ctx, r, p.locations, func(id kg.ID, n kg.Node) {
		if old, ok := n.(kg.Location); ok {
			all.Fields = append(all.Fields, merge.Locations.Changes(old, p.locations[id])...)
		}
	})
	slices.SortFunc(all.Fields, func(a, b kg.FieldChange) int {
		return cmp.Or(cmp.Compare(a.Node, b.Node), cmp.Compare(a.Field, b.Field))
	})
	return all, err
}

// eachStored calls do for each id of a map, in order, with the stored node in the RESOLVED view. The node is nil if
// there is none, or if another member of its class stands for it.
func eachStored[T any](ctx context.Context, r store.Reader, records map[kg.ID]T, do func(kg.ID, kg.Node)) error {
	for chunk := range slices.Chunk(slices.Sorted(maps.Keys(records)), effectChunk) {
		nodes, err := r.Nodes(ctx, kg.View{}, chunk)
		if err != nil {
			return err
		}
		for i, id := range chunk {
			if n := nodes[i]; n != nil && n.NodeID() == id {
				do(id, n)
			} else {
				do(id, nil)
			}
		}
	}
	return nil
}

// effectChunk is the number of nodes that are read at a time.
const effectChunk = 500

// preview is a transaction that records what a batch writes, and does not write derived states.
type preview struct {
	Tx
	PreviewResult
}

func (p *preview) PutDerivedStates(_ context.Context, states []DerivedState) error {
	for i := range states {
		s := &states[i]
		if s.Subject.Kind() != kg.KindEvent || s.History.Hidden {
			continue
		}
		history := &s.History.Exact
		if s.History.Resolved != nil {
			history = s.History.Resolved
		}
		p.events[s.Subject] = nil
		if n := len(history.States); n > 0 {
			p.events[s.Subject] = &history.States[n-1]
		}
	}
	return nil
}

func (p *preview) PutActors(ctx context.Context, records []Views[kg.Actor]) error {
	addResolved(p.actors, records)
	return p.Tx.PutActors(ctx, records)
}

func (p *preview) PutLocations(ctx context.Context, records []Views[kg.Location]) error {
	addResolved(p.locations, records)
	return p.Tx.PutLocations(ctx, records)
}

// addResolved adds the records that exist in the RESOLVED view to a map, as they are there.
func addResolved[T kg.Identified](resolved map[kg.ID]T, records []Views[T]) {
	for _, r := range records {
		switch {
		case r.Hidden:
		case r.Resolved != nil:
			resolved[r.Exact.NodeID()] = *r.Resolved
		default:
			resolved[r.Exact.NodeID()] = r.Exact
		}
	}
}

func (p *preview) PutDocuments(ctx context.Context, records []kg.Document) error {
	if err := addChanges(ctx, p, merge.Documents, records, p.Documents); err != nil {
		return err
	}
	return p.Tx.PutDocuments(ctx, records)
}

func (p *preview) PutReleases(ctx context.Context, records []kg.Release) error {
	if err := addChanges(ctx, p, merge.Releases, records, p.Releases); err != nil {
		return err
	}
	return p.Tx.PutReleases(ctx, records)
}

func (p *preview) PutAffiliations(ctx context.Context, records []kg.Affiliation) error {
	if err := addChanges(ctx, p, merge.Affiliations, records, p.Affiliations); err != nil {
		return err
	}
	return p.Tx.PutAffiliations(ctx, records)
}

// addChanges adds the differences between records and the stored ones to p.fields, before the records are put.
func addChanges[T kg.Identified](
	ctx context.Context, p *preview, rules *merge.Kind[T], records []T,
	stored func(context.Context, []kg.ID) ([]T, error),
) error {
	now := make(map[kg.ID]T, len(records))
	for _, r := range records {
		now[r.NodeID()] = r
	}
	found, err := stored(ctx, slices.Sorted(maps.Keys(now)))
	for _, old := range found {
		p.fields = append(p.fields, rules.Changes(old, now[old.NodeID()])...)
	}
	return err
}

// PutCheckpoint and PutChangeSet write nothing: the transaction is rolled back.
func (p *preview) PutCheckpoint(context.Context, kg.Checkpoint) error { return nil }

func (p *preview) PutChangeSet(context.Context, store.ChangeSet) error { return nil }
