package apply

import (
	"context"
	"slices"

	"casus/internal/kg"
)

// findRemovals reads the stored claims that the batch removes, and returns the set of their ids.
func (r *run) findRemovals(ctx context.Context) (map[kg.ID]bool, error) {
	if len(r.batch.Removals) == 0 {
		return nil, nil
	}
	var err error
	if r.removals, err = r.Claims(ctx, idsOf(r.batch.Removals, func(id kg.ID) kg.ID { return id })); err != nil {
		return nil, err
	}
	removed := make(map[kg.ID]bool, len(r.removals))
	for _, c := range r.removals {
		removed[c.ID] = true
		r.applied.Written = append(r.applied.Written, c.ID)
	}
	r.applied.Removed = len(r.removals)
	return removed, nil
}

// checkRemovals rejects a batch that removes a claim which another claim about the same subject names.
func (r *run) checkRemovals(about []kg.Claim) error {
	if len(r.removals) == 0 {
		return nil
	}
	removed := map[kg.ID]bool{}
	for _, c := range r.removals {
		removed[c.ID] = true
	}
	for _, c := range about {
		delete(removed, c.ID)
	}
	for _, c := range about {
		if i := slices.IndexFunc(c.Supersedes, func(id kg.ID) bool { return removed[id] }); i >= 0 {
			return kg.Errorf(kg.BadInput, "unknown references: %s refers to %s, which would be removed", c.ID, c.Supersedes[i])
		}
	}
	return nil
}
