package extract

import (
	"slices"
	"strings"

	"casus/internal/extract/check"
	"casus/internal/extract/proposal"
	"casus/internal/extract/wording"
	"casus/internal/kg"
)

// addOccurrence makes sure that a claim states what the record of an event says: only claims that assert or confirm the
// OCCURRENCE take the record's fields. Without such a claim, one that asserts something else about the event implies
// the OCCURRENCE. Of an event with denials alone, one of these says what it denies.
func (d *draft) addOccurrence(e *event) {
	if slices.ContainsFunc(e.claims, func(c *claim) bool { return c.record.StatesOccurrence() }) {
		return
	}
	if i := slices.IndexFunc(e.claims, func(c *claim) bool { return c.record.IsPositive() }); i >= 0 {
		c := impliedClaim(e.claims[i])
		d.countSpans(c)
		e.claims = append([]*claim{c}, e.claims...)
		return
	}
	e.flags = append(e.flags, check.NewFlag(check.DenialsAlone, nil))
	if c := describingDenial(e.claims); c != nil {
		c.record.Describe(e.record)
	}
}

// flagUnstated flags fields of an event's record that none of its claims states.
func (e *event) flagUnstated() {
	if fields := e.record.Unstated(); len(fields) > 0 {
		e.flags = append(e.flags, check.NewFlag(check.ContentUnstated, wording.Values{
			"fields": strings.Join(fields, ", "),
		}))
	}
}

// impliedClaim returns the claim of the OCCURRENCE that a claim of another aspect implies, by the same claimants in the
// same words.
func impliedClaim(c *claim) *claim {
	implied := &claim{sentences: c.sentences, manner: c.manner, label: c.label, record: proposal.Claim{
		Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence, Claimants: c.record.Claimants, StatedAt: c.record.StatedAt,
		Quote: c.record.Quote, Confidence: c.record.Confidence, Spans: c.record.Spans, Extractions: c.record.Extractions,
	}}
	implied.flags = []check.Flag{check.NewFlag(check.OccurrenceImplied, nil)}
	return implied
}

// describingDenial returns the denial that may state a whole event: the first one of the OCCURRENCE, else of another
// aspect; nil if there is none. A title in a denial of the CHARACTERIZATION is the words that it denies.
func describingDenial(claims []*claim) *claim {
	for _, matches := range []func(*claim) bool{
		func(c *claim) bool { return c.record.Aspect == kg.AspectOccurrence },
		func(c *claim) bool { return c.record.Aspect != kg.AspectCharacterization },
	} {
		if i := slices.IndexFunc(claims, matches); i >= 0 {
			return claims[i]
		}
	}
	return nil
}
