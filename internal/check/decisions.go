package check

import (
	"context"
	"fmt"

	"casus/internal/kg"
	"casus/internal/store"
)

// readDecisions reads the identity decisions, which voices depend on. They are checked later, like all records.
func (r *run) readDecisions(ctx context.Context) error {
	all, err := store.Decisions(ctx, r.store)
	if err != nil {
		return fmt.Errorf("read the identity decisions: %w", err)
	}
	r.identities, r.report.Contradictions = kg.NewIdentities(kg.Classes(all)), kg.IdentityConflicts(all)
	return nil
}

// readReviews reads the reviews, which the coding of claims depends on. They are checked later, like all records.
func (r *run) readReviews(ctx context.Context) error {
	var all []kg.Review
	for page, err := range store.Walk(ctx, r.store, kg.KindReview, 0) {
		if err != nil {
			return fmt.Errorf("read the reviews: %w", err)
		}
		all = append(all, page.Reviews...)
	}
	r.reviews = kg.LatestReviews(all)
	return nil
}

// readFieldCorrections reads the corrections of fields of nodes.
func (r *run) readFieldCorrections(ctx context.Context) error {
	r.corrections = map[kg.ID][]kg.Correction{}
	for page, err := range store.Walk(ctx, r.store, kg.KindCorrection, 0) {
		if err != nil {
			return fmt.Errorf("read the corrections: %w", err)
		}
		for _, c := range page.Corrections {
			if c.Node != "" {
				r.corrections[c.Node] = append(r.corrections[c.Node], c)
			}
		}
	}
	return nil
}

// checkOriginals checks the originals of corrected and forgotten claims, and that the graph has the claims that result
// from their latest corrections. Other records may refer to originals and to their subjects.
func (r *run) checkOriginals(ctx context.Context) error {
	return r.pages(ctx, store.KindOriginal, func(page store.ScanPage) error {
		ids := idsOf(page.Originals)
		nodes, unread, err := r.readNodes(ctx, ids)
		if err != nil {
			return err
		}
		curations, err := r.store.Curations(ctx, ids)
		if err := r.tolerate(ctx, "", err); err != nil {
			return err
		}
		for i, original := range page.Originals {
			r.checkRecord(original.ID, original.Check())
			r.references.add(original.ID, original.References()...)
			r.references.addStored(original.ID)
			if original.Subject.Kind() == kg.KindEvent {
				r.references.addStored(original.Subject)
			}
			if i < len(curations) && !unread[original.ID] {
				r.checkCorrected(original, curations[i].Corrections, nodes[i])
			}
		}
		return nil
	})
}

// checkCorrected compares a claim of the graph, nil if there is none, with its original and its corrections.
func (r *run) checkCorrected(original kg.Claim, corrections []kg.Correction, node kg.Node) {
	if len(corrections) == 0 {
		r.addBreak(Corrections, original.ID, "is stored as it was loaded, but has no correction")
		return
	}
	if kg.ErasedClaims(corrections)[original.ID] && original.Digest() != original.Erased().Digest() {
		r.addBreak(Corrections, original.ID, "is erased, but its content is stored")
	}
	expected, exists := kg.LatestCorrections(corrections)[kg.Corrected{ID: original.ID}].Apply(original)
	claim, stored := node.(kg.Claim)
	switch {
	case stored && !exists:
		r.addBreak(Corrections, original.ID, "is forgotten, but is in the graph")
	case exists && !stored:
		r.addBreak(Corrections, original.ID, "is corrected, but is not in the graph")
	case exists && claim.Digest() != expected.Digest():
		r.addBreak(Corrections, original.ID, "has another content than its latest correction")
	}
}

// checkDecisions checks reviews and corrections by themselves, and that every corrected claim of the graph has an
// original. Claims that a correction or a review names may have been removed by a release of their data set.
func (r *run) checkDecisions(ctx context.Context, b kg.Batch) error {
	for _, v := range b.Reviews {
		r.checkRecord(v.ID, v.Check())
		r.references.add(v.ID, v.Document, v.Release)
	}
	var claims []kg.ID
	for _, c := range b.Corrections {
		r.checkRecord(c.ID, c.Check())
		if c.Claim == "" {
			r.references.add(c.ID, c.Node)
			continue
		}
		r.references.add(c.ID, c.References()[1:]...)
		claims = append(claims, c.Claim)
	}
	if len(claims) == 0 {
		return nil
	}
	curations, err := r.store.Curations(ctx, claims)
	if err := r.tolerate(ctx, "", err); err != nil {
		return err
	}
	nodes, unread, err := r.readNodes(ctx, claims)
	if err != nil {
		return err
	}
	for i, id := range claims {
		if i < len(curations) && curations[i].Original == nil && nodes[i] != nil && !unread[id] {
			r.addBreak(Corrections, id, "has a correction, but is not stored as it was loaded")
		}
	}
	return nil
}
