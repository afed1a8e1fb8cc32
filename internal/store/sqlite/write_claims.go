package sqlite

import (
	"context"
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/apply"
)

var (
	claimRows = into("claim", `id, subject, document, release, stance, aspect, speaker, known_from, known_to,
		asserted_earliest, asserted_latest, has_quote, direct_quote, has_figures, recorded_at, withdrawn_by, record`)
	claimantRows = intoSet("claimant", "actor, claim")
	apartRows    = into("claim_apart", "claim, known_to, withdrawn_by")
)

// claimRow is a new claim with what will become of it.
type claimRow struct {
	claim       kg.Claim
	record      string
	knownTo     edtf.Instant
	withdrawnBy []kg.ID
	written     bool
}

// keepClaim remembers a claim as it will be read, and gives its record.
func (t *tx) keepClaim(c kg.Claim) (string, error) {
	record, err := encode(c)
	if err != nil {
		return "", err
	}
	if err := t.claims.put(c, record); err != nil {
		return "", err
	}
	t.claims[c.ID].RecordedAt = c.RecordedAt // which is no part of the record
	return record, nil
}

func (t *tx) InsertClaims(_ context.Context, claims []kg.Claim) error {
	for _, c := range claims {
		record, err := t.keepClaim(c)
		if err != nil {
			return err
		}
		row := &claimRow{claim: *t.claims[c.ID], record: record, knownTo: edtf.EndOfTime}
		t.fresh = append(t.fresh, c.ID, c.Subject)
		t.inserted[c.ID] = row
		t.about[c.Subject] = append(t.about[c.Subject], row)
		t.unwritten = append(t.unwritten, row)
	}
	return nil
}

// PutSpans rewrites records; no column holds anything of a span.
func (t *tx) PutSpans(ctx context.Context, claims []kg.Claim) error {
	for _, c := range claims {
		record, err := t.keepClaim(c)
		if err != nil {
			return err
		}
		if err := t.exec(ctx, "UPDATE claim SET record = ? WHERE id = ?", record, string(c.ID)); err != nil {
			return err
		}
	}
	return nil
}

// setLife says what became of a claim.
func (t *tx) setLife(ctx context.Context, l kg.ClaimLifetime) error {
	if row := t.inserted[l.Claim]; row != nil && !row.written {
		row.knownTo, row.withdrawnBy = l.KnownTo, l.WithdrawnBy
		return nil
	}
	return t.exec(ctx, "UPDATE claim SET known_to = ?1, withdrawn_by = ?2 WHERE id = ?3 AND (known_to <> ?1 OR withdrawn_by <> ?2)",
		int64(l.KnownTo), idList(l.WithdrawnBy), string(l.Claim))
}

// putLivesApart says what became of claims where nodes are read apart, if that is another thing.
func (t *tx) putLivesApart(ctx context.Context, accounts []apply.DerivedState) error {
	if !t.layered {
		return nil
	}
	var ids []kg.ID
	var others []apply.ClaimLifetimes
	for _, a := range accounts {
		for _, l := range a.Lifetimes {
			if ids = append(ids, l.Exact.Claim); !l.Equal() {
				others = append(others, l)
			}
		}
	}
	if err := t.deleteOf(ctx, ids, "DELETE FROM claim_apart WHERE claim "+in); err != nil {
		return err
	}
	for _, l := range others {
		if err := t.add(ctx, apartRows, string(l.Exact.Claim), int64(l.Exact.KnownTo), idList(l.Exact.WithdrawnBy)); err != nil {
			return err
		}
	}
	return nil
}

// writeClaims inserts the new claims, in the order of their ids, which is their table's.
func (t *tx) writeClaims(ctx context.Context) error {
	slices.SortFunc(t.unwritten, func(a, b *claimRow) int { return strings.Compare(string(a.claim.ID), string(b.claim.ID)) })
	for _, row := range t.unwritten {
		c := row.claim
		row.written = true
		var speaker kg.ID
		if c.Quote != nil {
			speaker = c.Quote.Speaker
		}
		if err := t.add(ctx, claimRows, string(c.ID), string(c.Subject), string(c.Document), string(c.Release), string(c.Stance), string(c.Aspect),
			string(speaker), int64(c.KnownFrom()), int64(row.knownTo), int64(c.AssertedAt.Earliest), int64(c.AssertedAt.Latest), c.Quote != nil,
			c.Quote != nil && c.Quote.Direct, len(c.Says.Figures) > 0, int64(c.RecordedAt), idList(row.withdrawnBy), row.record); err != nil {
			return err
		}
		for _, a := range c.Claimants {
			if err := t.add(ctx, claimantRows, string(a), string(c.ID)); err != nil {
				return err
			}
		}
		if err := t.addSearch(ctx, c, kg.Interval{KnownFrom: c.KnownFrom(), KnownTo: edtf.EndOfTime}, apply.Both); err != nil {
			return err
		}
	}
	t.unwritten = nil
	return t.flush(ctx)
}
