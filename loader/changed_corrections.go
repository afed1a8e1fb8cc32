package loader

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/loader/changed"
	"casus/loader/entry"
	"casus/loader/resolve"
)

// readOriginals replaces the corrected and forgotten claims in stored by their originals. A claim of the input with the
// content of a correction becomes the original, too: it is in a file that was loaded with Options.Replace before.
func (d *changedDocuments) readOriginals(
	ctx context.Context, entries []*entry.Entry, from *resolve.Sources, stored map[kg.ID]kg.Claim,
) error {
	if !d.curated && d.replace == "" {
		return nil
	}
	given := map[kg.ID][]*kg.Claim{}
	var ids []kg.ID
	for _, e := range entry.Live(entries) {
		for i := range e.Batch.Claims {
			if c := &e.Batch.Claims[i]; len(c.Spans) > 0 || d.compares(*c, from) {
				ids = append(ids, c.ID)
				given[c.ID] = append(given[c.ID], c)
			}
		}
	}
	return d.curations(ctx, ids, func(id kg.ID, v kg.Curation) {
		if v.Original == nil || len(v.Corrections) == 0 {
			return
		}
		if kg.ErasedClaims(v.Corrections)[id] {
			delete(stored, id) // what it said is not known
			return
		}
		stored[id] = *v.Original
		corrected, exists := latest(v).Apply(*v.Original)
		for _, c := range given[id] {
			if exists && !sameContent(*v.Original, *c) && sameContent(corrected, *c) {
				*c = *v.Original
			}
		}
	})
}

// latest returns the correction that counts.
func latest(v kg.Curation) kg.Correction { return v.Corrections[len(v.Corrections)-1] }

// forgotten returns which of the stored claims are forgotten.
func (d *changedDocuments) forgotten(ctx context.Context, stored []kg.Claim) (map[kg.ID]bool, error) {
	found := map[kg.ID]bool{}
	if !d.curated && d.replace == "" {
		return found, nil
	}
	ids := make([]kg.ID, len(stored))
	for i := range stored {
		ids[i] = stored[i].ID
	}
	return found, d.curations(ctx, ids, func(id kg.ID, v kg.Curation) {
		found[id] = len(v.Corrections) > 0 && latest(v).Forgets()
	})
}

// curations calls take with the curation of each claim.
func (d *changedDocuments) curations(ctx context.Context, ids []kg.ID, take func(kg.ID, kg.Curation)) error {
	for chunk := range slices.Chunk(ids, lookupSize) {
		all, err := d.store.Curations(ctx, chunk)
		if err != nil {
			return err
		}
		for i, v := range all {
			take(chunk[i], v)
		}
	}
	return nil
}

// correct adds corrections to a record that changes documents. Claims that the input lacks are forgotten. A claim with
// the id of a stored one gets the new content by a correction; its record states the stored content, so that it is
// applied.
func (d *changedDocuments) correct(r pendingRecord, changes map[kg.ID]changed.Change) {
	for i := range r.Batch.Claims {
		given := &r.Batch.Claims[i]
		change, found := changes[given.ID]
		if !found {
			continue
		}
		for _, c := range change.Missing {
			correction := kg.Correction{
				Claim: c.ID, By: d.replace, At: d.at, Why: "the input replaces what " + string(c.Document) + " says",
			}
			if c.ID == given.ID {
				content := given.Content()
				correction.Content, *given = &content, c
			}
			correction.ID = kg.DeriveID(kg.KindCorrection, "replace", string(c.ID), d.replace, d.at.String())
			r.Corrections = append(r.Corrections, correction)
			d.countReplaced(c.ID)
		}
	}
}

// countReplaced counts a claim that a correction replaces, once.
func (d *changedDocuments) countReplaced(id kg.ID) {
	if !d.corrected[id] {
		d.corrected[id] = true
		d.report.Replaced++
	}
}
