package neo4j

import (
	"context"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/apply"
	"casus/internal/store/neo4j/rows"
)

// InsertClaims leaves the claims to the growth, which writes them with what became of them.
func (t tx) InsertClaims(_ context.Context, claims []kg.Claim) error {
	for _, c := range claims {
		stands := kg.ClaimLifetime{Claim: c.ID, KnownTo: edtf.EndOfTime}
		t.inserted[c.ID] = &apply.ClaimLifetimes{Resolved: stands, Exact: stands}
		t.about[c.Subject] = append(t.about[c.Subject], c)
		t.growth.links("ABOUT", c.ID, c.Subject)
		t.growth.links("IN", c.ID, c.Document)
		t.growth.links("OF_RELEASE", c.ID, c.Release)
		t.growth.links("ACCORDING_TO", c.ID, c.Claimants...)
		t.growth.links("CITES", c.ID, c.Cites...)
	}
	return nil
}

// PutSpans rewrites records; no property holds anything of a span.
func (t tx) PutSpans(ctx context.Context, claims []kg.Claim) error {
	var all []row
	for _, c := range claims {
		record, err := rows.Encode(c)
		if err != nil {
			return err
		}
		all = append(all, row{"id": string(c.ID), "record": record})
	}
	return t.each(ctx, "MATCH (c:Claim {id: row.id}) USING INDEX c:Claim(id) SET c.record = row.record", all)
}

// grow writes what is left to be written at the end of a batch.
func (t tx) grow(ctx context.Context) error {
	for _, claims := range t.about {
		for _, c := range claims {
			record, err := rows.Encode(c)
			if err != nil {
				return err
			}
			life := *t.inserted[c.ID]
			t.growth.node(label(kg.KindClaim), string(c.ID), func(to rows.Columns) {
				rows.Claim(to, c, life.Resolved, record)
				rows.Life(to, life)
			})
		}
	}
	if err := t.growth.write(ctx, t); err != nil || t.growth.revised == nil {
		return err
	}
	return t.logRevision(ctx, *t.growth.revised)
}
