package apply

import (
	"context"
	"slices"

	"casus/internal/kg"
)

// deleteDecisions deletes the identity decisions, reviews and corrections that the batch removes.
func (r *run) deleteDecisions(ctx context.Context) (err error) {
	c := &r.curation
	c.reviewed, c.changed, c.erasing = map[kg.ID]bool{}, map[kg.ID]bool{}, map[kg.ID]bool{}
	if c.corrections, c.reviews, err = r.Curated(ctx); err != nil {
		return err
	}
	c.corrections = c.corrections || len(r.batch.Corrections) > 0
	c.reviews = c.reviews || len(r.batch.Reviews) > 0
	if len(r.decisionRemovals) == 0 {
		return nil
	}
	ofKind := func(kind kg.NodeKind) []kg.ID {
		return slices.DeleteFunc(slices.Clone(r.decisionRemovals), func(id kg.ID) bool { return id.Kind() != kind })
	}
	identities, err := r.Identities(ctx, ofKind(kg.KindIdentity))
	if err != nil {
		return err
	}
	reviews, err := r.Reviews(ctx, ofKind(kg.KindReview))
	if err != nil {
		return err
	}
	corrections, err := r.Corrections(ctx, ofKind(kg.KindCorrection))
	if err != nil {
		return err
	}
	c.identitiesRemoved = len(identities) > 0
	for _, v := range reviews {
		c.noteReview(v)
	}
	for _, v := range corrections {
		c.noteOldCorrection(v)
	}
	removed := slices.Concat(idsOf(identities, kg.IdentityDecision.NodeID), idsOf(reviews, kg.Review.NodeID),
		idsOf(corrections, kg.Correction.NodeID))
	slices.Sort(removed)
	r.applied.Removed += len(removed)
	r.applied.Written = append(r.applied.Written, removed...)
	r.replaceable = removed
	return writeAny(ctx, removed, r.DeleteDecisions)
}

// countReplaced counts decisions of one kind that the batch both removes and adds as changed, instead of removed and
// added.
func (r *run) countReplaced(kind kg.NodeKind, ids []kg.ID) {
	for _, id := range ids {
		if _, removed := slices.BinarySearch(r.replaceable, id); removed {
			r.applied.Added[kind]--
			r.applied.Changed[kind]++
			r.applied.Removed--
		}
	}
	if r.applied.Added[kind] == 0 {
		delete(r.applied.Added, kind)
	}
}

// putReviews merges the reviews of the batch with the stored ones.
func (r *run) putReviews(ctx context.Context) error {
	merged, err := mergeRecords(ctx, r, r.batch.Reviews, r.Reviews, mergeAndReport(r, kg.MergeReview))
	if err != nil {
		return err
	}
	changed, err := outcome(r, kg.KindReview, merged,
		func(old, now kg.Review) { r.curation.noteReview(old); r.curation.noteReview(now) })
	if err != nil {
		return err
	}
	r.countReplaced(kg.KindReview, idsOf(r.batch.Reviews, kg.Review.NodeID))
	return writeAny(ctx, changed, r.PutReviews)
}

// putCorrections merges the corrections of the batch with the stored ones.
func (r *run) putCorrections(ctx context.Context) error {
	merged, err := mergeRecords(ctx, r, r.batch.Corrections, r.Corrections, mergeAndReport(r, kg.MergeCorrection))
	if err != nil {
		return err
	}
	changed, err := outcome(r, kg.KindCorrection, merged, func(old, now kg.Correction) {
		if old.ID != "" {
			r.curation.noteOldCorrection(old)
		}
		r.curation.noteCorrection(now)
	})
	if err != nil {
		return err
	}
	r.countReplaced(kg.KindCorrection, idsOf(r.batch.Corrections, kg.Correction.NodeID))
	return writeAny(ctx, changed, r.PutCorrections)
}

// reviewedSources are the documents and releases of which the batch changes a review.
type reviewedSources struct{ documents, releases []kg.ID }

// reviewedSources returns the documents and releases of which the batch changes a review. It adds the subjects of such
// claims to subjects.
func (r *run) reviewedSources(ctx context.Context, subjects map[kg.ID]bool) (found reviewedSources, err error) {
	var claims []kg.ID
	for _, id := range sorted(r.curation.reviewed) {
		switch id.Kind() {
		case kg.KindDocument:
			found.documents = append(found.documents, id)
		case kg.KindRelease:
			found.releases = append(found.releases, id)
		default:
			claims = append(claims, id)
		}
	}
	if len(claims) == 0 {
		return found, nil
	}
	about, err := r.ClaimSubjects(ctx, claims)
	for _, c := range about {
		subjects[c.Subject] = true
	}
	return found, err
}
