package sqlite

import (
	"context"
	"database/sql"
	"slices"

	"casus/internal/kg"
	"casus/internal/store/apply"
	"casus/internal/store/codec"
)

var (
	reviewRows, reviewSums         = newCheckedTable("review", "id, record")
	reviewTargetRows               = newTable("review_target", "target, review")
	correctionRows, correctionSums = newCheckedTable("correction", "id, target, record")
	originalRows, originalSums     = newCheckedTable("original", "id, subject, recorded_at, record")
)

const (
	selectOriginals   = "SELECT record, recorded_at FROM original WHERE id " + inJSONList
	selectCorrections = "SELECT record FROM correction WHERE target " + inJSONList
	selectReviews     = "SELECT record FROM review WHERE id IN" +
		" (SELECT review FROM review_target WHERE target " + inJSONList + ")"
)

// Curations returns the corrections and reviews of claims.
func (s *Store) Curations(ctx context.Context, claims []kg.ID) ([]kg.Curation, error) {
	corrected, reviewed, err := curated(ctx, s.read)
	if err != nil || !corrected && !reviewed {
		return make([]kg.Curation, len(claims)), err
	}
	list := idList(claims)
	stored, err := rows(ctx, s.read, scanClaim, "SELECT record, recorded_at FROM claim WHERE id "+inJSONList, list)
	if err != nil {
		return nil, err
	}
	originals, err := rows(ctx, s.read, scanClaim, selectOriginals, list)
	if err != nil {
		return nil, err
	}
	corrections, err := rows(ctx, s.read, scanRecord[kg.Correction], selectCorrections, list)
	if err != nil {
		return nil, err
	}
	reviews, err := rows(ctx, s.read, scanRecord[kg.Review], selectReviews,
		idList(kg.ReviewTargets(slices.Concat(stored, originals))))
	if err != nil {
		return nil, err
	}
	return kg.Curations(claims, stored, originals, corrections, reviews), nil
}

// Curated reads the state before the transaction.
func (t *tx) Curated(ctx context.Context) (corrections, reviews bool, err error) {
	return curated(ctx, t.committedState())
}

// curated reports whether any corrections and any reviews are stored.
func curated(ctx context.Context, db querier) (corrections, reviews bool, err error) {
	_, err = rows(ctx, db, func(r *sql.Rows) (none struct{}, err error) {
		return none, r.Scan(&corrections, &reviews)
	}, "SELECT EXISTS (SELECT 1 FROM correction), EXISTS (SELECT 1 FROM review)")
	return corrections, reviews, err
}

func (t *tx) Reviews(ctx context.Context, ids []kg.ID) ([]kg.Review, error) {
	return decisions[kg.Review](ctx, t, "SELECT record FROM review WHERE id "+inJSONList, ids)
}

func (t *tx) ReviewsOf(ctx context.Context, targets []kg.ID) ([]kg.Review, error) {
	return decisions[kg.Review](ctx, t, selectReviews, targets)
}

func (t *tx) Corrections(ctx context.Context, ids []kg.ID) ([]kg.Correction, error) {
	return decisions[kg.Correction](ctx, t, "SELECT record FROM correction WHERE id "+inJSONList, ids)
}

func (t *tx) CorrectionsOf(ctx context.Context, targets []kg.ID) ([]kg.Correction, error) {
	return decisions[kg.Correction](ctx, t, selectCorrections, targets)
}

// decisions reads reviews or corrections, with the transaction's own.
func decisions[T any](ctx context.Context, t *tx, query string, ids []kg.ID) ([]T, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return rows(ctx, t.queue, scanRecord[T], query, idList(ids))
}

func (t *tx) Originals(ctx context.Context, ids []kg.ID) ([]kg.Claim, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return rows(ctx, t.queue, scanClaim, selectOriginals, idList(ids))
}

func (t *tx) PutReviews(ctx context.Context, records []kg.Review) error {
	if err := t.deleteReviews(ctx, idsOf(records)); err != nil {
		return err
	}
	for _, v := range records {
		record, err := codec.Encode(v)
		if err != nil {
			return err
		}
		if err := t.add(ctx, reviewRows, string(v.ID), record); err != nil {
			return err
		}
		for _, target := range v.Targets() {
			if err := t.add(ctx, reviewTargetRows, string(target), string(v.ID)); err != nil {
				return err
			}
		}
	}
	return t.flush(ctx)
}

func (t *tx) PutCorrections(ctx context.Context, records []kg.Correction) error {
	if err := t.deleteByIDs(ctx, idsOf(records), "DELETE FROM correction WHERE id "+inJSONList); err != nil {
		return err
	}
	for _, c := range records {
		record, err := codec.Encode(c)
		if err != nil {
			return err
		}
		if err := t.add(ctx, correctionRows, string(c.ID), string(c.Target().ID), record); err != nil {
			return err
		}
	}
	return t.flush(ctx)
}

func (t *tx) DeleteDecisions(ctx context.Context, ids []kg.ID) error {
	for _, id := range ids {
		if id.Kind() == kg.KindIdentity {
			t.identities[id] = nil
		}
	}
	if err := t.deleteReviews(ctx, ids); err != nil {
		return err
	}
	return t.deleteByIDs(ctx, ids, "DELETE FROM correction WHERE id "+inJSONList,
		"DELETE FROM identity_decision WHERE id "+inJSONList)
}

func (t *tx) deleteReviews(ctx context.Context, ids []kg.ID) error {
	return t.deleteByIDs(ctx, ids, "DELETE FROM review WHERE id "+inJSONList,
		"DELETE FROM review_target WHERE review "+inJSONList)
}

func (t *tx) PutOriginals(ctx context.Context, claims []kg.Claim) error {
	if err := t.DeleteOriginals(ctx, apply.SubjectsOfClaims(claims)); err != nil {
		return err
	}
	for _, c := range claims {
		record, err := codec.Encode(c)
		if err != nil {
			return err
		}
		t.writtenIDs = append(t.writtenIDs, c.ID, c.Subject)
		if err := t.add(ctx, originalRows, string(c.ID), string(c.Subject), int64(c.RecordedAt), record); err != nil {
			return err
		}
	}
	return t.flush(ctx)
}

func (t *tx) DeleteOriginals(ctx context.Context, claims []apply.ClaimSubject) error {
	ids := make([]kg.ID, len(claims))
	for i, c := range claims {
		ids[i] = c.Claim
	}
	return t.deleteByIDs(ctx, ids, "DELETE FROM original WHERE id "+inJSONList)
}

func idsOf[T kg.Identified](records []T) []kg.ID {
	ids := make([]kg.ID, len(records))
	for i, r := range records {
		ids[i] = r.NodeID()
	}
	return ids
}
