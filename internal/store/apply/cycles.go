package apply

import (
	"context"
	"slices"

	"casus/internal/kg"
)

// checkCycles rejects a batch after which a location would lie in itself, or a document reprint itself, directly or
// through others.
func (r *run) checkCycles(ctx context.Context) error {
	parents := func(l kg.Location) []kg.ID { return l.Parents }
	for _, l := range r.parentChanges {
		if err := checkAcyclic(ctx, l, r.Locations, parents, "parents: it would lie in itself"); err != nil {
			return err
		}
	}
	original := func(d kg.Document) []kg.ID { return []kg.ID{d.Syndicates} }
	for _, d := range r.syndicationChanges {
		if err := checkAcyclic(ctx, d, r.Documents, original, "syndicates: it would reprint itself"); err != nil {
			return err
		}
	}
	return nil
}

// checkAcyclic returns an error if from is among its own ancestors, whose ids up returns.
func checkAcyclic[T kg.Identified](
	ctx context.Context, from T, stored func(context.Context, []kg.ID) ([]T, error), up func(T) []kg.ID, problem string,
) error {
	seen := map[kg.ID]bool{"": true}
	for above := up(from); len(above) > 0; {
		if slices.Contains(above, from.NodeID()) {
			return kg.Errorf(kg.BadInput, "%s: %s", from.NodeID(), problem)
		}
		found, err := stored(ctx, slices.DeleteFunc(slices.Clone(above), func(id kg.ID) bool { return id == "" }))
		if err != nil {
			return err
		}
		next := map[kg.ID]bool{}
		for _, record := range found {
			seen[record.NodeID()] = true
		}
		for _, record := range found {
			for _, id := range up(record) {
				if !seen[id] {
					next[id] = true
				}
			}
		}
		above = sorted(next)
	}
	return nil
}
