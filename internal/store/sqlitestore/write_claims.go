package sqlitestore

import (
	"context"

	"casus/internal/kg"
)

func (t *tx) InsertClaims(ctx context.Context, claims []kg.Claim) error {
	for _, c := range claims {
		t.inserted[c.ID] = true
		record, err := encode(c)
		if err != nil {
			return err
		}
		var speaker kg.ID
		if c.Quote != nil {
			speaker = c.Quote.Speaker
		}
		if err := t.exec(ctx, `INSERT INTO claim (id, subject, document, release, stance, aspect, speaker, known_from, known_to,
			asserted_earliest, asserted_latest, has_quote, direct_quote, has_figures, recorded_at, withdrawn_by, record)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			c.ID, c.Subject, c.Document, c.Release, c.Stance, c.Aspect, speaker, int64(c.KnownFrom()), int64(kg.EndOfTime),
			int64(c.AssertedAt.Earliest), int64(c.AssertedAt.Latest), c.Quote != nil, c.Quote != nil && c.Quote.Direct,
			len(c.Says.Figures) > 0, int64(c.RecordedAt), "[]", record); err != nil {
			return err
		}
		for _, a := range c.Claimants {
			if err := t.exec(ctx, "INSERT OR IGNORE INTO claimant (actor, claim) VALUES (?, ?)", a, c.ID); err != nil {
				return err
			}
		}
		if err := t.addSearch(ctx, c, c.KnownFrom(), kg.EndOfTime); err != nil {
			return err
		}
	}
	return nil
}
