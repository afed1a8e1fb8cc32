package dryrun

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store/apply"
	"casus/internal/store/codec"
)

// Curations returns the base's corrections and reviews of claims.
func (s *Store) Curations(ctx context.Context, claims []kg.ID) ([]kg.Curation, error) {
	return s.base.Curations(ctx, claims)
}

func (t *tx) Curated(context.Context) (corrections, reviews bool, err error) {
	return len(t.corrections.stored) > 0, len(t.reviews.stored) > 0, nil
}

func (t *tx) Reviews(_ context.Context, ids []kg.ID) ([]kg.Review, error) {
	return t.reviews.find(ids), nil
}

func (t *tx) Corrections(_ context.Context, ids []kg.ID) ([]kg.Correction, error) {
	return t.corrections.find(ids), nil
}

// ReviewsOf returns none: nothing is derived.
func (t *tx) ReviewsOf(context.Context, []kg.ID) ([]kg.Review, error) { return nil, nil }

func (t *tx) CorrectionsOf(_ context.Context, targets []kg.ID) ([]kg.Correction, error) {
	return slices.DeleteFunc(t.corrections.all(), func(c kg.Correction) bool {
		_, found := slices.BinarySearch(targets, c.Target().ID)
		return !found
	}), nil
}

// Originals returns the load's originals, else the base's.
func (t *tx) Originals(ctx context.Context, ids []kg.ID) ([]kg.Claim, error) {
	var all []kg.Claim
	var others []kg.ID
	for _, id := range ids {
		c, found, err := own[*kg.Claim](t, originalKey(id))
		switch {
		case err != nil:
			return nil, err
		case found && c != nil:
			all = append(all, *c)
		case !found:
			others = append(others, id)
		}
	}
	for chunk := range slices.Chunk(others, lookupSize) {
		curations, err := t.base.Curations(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for _, c := range curations {
			if c.Original != nil {
				all = append(all, *c.Original)
			}
		}
	}
	return all, nil
}

// originalKey is the key of an original among the records of the load, which differs from all ids.
func originalKey(id kg.ID) kg.ID { return "original " + id }

func (t *tx) PutReviews(_ context.Context, r []kg.Review) error {
	t.reviews.put(r)
	return nil
}

func (t *tx) PutCorrections(_ context.Context, r []kg.Correction) error {
	t.corrections.put(r)
	return nil
}

func (t *tx) DeleteDecisions(_ context.Context, ids []kg.ID) error {
	t.decisions.delete(ids)
	t.reviews.delete(ids)
	t.corrections.delete(ids)
	return nil
}

func (t *tx) PutOriginals(_ context.Context, claims []kg.Claim) error {
	for _, c := range claims {
		record, err := codec.Encode(c)
		if err != nil {
			return err
		}
		t.staged[originalKey(c.ID)] = record
		t.subjects = append(t.subjects, c.Subject)
	}
	return nil
}

func (t *tx) DeleteOriginals(_ context.Context, claims []apply.ClaimSubject) error {
	for _, c := range claims {
		t.staged[originalKey(c.Claim)] = "null"
	}
	return nil
}
