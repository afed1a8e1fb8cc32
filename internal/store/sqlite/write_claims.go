package sqlite

import (
	"context"
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/apply"
	"casus/internal/store/codec"
	"casus/internal/store/sqlite/checksum"
)

var (
	claimRows, claimSums = newCheckedTable("claim", `id, subject, document, release, stance, aspect, speaker,
		known_from, known_to, asserted_earliest, asserted_latest, has_quote, direct_quote, has_figures, recorded_at,
		withdrawn_by, record`,
		checksum.Column{Name: "checksum", Of: checksum.Split(`id, subject, document, release, stance, aspect, speaker,
			known_from, asserted_earliest, asserted_latest, has_quote, direct_quote, has_figures, recorded_at, record`)},
		checksum.Column{Name: "lifetime_checksum", Of: []string{"id", "known_to", "withdrawn_by"}})
	claimantRows                         = newSetTable("claimant", "actor, claim")
	citationRows                         = newSetTable("citation", "document, claim")
	exactLifetimeRows, exactLifetimeSums = newCheckedTable("claim_apart", "claim, known_to, withdrawn_by")
)

// claimRow is a new claim and its lifetime.
type claimRow struct {
	claim       kg.Claim
	record      string
	knownTo     edtf.Instant
	withdrawnBy []kg.ID
	written     bool
}

// cacheClaim caches a claim as it will be read, and returns its record.
func (t *tx) cacheClaim(c kg.Claim) (string, error) {
	record, err := codec.Encode(c)
	if err != nil {
		return "", err
	}
	if err := t.claims.put(c, record); err != nil {
		return "", err
	}
	t.claims[c.ID].RecordedAt = c.RecordedAt // not a part of the record
	return record, nil
}

func (t *tx) InsertClaims(_ context.Context, claims []kg.Claim) error {
	for _, c := range claims {
		record, err := t.cacheClaim(c)
		if err != nil {
			return err
		}
		row := &claimRow{claim: *t.claims[c.ID], record: record, knownTo: edtf.EndOfTime}
		t.writtenIDs = append(t.writtenIDs, c.ID, c.Subject)
		t.inserted[c.ID] = row
		t.newBySubject[c.Subject] = append(t.newBySubject[c.Subject], row)
		t.unwritten = append(t.unwritten, row)
	}
	return nil
}

// DeleteClaims deletes rows at once. It also evicts the claims from the caches, because the committed state still has
// them.
func (t *tx) DeleteClaims(ctx context.Context, claims []apply.ClaimSubject) error {
	ids := make([]kg.ID, 0, len(claims))
	for _, c := range claims {
		ids = append(ids, c.Claim)
		t.claims[c.Claim] = nil
		t.deleted[c.Claim], t.lostClaims[c.Subject] = true, true
		t.writtenIDs = append(t.writtenIDs, c.Claim)
	}
	if err := t.deleteByIndexes(ctx, []string{"claimant_claim", "citation_claim"}, ids,
		"DELETE FROM claimant WHERE claim "+inJSONList, "DELETE FROM citation WHERE claim "+inJSONList,
		"DELETE FROM claim_apart WHERE claim "+inJSONList, "DELETE FROM claim WHERE id "+inJSONList); err != nil {
		return err
	}
	return t.dropSearch(ctx, t.committedState(), ids) // few claims have entries
}

func (t *tx) MoveClaims(ctx context.Context, moves []apply.Move) error {
	for _, m := range moves {
		before, err := codec.Encode(m.Before())
		if err != nil {
			return err
		}
		record, err := t.cacheClaim(m.Claim)
		if err != nil {
			return err
		}
		t.writtenIDs = append(t.writtenIDs, m.ID)
		if err := t.execOne(ctx, apply.MoveConflict(), moveClaim, record, string(m.ID), string(m.Release),
			int64(m.RecordedAt), before); err != nil {
			return err
		}
	}
	return nil
}

