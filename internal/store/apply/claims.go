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
	for _, step := range []func(context.Context) error{r.readCorrections, r.findMoves, r.findRemovals} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	known, err := r.loadedClaims(ctx)
	if err != nil {
		return err
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
		if r.correctable.erased[c.ID] {
			r.applied.Unchanged[kg.KindClaim]++
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
		case r.correctable.concerns(c.ID):
			*old = merged
			r.applied.Changed[kg.KindClaim]++
			r.applied.Written = append(r.applied.Written, c.ID)
		default:
			*old = merged
			r.spanUpdates = append(r.spanUpdates, *c)
		}
	}
	r.correctable.loaded = known
	if r.curation.corrections {
		maps.Copy(known, added)
	}
	return nil
}

// loadedClaims returns the stored claims of the batch, and those whose corrections it changes, as they were loaded.
func (r *run) loadedClaims(ctx context.Context) (map[kg.ID]*kg.Claim, error) {
	c := &r.correctable
	ids := idsOf(r.batch.Claims, kg.Claim.NodeID)
	if r.curation.corrections {
		ids = distinct(slices.Concat(ids, sorted(r.curation.changed), slices.Collect(maps.Keys(c.originals)),
			slices.Collect(maps.Keys(c.latest))))
	}
	stored, err := r.Claims(ctx, slices.DeleteFunc(ids, func(id kg.ID) bool { return r.removed[id] }))
	if err != nil {
		return nil, err
	}
	known := make(map[kg.ID]*kg.Claim, len(stored))
	c.stored = map[kg.ID]kg.Claim{}
	for i := range stored {
		id := stored[i].ID
		known[id] = &stored[i]
		if r.curation.changed[id] || c.concerns(id) {
			c.stored[id] = stored[i]
		}
	}
	for id, original := range c.originals {
		if !r.removed[id] {
			known[id] = &original
		}
	}
	for i := range r.originalMoves {
		known[r.originalMoves[i].ID] = &r.originalMoves[i].Claim
	}
	return known, nil
}

// findRemovals reads the stored claims that the batch removes.
func (r *run) findRemovals(ctx context.Context) (err error) {
	ids := slices.DeleteFunc(slices.Clone(r.batch.Removals), func(id kg.ID) bool { return id.Kind() != kg.KindClaim })
	for id := range r.curation.erasing {
		if !r.correctable.erased[id] { // its content is lost: without the correction that erased it, it is no claim
			ids = append(ids, id)
		}
	}
	ids = distinct(ids)
	if len(ids) == 0 {
		return nil
	}
	if r.removals, err = r.ClaimSubjects(ctx, ids); err != nil {
		return err
	}
	r.removed = make(map[kg.ID]bool, len(ids))
	for _, c := range r.removals {
		r.removed[c.Claim] = true
	}
	for _, id := range ids {
		if original, found := r.correctable.originals[id]; found {
			r.removed[id] = true
			r.oldOriginals = append(r.oldOriginals, ClaimSubject{id, original.Subject})
		}
	}
	r.applied.Written = append(r.applied.Written, sorted(r.removed)...)
	r.applied.Removed += len(r.removed)
	return nil
}

// checkRemovals rejects a batch that removes a claim which another claim about the same subject names.
func (r *run) checkRemovals(about []kg.Claim) error {
	if len(r.removed) == 0 {
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
