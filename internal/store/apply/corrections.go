package apply

import (
	"context"
	"maps"
	"slices"

	"casus/internal/kg"
)

// readCorrections reads the corrections and originals of the batch's claims, and of claims whose corrections the batch
// changes. If there are any, no other transaction writes until this one ends: the lock of a claim's subject does not
// protect the claim's corrections.
func (r *run) readCorrections(ctx context.Context) error {
	if !r.curation.corrections {
		return nil
	}
	concerned := maps.Clone(r.curation.changed)
	for i := range r.batch.Claims {
		concerned[r.batch.Claims[i].ID] = true
	}
	for _, id := range r.batch.Removals {
		if id.Kind() == kg.KindClaim {
			concerned[id] = true
		}
	}
	ids := sorted(concerned)
	for {
		originals, err := r.Originals(ctx, ids)
		if err != nil {
			return err
		}
		corrections, err := r.CorrectionsOf(ctx, ids)
		if err != nil {
			return err
		}
		if len(originals)+len(corrections) > 0 && !r.deciding {
			r.deciding = true
			if _, err := r.LockClasses(ctx, true); err != nil {
				return err
			}
			continue // other transactions may have written before the lock
		}
		c := correctable{
			latest: map[kg.ID]kg.Correction{}, originals: map[kg.ID]kg.Claim{}, erased: kg.ErasedClaims(corrections),
		}
		for target, v := range kg.LatestCorrections(corrections) {
			c.latest[target.ID] = v
		}
		for _, v := range originals {
			c.originals[v.ID] = v
		}
		r.correctable = c
		return nil
	}
}

// correctClaims applies corrections to the claims to be stored, and finds the stored claims that change because the
// batch changes their corrections.
func (r *run) correctClaims(context.Context) error {
	r.loaded = r.newClaims
	c := &r.correctable
	concerned := maps.Clone(r.curation.changed)
	for id := range c.latest {
		concerned[id] = true
	}
	for id := range c.originals {
		concerned[id] = true
	}
	if len(concerned) == 0 {
		return nil
	}
	r.newClaims = slices.DeleteFunc(slices.Clone(r.newClaims), func(c kg.Claim) bool { return concerned[c.ID] })
	given := r.givenClaims()
	for _, id := range sorted(concerned) {
		loaded, original := c.loaded[id], c.originals[id]
		if loaded == nil { // removed, or not stored yet
			continue
		}
		if c.erased[id] {
			left := loaded.Erased()
			loaded = &left
		}
		hadOriginal := original.ID != "" && !r.removed[id]
		correction, corrected := c.latest[id]
		now, exists := *loaded, true
		switch {
		case corrected:
			if now, exists = correction.Apply(*loaded); given[id] && exists {
				r.applied.Corrected = append(r.applied.Corrected, id)
			} else if given[id] {
				r.applied.Forgotten = append(r.applied.Forgotten, id)
			}
			if !hadOriginal || !sameRecord(original, *loaded) {
				r.newOriginals = append(r.newOriginals, *loaded)
			}
		case hadOriginal:
			r.oldOriginals = append(r.oldOriginals, ClaimSubject{id, original.Subject})
		}
		r.rewrite(id, now, exists)
	}
	return nil
}

// givenClaims returns the ids of the batch's claims, including the originals that move to another release.
func (r *run) givenClaims() map[kg.ID]bool {
	given := map[kg.ID]bool{}
	for i := range r.batch.Claims {
		given[r.batch.Claims[i].ID] = true
	}
	for i := range r.originalMoves {
		given[r.originalMoves[i].ID] = true
	}
	return given
}

// rewrite replaces the stored claim of an id, if there is one, by the given one, or by none.
func (r *run) rewrite(id kg.ID, now kg.Claim, exists bool) {
	before, stored := r.correctable.stored[id]
	stored = stored && !r.removed[id]
	if stored == exists && (!exists || sameRecord(before, now)) {
		return
	}
	if stored {
		r.rewritten = append(r.rewritten, ClaimSubject{id, before.Subject})
	}
	if exists {
		r.newClaims = append(r.newClaims, now)
	}
	r.applied.Written = append(r.applied.Written, id)
}

// sameRecord reports whether two versions of a claim have the same stored record.
func sameRecord(a, b kg.Claim) bool {
	return a.RecordedAt == b.RecordedAt && slices.Equal(a.Extractions, b.Extractions) && a.Digest() == b.Digest()
}

// putOriginals deletes and writes originals.
func (r *run) putOriginals(ctx context.Context) error {
	if err := writeAny(ctx, r.oldOriginals, r.DeleteOriginals); err != nil {
		return err
	}
	return writeAny(ctx, r.newOriginals, r.PutOriginals)
}