// moveClaim updates a claim's release, RecordedAt and record.
var moveClaim = "UPDATE claim SET record = ?1, release = ?3, recorded_at = ?4, checksum = " +
	strings.NewReplacer("record)", "?1)", "release,", "?3,", "recorded_at,", "?4,").
		Replace(claimSums.Sums[0].Expression()) + " WHERE id = ?2 AND record IN (?5, ?1)"

// PutSpans rewrites records only: spans and extractions are in no column.
func (t *tx) PutSpans(ctx context.Context, claims []kg.Claim) error {
	for _, c := range claims {
		record, err := t.cacheClaim(c)
		if err != nil {
			return err
		}
		if err := t.exec(ctx, "UPDATE claim SET record = ?1, checksum = "+
			strings.Replace(claimSums.Sums[0].Expression(), "record)", "?1)", 1)+" WHERE id = ?2", record,
			string(c.ID)); err != nil {
			return err
		}
	}
	return nil
}

// setLifetime records the lifetime of a claim.
func (t *tx) setLifetime(ctx context.Context, l kg.ClaimLifetime) error {
	if row := t.inserted[l.Claim]; row != nil && !row.written {
		row.knownTo, row.withdrawnBy = l.KnownTo, l.WithdrawnBy
		return nil
	}
	by := idList(l.WithdrawnBy)
	return t.exec(ctx, "UPDATE claim SET known_to = ?1, withdrawn_by = ?2, lifetime_checksum = ?4 "+
		"WHERE id = ?3 AND (known_to <> ?1 OR withdrawn_by <> ?2)",
		int64(l.KnownTo), by, string(l.Claim), checksum.Of(string(l.Claim), int64(l.KnownTo), by))
}

// putExactLifetimes stores the lifetimes of claims in the EXACT view where they differ from the RESOLVED view.
func (t *tx) putExactLifetimes(ctx context.Context, states []apply.DerivedState) error {
	if !t.hasMerged {
		return nil
	}
	var ids []kg.ID
	var others []apply.ClaimLifetimes
	for _, a := range states {
		for _, l := range a.Lifetimes {
			if ids = append(ids, l.Exact.Claim); !l.Equal() {
				others = append(others, l)
			}
		}
	}
	if err := t.deleteByIDs(ctx, ids, "DELETE FROM claim_apart WHERE claim "+inJSONList); err != nil {
		return err
	}
	for _, l := range others {
		if err := t.add(ctx, exactLifetimeRows, string(l.Exact.Claim), int64(l.Exact.KnownTo),
			idList(l.Exact.WithdrawnBy)); err != nil {
			return err
		}
	}
	return nil
}

// writeClaims inserts the new claims by id, which is the order of their table.
func (t *tx) writeClaims(ctx context.Context) error {
	slices.SortFunc(t.unwritten,
		func(a, b *claimRow) int { return strings.Compare(string(a.claim.ID), string(b.claim.ID)) })
	for _, row := range t.unwritten {
		c := row.claim
		row.written = true
		var speaker kg.ID
		if c.Quote != nil {
			speaker = c.Quote.Speaker
		}
		if err := t.add(ctx, claimRows, string(c.ID), string(c.Subject), string(c.Document), string(c.Release),
			string(c.Stance), string(c.Aspect),
			string(speaker), int64(c.KnownFrom()), int64(row.knownTo), int64(c.AssertedAt.Earliest), int64(c.AssertedAt.Latest),
			c.Quote != nil,
			c.Quote != nil && c.Quote.Direct, len(c.Says.Figures) > 0, int64(c.RecordedAt), idList(row.withdrawnBy),
			row.record); err != nil {
			return err
		}
		for _, a := range c.Claimants {
			if err := t.add(ctx, claimantRows, string(a), string(c.ID)); err != nil {
				return err
			}
		}
		for _, d := range c.SourceDocuments() {
			if d == c.Document {
				continue
			}
			if err := t.add(ctx, citationRows, string(d), string(c.ID)); err != nil {
				return err
			}
		}
		if err := t.addSearch(ctx, c, kg.Interval{KnownFrom: c.KnownFrom(), KnownTo: edtf.EndOfTime},
			apply.Both); err != nil {
			return err
		}
	}
	t.unwritten = nil
	return t.flush(ctx)
}
