package record

import (
	"cmp"
	"fmt"
	"slices"

	"casus/internal/kg"
)

// Draft is one claim of a record, before its document and release are known.
type Draft struct {
	claim   claimRecord
	pointer string
}

// draftsOf returns a record's claims. A record without claims is one claim itself. Claims that assert or confirm the
// occurrence inherit what the record states and they do not; all inherit the record's source if they have none.
func draftsOf(claims []claimRecord, from source, all statement, pointer string) []Draft {
	if len(claims) == 0 {
		return []Draft{{claimRecord{source: from, statement: all}, pointer}}
	}
	made := make([]Draft, 0, len(claims))
	for i, c := range claims {
		c.Document, c.Release = cmp.Or(c.Document, from.Document), cmp.Or(c.Release, from.Release)
		c.AssertedAt = cmp.Or(c.AssertedAt, from.AssertedAt)
		positive := c.Stance == "" || c.Stance == kg.StanceAsserts || c.Stance == kg.StanceConfirms
		if positive && (c.Aspect == "" || c.Aspect == kg.AspectOccurrence) {
			c.statement = c.statement.withDefaults(all)
		}
		made = append(made, Draft{c, fmt.Sprintf("%s/claims/%d", pointer, i)})
	}
	return made
}

// isUnstated reports whether a record says what its claims, which are the drafts, do not state: a title, a category, a
// time, a participant or a place.
func isUnstated(record statement, drafts []Draft) bool {
	lacks := func(says func(statement) bool) bool {
		return says(record) && !slices.ContainsFunc(drafts, func(d Draft) bool { return says(d.claim.statement) })
	}
	return lacks(func(s statement) bool { return len(s.Titles) > 0 }) ||
		lacks(func(s statement) bool { return s.Category != "" }) ||
		lacks(func(s statement) bool { return s.Time != "" }) ||
		lacks(func(s statement) bool { return len(s.Participants) > 0 }) ||
		lacks(func(s statement) bool { return len(s.Locations) > 0 })
}

// withDefaults returns the statement with missing fields taken from all.
func (s statement) withDefaults(all statement) statement {
	return statement{
		Titles: orDefault(s.Titles, all.Titles), Summaries: orDefault(s.Summaries, all.Summaries),
		Category: cmp.Or(s.Category, all.Category),
		Mode:     cmp.Or(s.Mode, all.Mode), Codes: orDefault(s.Codes, all.Codes), Modality: cmp.Or(s.Modality, all.Modality),
		Time: cmp.Or(s.Time, all.Time), Nominal: nominalOf(s, all), Figures: orDefault(s.Figures, all.Figures),
		Measures:     orDefault(s.Measures, all.Measures),
		Participants: orDefault(s.Participants, all.Participants), Locations: orDefault(s.Locations, all.Locations),
		PartOf: orDefault(s.PartOf, all.PartOf), RespondsTo: orDefault(s.RespondsTo, all.RespondsTo),
		Announces: orDefault(s.Announces, all.Announces),
	}
}

// nominalOf returns the nominal day of s, or that of all if s states neither a time nor a day of its own.
func nominalOf(s, all statement) kg.Day {
	if s.Time == "" {
		return cmp.Or(s.Nominal, all.Nominal)
	}
	return s.Nominal
}

func orDefault[T any](own, all []T) []T {
	if own != nil {
		return own
	}
	return all
}

// ID returns the id that the record gives the claim, or "".
func (d *Draft) ID() kg.ID { return d.claim.ID }

// Pointer returns the JSON pointer to the claim in its record; "" if the record itself is the claim.
func (d *Draft) Pointer() string { return d.pointer }

// Source returns the document and the release that the record states as the claim's source, or "".
func (d *Draft) Source() (document, release kg.ID) { return d.claim.Document, d.claim.Release }

// check returns the faults of a draft's values by themselves, or nil.
func (d *Draft) check() *Reject {
	_, says := d.claim.statement.toStatement(d.pointer)
	_, stated := d.claim.StatedAt.parse(d.pointer + "/statedAt")
	_, asserted := d.claim.AssertedAt.parse(d.pointer + "/assertedAt")
	return JoinRejects(says, stated, asserted)
}

// Reject returns the Reject of a claim that cannot be made because of an error.
func (d *Draft) Reject(err error) *Reject { return (&Reject{Reason: err.Error()}).In(d.pointer) }
