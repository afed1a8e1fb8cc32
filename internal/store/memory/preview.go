package memory

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store"
)

// Preview compares all events and nodes before and after a batch.
func (s *Store) Preview(ctx context.Context, b kg.Batch) (all store.Effects, err error) {
	before, err := s.snapshot(ctx)
	if err != nil {
		return all, err
	}
	if err := b.Check(); err != nil {
		return all, err
	}
	g, _, err := (&Store{graph: before}).apply(b)
	if err != nil {
		return all, err
	}
	ids := maps.Clone(before.latestStates())
	maps.Copy(ids, g.latestStates())
	for _, id := range sortedIDs(ids) {
		e := store.Effect{Event: id, Before: before.latestStates()[id], After: g.latestStates()[id]}
		if e.Differs() && !g.classes.Hidden(id) {
			all.Events = append(all.Events, e)
		}
	}
	hidden := func(id kg.ID) bool { return before.classes.Hidden(id) || g.classes.Hidden(id) }
	old, now := before.merged(), g.merged()
	all.Fields = slices.Concat(
		changes(merge.Actors, old.actors, now.actors, hidden), changes(merge.Locations, old.locations, now.locations, hidden),
		changes(merge.Documents, before.documents, g.documents, hidden),
		changes(merge.Releases, before.releases, g.releases, hidden),
		changes(merge.Affiliations, before.affiliations, g.affiliations, hidden))
	slices.SortFunc(all.Fields, func(a, b kg.FieldChange) int {
		return cmp.Or(cmp.Compare(a.Node, b.Node), cmp.Compare(a.Field, b.Field))
	})
	return all, nil
}

// merged returns the graph of the RESOLVED view.
func (g graph) merged() graph {
	if g.resolved != nil {
		return *g.resolved
	}
	return g
}

func changes[T kg.Identified](
	k *merge.Kind[T], before, after map[kg.ID]T, hidden func(kg.ID) bool,
) (all []kg.FieldChange) {
	for id, now := range after {
		if old, stored := before[id]; stored && !hidden(id) {
			all = append(all, k.Changes(old, now)...)
		}
	}
	return all
}

// latestStates returns the last version of each event in the RESOLVED view.
func (g graph) latestStates() map[kg.ID]*kg.EventState {
	states := map[kg.ID]*kg.EventState{}
	for id, h := range g.merged().histories {
		if n := len(h.States); n > 0 {
			states[id] = &h.States[n-1]
		}
	}
	return states
}
