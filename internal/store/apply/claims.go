package apply

import (
	"context"
	"maps"
	"slices"

	"casus/internal/kg"
)

// splitClaims separates new claims, and stored claims with new span checks or extractions, from unchanged ones and
// conflicts.
func (r *run) splitClaims(ctx context.Context) error {
	if err := r.findMoves(ctx); err != nil {
		return err
	}
	if err := r.findRemovals(ctx); err != nil {
		return err
	}
	ids := slices.DeleteFunc(idsOf(r.batch.Claims, kg.Claim.NodeID), func(id kg.ID) bool { return r.removed[id] })
	stored, err := r.Claims(ctx, ids)
	if err != nil {
		return err
	}
	known := make(map[kg.ID]*kg.Claim, len(stored))
	for i := range stored {
		known[stored[i].ID] = &stored[i]
	}
	added := make(map[kg.ID]*kg.Claim, len(r.batch.Claims))
	r.newClaims = make([]kg.Claim, 0, len(r.batch.Claims)) // added points into it
	for i := range r.batch.Claims {
		c := &r.batch.Claims[i]
		old, repeated := added[c.ID]
		if !repeated {
			old = known[c.ID]
		}
		if old == nil {
			r.newClaims = append(r.newClaims, *c)
			old = &r.newClaims[len(r.newClaims)-1]
			old.RecordedAt = r.batch.RecordedAt
			added[c.ID] = old
			if r.removed[c.ID] {
				r.applied.Changed[kg.KindClaim]++
				r.applied.Removed--
			} else {
				r.applied.Added[kg.KindClaim]++
			}
			r.applied.Written = append(r.applied.Written, c.ID)
			continue
		}
		merged, same := kg.MergeClaim(*old, *c)
		switch {
		case !same:
			r.applied.Conflicts = append(r.applied.Conflicts, kg.ClaimConflict{Stored: *old, Given: *c})
		case kg.SameClaim(merged, *old):
			r.applied.Unchanged[kg.KindClaim]++
		case repeated:
			*old = merged
			r.applied.Unchanged[kg.KindClaim]++
		default:
			*old = merged
			r.spanUpdates = append(r.spanUpdates, *c)
		}
	}
	return nil
}

// findRemovals reads the stored claims that the batch removes.
func (r *run) findRemovals(ctx context.Context) (err error) {
	if len(r.batch.Removals) == 0 {
		return nil
	}
	if r.removals, err = r.ClaimSubjects(ctx, idsOf(r.batch.Removals, func(id kg.ID) kg.ID { return id })); err != nil {
		return err
	}
	r.removed = make(map[kg.ID]bool, len(r.removals))
	for _, c := range r.removals {
		r.removed[c.Claim] = true
		r.applied.Written = append(r.applied.Written, c.Claim)
	}
	r.applied.Removed = len(r.removals)
	return nil
}

// checkRemovals rejects a batch that removes a claim which another claim about the same subject names.
func (r *run) checkRemovals(about []kg.Claim) error {
	if len(r.removals) == 0 {
		return nil
	}
	removed := maps.Clone(r.removed)
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

// putSpans writes the span checks and extractions of stored claims, which it reads again under their subjects' locks.
func (r *run) putSpans(ctx context.Context) error {
	if len(r.spanUpdates) == 0 {
		return nil
	}
	stored, err := r.Claims(ctx, idsOf(r.spanUpdates, kg.Claim.NodeID))
	if err != nil {
		return err
	}
	given := map[kg.ID]kg.Claim{}
	for _, c := range r.spanUpdates {
		given[c.ID] = c
	}
	var write []kg.Claim
	for _, old := range stored {
		merged, same := kg.MergeClaim(old, given[old.ID])
		switch {
		case !same:
			r.applied.Conflicts = append(r.applied.Conflicts, kg.ClaimConflict{Stored: old, Given: given[old.ID]})
		case kg.SameClaim(merged, old):
			r.applied.Unchanged[kg.KindClaim]++
		default:
			write = append(write, merged)
			r.applied.Changed[kg.KindClaim]++
			r.applied.Written = append(r.applied.Written, old.ID)
		}
	}
	return writeAny(ctx, write, r.PutSpans)
}
