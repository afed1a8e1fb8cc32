package neo4j

import (
	"context"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/apply"
	"casus/internal/store/codec"
	"casus/internal/store/neo4j/rows"
)

// InsertClaims defers the claims to the end of the batch, where they are written with their lifetimes.
func (t tx) InsertClaims(_ context.Context, claims []kg.Claim) error {
	for _, c := range claims {
		stands := kg.ClaimLifetime{Claim: c.ID, KnownTo: edtf.EndOfTime}
		t.inserted[c.ID] = &apply.ClaimLifetimes{Resolved: stands, Exact: stands}
		t.claimsBySubject[c.Subject] = append(t.claimsBySubject[c.Subject], c)
		t.batch.links("ABOUT", c.ID, c.Subject)
		t.batch.links("IN", c.ID, c.Document)
		t.batch.links("OF_RELEASE", c.ID, c.Release)
		t.batch.links("ACCORDING_TO", c.ID, c.Claimants...)
		t.batch.links("CITES", c.ID, c.Cites...)
	}
	return nil
}

// DeleteClaims deletes the nodes at once, so that claims with the same ids can be created at the end of the batch.
func (t tx) DeleteClaims(ctx context.Context, claims []apply.ClaimSubject) error {
	var all []row
	for _, c := range claims {
		all = append(all, row{"id": string(c.Claim)})
		t.lostClaims[c.Subject] = true
	}
	return t.forEach(ctx, "MATCH (c:Claim {id: row.id}) USING INDEX c:Claim(id) DETACH DELETE c", all)
}

func (t tx) MoveClaims(ctx context.Context, moves []apply.Move) error {
	var all []row
	for _, m := range moves {
		before, err := codec.Encode(m.Before())
		if err != nil {
			return err
		}
		record, err := codec.Encode(m.Claim)
		if err != nil {
			return err
		}
		all = append(all, row{"id": string(m.ID), "release": string(m.Release), "recordedAt": int64(m.RecordedAt),
			"before": before, "record": record})
	}
	found, err := collect(ctx, t, keepPlan("UNWIND $in.rows AS row MATCH (c:Claim {id: row.id}) USING INDEX c:Claim(id)"+
		" WHERE c._record IN [row.before, row.record] MATCH (c)-[old:OF_RELEASE]->(:Release)"+
		" MATCH (new:Release {id: row.release}) USING INDEX new:Release(id)"+
		" DELETE old CREATE (c)-[:OF_RELEASE]->(new)"+
		" SET c.release = row.release, c._recordedAt = row.recordedAt, c._record = row.record"+
		" RETURN count(c) AS moved"), input(row{"rows": all}))
	if err != nil {
		return err
	}
	moved, err := column[int64](found[0], "moved")
	if err == nil && moved < int64(len(all)) {
		err = apply.MoveConflict()
	}
	return err
}

// PutSpans rewrites records, since spans are in no property, and whether there are extractions.
func (t tx) PutSpans(ctx context.Context, claims []kg.Claim) error {
	var all []row
	for _, c := range claims {
		record, err := codec.Encode(c)
		if err != nil {
			return err
		}
		all = append(all, row{"id": string(c.ID), "record": record, "extracted": len(c.Extractions) > 0})
	}
	return t.forEach(ctx, "MATCH (c:Claim {id: row.id}) USING INDEX c:Claim(id) SET c._record = row.record,"+
		" c._extracted = CASE WHEN row.extracted THEN 1 END", all)
}

// writeBatch writes the deferred nodes, edges and the change log at the end of a batch.
func (t tx) writeBatch(ctx context.Context) error {
	for _, claims := range t.claimsBySubject {
		for _, c := range claims {
			record, err := codec.Encode(c)
			if err != nil {
				return err
			}
			lifetimes := *t.inserted[c.ID]
			t.batch.node(label(kg.KindClaim), string(c.ID), func(to rows.Columns) {
				rows.Claim(to, c, lifetimes.Resolved, record)
				rows.Lifetime(to, lifetimes)
			})
		}
	}
	if err := t.batch.write(ctx, t); err != nil || t.batch.changeSet == nil {
		return err
	}
	return t.logRevision(ctx, *t.batch.changeSet)
}
