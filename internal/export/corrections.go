package export

import (
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

type reviewRecord struct {
	Type string `json:"type"`
	kg.Review
	At string `json:"at"`
}

// correctionRecord has the new content of a claim as the content of a claim record.
type correctionRecord struct {
	Type string `json:"type"`
	kg.Correction
	Content absentField `json:"content,omitempty"`
	Value   any         `json:"value"`
	At      string      `json:"at"`
}

// correctedContent is a claim record without the fields that are not corrected.
type correctedContent struct {
	claimRecord
	ID         absentField `json:"id,omitempty"`
	AssertedAt absentField `json:"assertedAt,omitempty"`
}

func newCorrectionRecord(c kg.Correction) correctionRecord {
	r := correctionRecord{Type: string(kg.KindCorrection), Correction: c, At: c.At.String()}
	switch {
	case c.Value != "":
		r.Value = rawJSON(c.Value)
	case c.Content != nil:
		claim, _ := c.Apply(kg.Claim{})
		record := standaloneClaim(claim)
		record.Type = ""
		r.Value = correctedContent{claimRecord: record}
	}
	return r
}

// rawJSON is a text that is JSON.
type rawJSON string

// MarshalJSON returns the text.
func (r rawJSON) MarshalJSON() ([]byte, error) { return []byte(r), nil }

func newReviewRecord(v kg.Review) reviewRecord {
	return reviewRecord{string(kg.KindReview), v, v.At.String()}
}

// readOriginals notes which claims are corrected or forgotten, and which subjects such claims were loaded about.
func (x *exporter) readOriginals() error {
	x.corrected = map[kg.ID]bool{}
	for page, err := range store.Walk(x.ctx, x.src, store.KindOriginal, scanSize) {
		if err != nil {
			return err
		}
		for _, c := range page.Originals {
			x.corrected[c.ID], x.corrected[c.Subject] = true, true
		}
	}
	return nil
}

// writeCorrectedEvents writes the events about which corrected or forgotten claims were loaded.
func (x *exporter) writeCorrectedEvents() error {
	var events []kg.ID
	for id := range x.corrected {
		if id.Kind() == kg.KindEvent {
			events = append(events, id)
		}
	}
	slices.Sort(events)
	for _, id := range events {
		if err := x.writeCorrectedSubject(id, nil); err != nil {
			return err
		}
	}
	return nil
}

// writeCorrectedSubject writes an event, or the affiliation a, with the claims that were loaded about it.
func (x *exporter) writeCorrectedSubject(id kg.ID, a *kg.Affiliation) error {
	claims, err := x.src.ClaimsAbout(x.ctx, []kg.ID{id})
	if err != nil {
		return err
	}
	slices.SortFunc(claims, kg.CompareClaims)
	return x.writeSubject(id, a, claims)
}
