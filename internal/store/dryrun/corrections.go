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
