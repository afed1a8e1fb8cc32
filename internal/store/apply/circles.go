package apply

import (
	"context"
	"slices"

	"casus/internal/kg"
)

// checkCircles refuses a batch after which a place would lie in itself, or a document reprint itself, directly or through
// others.
func (r *run) checkCircles(ctx context.Context) error {
	for _, l := range r.moved {
		if err := leadsBack(ctx, l, r.Locations, func(l kg.Location) []kg.ID { return l.Parents }, "parents: it would lie in itself"); err != nil {
			return err
		}
	}
	for _, d := range r.reprints {
		if err := leadsBack(ctx, d, r.Documents, func(d kg.Document) []kg.ID { return []kg.ID{d.Syndicates} }, "syndicates: it would reprint itself"); err != nil {
			return err
		}
	}
	return nil
}

// leadsBack says whether a record is met again on the way up from it.
func leadsBack[T kg.Identified](ctx context.Context, from T, stored func(context.Context, []kg.ID) ([]T, error), up func(T) []kg.ID, problem string) error {
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
