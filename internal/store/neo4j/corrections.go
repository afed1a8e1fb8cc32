package neo4j

import (
	"context"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store/apply"
	"casus/internal/store/codec"
	"casus/internal/store/neo4j/rows"
)

const (
	matchOriginals = "UNWIND $in.ids AS id MATCH (n:OriginalClaim {id: id}) USING INDEX n:OriginalClaim(id)" +
		" RETURN n._record AS record, n._recordedAt AS recordedAt"
	matchCorrections = "UNWIND $in.ids AS id MATCH (n:Correction {target: id}) USING INDEX n:Correction(target)" +
		" RETURN n._record AS record"
	matchReviews = "UNWIND $in.ids AS id MATCH (t:_ReviewTarget {id: id}) USING INDEX t:_ReviewTarget(id)" +
		" MATCH (t)<-[:NAMES]-(n:Review) RETURN DISTINCT n._record AS record"
)

// Curations returns the corrections and reviews of claims.
func (s *Store) Curations(ctx context.Context, claims []kg.ID) ([]kg.Curation, error) {
	found, err := s.query(ctx, anyDecisions, nil)
	if err != nil {
		return nil, err
	}
	if corrections, reviews, err := readAnyDecisions(found); err != nil || !corrections && !reviews {
		return make([]kg.Curation, len(claims)), err
	}
	stored, err := s.queryClaims(ctx, matchClaims, claims)
	if err != nil {
		return nil, err
	}
	originals, err := s.queryClaims(ctx, matchOriginals, claims)
	if err != nil {
		return nil, err
	}
	found, err = s.query(ctx, matchCorrections, input(row{"ids": stringsOf(claims)}))
	if err != nil {
		return nil, err
	}
	corrections, err := readRows(found, recordOf[kg.Correction])
	if err != nil {
		return nil, err
	}
	targets := kg.ReviewTargets(slices.Concat(stored, originals))
	if found, err = s.query(ctx, matchReviews, input(row{"ids": stringsOf(targets)})); err != nil {
		return nil, err
	}
	reviews, err := readRows(found, recordOf[kg.Review])
	return kg.Curations(claims, stored, originals, corrections, reviews), err
}

func (t tx) Curated(ctx context.Context) (corrections, reviews bool, err error) {
	found, err := collect(ctx, t, anyDecisions, nil)
	if err != nil {
		return false, false, err
	}
	return readAnyDecisions(found)
}

const anyDecisions = "RETURN EXISTS { (:Correction) } AS corrections, EXISTS { (:Review) } AS reviews"

func readAnyDecisions(found []*neo4j.Record) (corrections, reviews bool, err error) {
	if corrections, err = column[bool](found[0], "corrections"); err != nil {
		return false, false, err
	}
	reviews, err = column[bool](found[0], "reviews")
	return corrections, reviews, err
}

func (t tx) Reviews(ctx context.Context, ids []kg.ID) ([]kg.Review, error) {
	return storedRecords[kg.Review](ctx, t, kg.KindReview, ids)
}

func (t tx) ReviewsOf(ctx context.Context, targets []kg.ID) ([]kg.Review, error) {
	return find(ctx, t, recordOf[kg.Review], matchReviews, targets, nil)
}

func (t tx) Corrections(ctx context.Context, ids []kg.ID) ([]kg.Correction, error) {
	return storedRecords[kg.Correction](ctx, t, kg.KindCorrection, ids)
}

func (t tx) CorrectionsOf(ctx context.Context, targets []kg.ID) ([]kg.Correction, error) {
	return find(ctx, t, recordOf[kg.Correction], matchCorrections, targets, nil)
}

func (t tx) Originals(ctx context.Context, ids []kg.ID) ([]kg.Claim, error) {
	return find(ctx, t, storedClaim, matchOriginals, ids, nil)
}

func (t tx) PutReviews(ctx context.Context, records []kg.Review) error {
	if err := put(ctx, t, kg.KindReview, records, rows.Review, "NAMES", nil); err != nil {
		return err
	}
	var all []row
	for _, r := range records {
		all = append(all, pairs(r.ID, r.Targets()...)...)
	}
	return t.forEach(ctx, "MATCH (r:Review {id: row.a}) USING INDEX r:Review(id)"+
		" MERGE (t:_ReviewTarget {id: row.b}) CREATE (r)-[:NAMES]->(t)", all)
}

func (t tx) PutCorrections(ctx context.Context, records []kg.Correction) error {
	return put(ctx, t, kg.KindCorrection, records, rows.Correction, "", nil)
}

func (t tx) DeleteDecisions(ctx context.Context, ids []kg.ID) error {
	byKind := map[kg.NodeKind][]row{}
	for _, id := range ids {
		byKind[id.Kind()] = append(byKind[id.Kind()], row{"id": string(id)})
	}
	for kind, all := range byKind {
		l := label(kind)
		statement := "MATCH (n:" + l + " {id: row.id}) USING INDEX n:" + l + "(id) DETACH DELETE n"
		if err := t.forEach(ctx, statement, all); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) PutOriginals(ctx context.Context, claims []kg.Claim) error {
	var all []row
	for _, c := range claims {
		record, err := codec.Encode(c)
		if err != nil {
			return err
		}
		all = append(all, row{"id": string(c.ID), "subject": string(c.Subject), "_recordedAt": int64(c.RecordedAt),
			"_record": record})
	}
	return t.forEach(ctx, "MERGE (n:OriginalClaim {id: row.id}) SET n = row", all)
}

func (t tx) DeleteOriginals(ctx context.Context, claims []apply.ClaimSubject) error {
	var all []row
	for _, c := range claims {
		all = append(all, row{"id": string(c.Claim)})
		t.lostClaims[c.Subject] = true
	}
	return t.forEach(ctx, "MATCH (n:OriginalClaim {id: row.id}) USING INDEX n:OriginalClaim(id) DELETE n", all)
}
