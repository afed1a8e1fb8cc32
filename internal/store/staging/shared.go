package staging

import (
	"context"
	"iter"
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// Shared holds the records of the kinds that are few and that any batch may need: releases, identity decisions, reviews
// and corrections. It implements the methods of apply.Tx for them.
type Shared struct {
	releases    Records[kg.Release]
	identities  Records[kg.IdentityDecision]
	reviews     Records[kg.Review]
	corrections Records[kg.Correction]
}

// NewShared returns a Shared without records.
func NewShared() *Shared {
	return &Shared{
		NewRecords[kg.Release](), NewRecords[kg.IdentityDecision](), NewRecords[kg.Review](), NewRecords[kg.Correction](),
	}
}

// SharedKinds returns the kinds of the records of a Shared.
func SharedKinds() []kg.NodeKind {
	return []kg.NodeKind{kg.KindRelease, kg.KindIdentity, kg.KindReview, kg.KindCorrection}
}

// Add stores the records of a batch, as earlier batches would have done.
func (s *Shared) Add(b kg.Batch) {
	s.releases.Add(b.Releases)
	s.identities.Add(b.Identities)
	s.reviews.Add(b.Reviews)
	s.corrections.Add(b.Corrections)
}

// Stored returns the records without the changes of the current batch, ordered by id.
func (s *Shared) Stored() kg.Batch {
	return kg.Batch{
		Releases: byID(s.releases), Identities: byID(s.identities),
		Reviews: byID(s.reviews), Corrections: byID(s.corrections),
	}
}

func byID[T kg.Identified](r Records[T]) []T {
	all := make([]T, 0, len(r.stored))
	for _, id := range slices.Sorted(maps.Keys(r.stored)) {
		all = append(all, r.stored[id])
	}
	return all
}

// StoredReleases returns the releases without the changes of the current batch. The caller must not change the map.
func (s *Shared) StoredReleases() map[kg.ID]kg.Release { return s.releases.stored }

// AllReleases iterates over all releases in any order.
func (s *Shared) AllReleases() iter.Seq[kg.Release] { return s.releases.All() }

// ScanReleases lists releases as store.Scanner does.
func (s *Shared) ScanReleases(after kg.ID, limit int) (p store.ScanPage) {
	for _, r := range byID(s.releases) {
		if r.ID > after && len(p.Releases) < limit {
			p.Releases = append(p.Releases, r)
		}
	}
	return p
}

// Commit stores the changes of the current batch.
func (s *Shared) Commit() {
	s.releases.Commit()
	s.identities.Commit()
	s.reviews.Commit()
	s.corrections.Commit()
}

// Discard drops the changes of the current batch.
func (s *Shared) Discard() {
	s.releases.Discard()
	s.identities.Discard()
	s.reviews.Discard()
	s.corrections.Discard()
}

// Releases returns stored releases by their ids.
func (s *Shared) Releases(_ context.Context, ids []kg.ID) ([]kg.Release, error) {
	return s.releases.Find(ids), nil
}

// Identities returns stored identity decisions by their ids.
func (s *Shared) Identities(_ context.Context, ids []kg.ID) ([]kg.IdentityDecision, error) {
	return s.identities.Find(ids), nil
}

// AllIdentities returns all stored identity decisions.
func (s *Shared) AllIdentities(context.Context) ([]kg.IdentityDecision, error) {
	return slices.Collect(s.identities.All()), nil
}

// Reviews returns stored reviews by their ids.
func (s *Shared) Reviews(_ context.Context, ids []kg.ID) ([]kg.Review, error) {
	return s.reviews.Find(ids), nil
}

// Corrections returns stored corrections by their ids.
func (s *Shared) Corrections(_ context.Context, ids []kg.ID) ([]kg.Correction, error) {
	return s.corrections.Find(ids), nil
}

// Curated reports whether there are corrections, and reviews.
func (s *Shared) Curated(context.Context) (corrections, reviews bool, err error) {
	return len(s.corrections.stored) > 0, len(s.reviews.stored) > 0, nil
}

// DatasetReleases returns the stored releases of data sets.
func (s *Shared) DatasetReleases(_ context.Context, datasets []string) ([]kg.Release, error) {
	var found []kg.Release
	for r := range s.releases.All() {
		if slices.Contains(datasets, r.Name) {
			found = append(found, r)
		}
	}
	return found, nil
}

// CorrectionsOf returns the stored corrections of claims and nodes.
func (s *Shared) CorrectionsOf(_ context.Context, targets []kg.ID) ([]kg.Correction, error) {
	var found []kg.Correction
	for c := range s.corrections.All() {
		if _, wanted := slices.BinarySearch(targets, c.Target().ID); wanted {
			found = append(found, c)
		}
	}
	return found, nil
}

// PutReleases stores releases.
func (s *Shared) PutReleases(_ context.Context, records []kg.Release) error {
	s.releases.Put(records)
	return nil
}

// PutIdentities stores identity decisions.
func (s *Shared) PutIdentities(_ context.Context, records []kg.IdentityDecision) error {
	s.identities.Put(records)
	return nil
}

// PutReviews stores reviews.
func (s *Shared) PutReviews(_ context.Context, records []kg.Review) error {
	s.reviews.Put(records)
	return nil
}

// PutCorrections stores corrections.
func (s *Shared) PutCorrections(_ context.Context, records []kg.Correction) error {
	s.corrections.Put(records)
	return nil
}

// DeleteDecisions deletes identity decisions, reviews and corrections.
func (s *Shared) DeleteDecisions(_ context.Context, ids []kg.ID) error {
	s.identities.Delete(ids)
	s.reviews.Delete(ids)
	s.corrections.Delete(ids)
	return nil
}
