package record

import (
	"cmp"
	"fmt"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// Origin has the values that a claim takes from its load and from the records of its source.
type Origin struct {
	// Release is the release that the load's rows belong to, or "". Claims without a release of their own are of it, with
	// or without a document.
	Release kg.ID
	// Dataset is the name of the data set of Release.
	Dataset string
	// Dates are the publication times that apply if the claim has none: the first that is not nil.
	Dates [3]*edtf.Time
	// Missing is the fault of a claim without a publication time, if its document or release is not known; nil otherwise.
	Missing *Reject
}

// Source returns the document and the release of a draft's claim.
func (o Origin) Source(d *Draft) (document, release kg.ID) {
	document, release = d.Source()
	return document, cmp.Or(release, o.Release)
}

// Claim makes the claim, without its spans: its statement, times, quote and id.
func (d *Draft) Claim(subject kg.ID, from Origin) (kg.Claim, *Reject) {
	r := &d.claim
	c := kg.Claim{
		ID: r.ID, Subject: subject, Stance: cmp.Or(r.Stance, kg.StanceAsserts), Aspect: cmp.Or(r.Aspect, kg.AspectOccurrence),
		Claimants: r.Claimants, RelayedBy: r.RelayedBy, Cites: r.Cites,
		Confidence: r.Confidence, Note: r.Note, Supersedes: r.Supersedes,
	}
	c.Document, c.Release = from.Source(d)
	var faults [4]*Reject
	c.Says, faults[0] = r.statement.toStatement(d.pointer)
	c.Extractions, faults[3] = r.extractions(d.pointer)
	c.StatedAt, faults[1] = r.StatedAt.parse(d.pointer + "/statedAt")
	asserted, broken := r.AssertedAt.parse(d.pointer + "/assertedAt")
	faults[2] = broken
	asserted = cmp.Or(asserted, from.Dates[0], from.Dates[1], from.Dates[2])
	switch {
	case asserted != nil:
		c.AssertedAt = *asserted
	case broken == nil:
		faults[2] = cmp.Or(from.Missing, &Reject{
			Pointer: d.pointer,
			Reason: "no publication time: add the claim's assertedAt, its document's publishedAt " +
				"or its release's releasedAt",
		})
	}
	if q := r.Quote; q != nil {
		c.Quote = &kg.Quote{
			Text: kg.WithoutMark(q.Text), Language: q.Language, Direct: q.Direct,
			Speaker: q.Speaker, Addressee: q.Addressee, Translations: kgNames(q.Translations),
		}
	}
	if c.ID == "" {
		c.ID = from.deriveClaimID(c, r.Spans, r.AssertedAt != "")
	}
	return c, JoinRejects(faults[:]...)
}

// extractions returns the runs of programs that made the claim, in the order in which they are stored.
func (r *claimRecord) extractions(pointer string) (all []kg.Extraction, fault *Reject) {
	for i, e := range r.Extractions {
		made := kg.Extraction{Tool: e.Tool, Model: e.Model, Prompt: e.Prompt}
		if e.At != "" {
			at, broken := parseInstant(e.At, fmt.Sprintf("%s/extractions/%d/at", pointer, i))
			if at != nil {
				made.At = *at
			}
			fault = JoinRejects(fault, broken)
		}
		all = append(all, made)
	}
	return kg.SortExtractions(all), fault
}

// deriveClaimID derives the id of a claim without one from its source, its subject and its content. Spans count as the
// record states them, so that verifying them does not change the id. The source of a row is its data set, and its date
// counts only if it is the row's own: a claim has the same id whichever release states it.
func (o Origin) deriveClaimID(c kg.Claim, spans []spanRecord, ownDate bool) kg.ID {
	source := string(c.Release)
	if o.Release != "" && c.Release == o.Release {
		c.Release, source = "", o.Dataset
		if !ownDate {
			c.AssertedAt = edtf.Time{}
		}
	}
	for _, s := range spans {
		span := kg.Span{Exact: s.Exact, Prefix: s.Prefix, Suffix: s.Suffix}
		if s.Start != nil && s.End != nil {
			span.Start, span.End = *s.Start, *s.End
		}
		c.Spans = append(c.Spans, span)
	}
	return kg.DeriveID(kg.KindClaim, string(c.Document), source, string(c.Subject), c.Digest())
}

// CheckClaim returns a Reject if the draft's claim breaks a rule of the domain.
func (d *Draft) CheckClaim(c kg.Claim) *Reject { return InvalidReject(c.Check()).In(d.pointer) }

// Undated returns the claim that a row states, whichever release it is of: without release and spans' states, and with
// the row's own date or nil. own is false if the claim has a release of its own.
func (d *Draft) Undated(subject kg.ID) (c kg.Claim, at *edtf.Time, own bool, fault *Reject) {
	if d.claim.Release != "" {
		return c, nil, false, nil
	}
	bare := *d
	bare.claim.AssertedAt = "2000"                     // any date
	bare.claim.ID = cmp.Or(bare.claim.ID, "claim:any") // so that no id is derived
	c, fault = bare.Claim(subject, Origin{})
	spans, broken := bare.Verify(noText, false, new(SuggestionBudget))
	if fault = JoinRejects(fault, broken); fault != nil {
		return c, nil, false, fault
	}
	c.ID, c.Spans = d.claim.ID, spans
	at, _ = d.claim.AssertedAt.parse("")
	return c, at, true, nil
}
