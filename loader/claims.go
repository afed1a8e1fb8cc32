package loader

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/loader/fault"
	"casus/loader/validate"
)

// claimDraft is one claim of a record, before its document and release are known.
type claimDraft struct {
	record  claimRecord
	pointer string
}

// claimsOf returns a record's claims. A record without claims is one claim itself. Claims that assert or confirm the
// occurrence inherit what the record states and they do not; all inherit the record's source if they have none.
func claimsOf(claims []claimRecord, from source, all statement, pointer string) []claimDraft {
	if len(claims) == 0 {
		return []claimDraft{{claimRecord{source: from, statement: all}, pointer}}
	}
	made := make([]claimDraft, 0, len(claims))
	for i, c := range claims {
		c.Document, c.Release = cmp.Or(c.Document, from.Document), cmp.Or(c.Release, from.Release)
		c.AssertedAt = cmp.Or(c.AssertedAt, from.AssertedAt)
		positive := c.Stance == "" || c.Stance == kg.StanceAsserts || c.Stance == kg.StanceConfirms
		if positive && (c.Aspect == "" || c.Aspect == kg.AspectOccurrence) {
			c.statement = c.statement.withDefaults(all)
		}
		made = append(made, claimDraft{c, fmt.Sprintf("%s/claims/%d", pointer, i)})
	}
	return made
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

// makeClaims makes the claims of every record. A claim that cannot be made rejects its record.
func (l *chunkLoad) makeClaims(context.Context) error {
	for _, rec := range l.liveRecords() {
		if !l.last && l.lacksSource(rec) {
			l.deferRecord(rec)
			continue
		}
		rec.batch.Claims = slices.Grow(rec.batch.Claims, len(rec.drafts))
		var faults *Reject
		for i := range rec.drafts {
			draft := &rec.drafts[i]
			c, found := l.makeClaim(rec.id, draft)
			if found == nil {
				found = invalidReject(c.Check()).In(draft.pointer)
			}
			faults = fault.Join(faults, found)
			rec.batch.Claims = append(rec.batch.Claims, c)
		}
		if faults == nil {
			continue
		}
		if better := rec.schemaFault(); better != nil {
			faults = fault.Join(better, faults.Beside(better))
		}
		if err := l.reject(rec, *faults); err != nil {
			return err
		}
	}
	return nil
}

// lacksSource reports whether a claim's document or release is not known yet. It may have the claim's publication time.
func (l *chunkLoad) lacksSource(rec *record) bool {
	for i := range rec.drafts {
		source := rec.drafts[i].record.source
		_, document := l.context.documents[source.Document]
		_, release := l.context.releases[source.Release]
		if source.Document != "" && !document || source.Release != "" && !release {
			return true
		}
	}
	return false
}

// schemaFault validates a record that was decoded without the schema.
func (rec *record) schemaFault() *Reject {
	if !rec.fromMapping {
		return nil
	}
	return validate.Record(rec.typ, rec.jsonText())
}

// makeClaim makes one claim: its statement, times, quote, id and spans.
func (l *chunkLoad) makeClaim(subject kg.ID, draft *claimDraft) (kg.Claim, *Reject) {
	r := &draft.record
	c := kg.Claim{
		ID: r.ID, Subject: subject, Stance: cmp.Or(r.Stance, kg.StanceAsserts), Aspect: cmp.Or(r.Aspect, kg.AspectOccurrence),
		Claimants: r.Claimants, RelayedBy: r.RelayedBy, Document: r.Document, Cites: r.Cites, Release: r.Release,
		Confidence: r.Confidence, Note: r.Note, Supersedes: r.Supersedes,
	}
	if c.Release == "" && c.Document == "" {
		c.Release = l.release
	}
	var faults [3]*Reject
	c.Says, faults[0] = r.statement.toStatement(draft.pointer)
	c.StatedAt, faults[1] = r.StatedAt.parse(draft.pointer + "/statedAt")
	asserted, broken := r.AssertedAt.parse(draft.pointer + "/assertedAt")
	faults[2] = broken
	published, released := l.context.documents[c.Document].PublishedAt, l.context.releases[c.Release].ReleasedAt
	asserted = cmp.Or(asserted, published, released, l.options.Published)
	switch {
	case asserted != nil:
		c.AssertedAt = *asserted
	case broken == nil:
		faults[2] = &Reject{
			Pointer: draft.pointer,
			Reason: "no publication time: add the claim's assertedAt, its document's publishedAt " +
				"or its release's releasedAt",
		}
	}
	if q := r.Quote; q != nil {
		c.Quote = &kg.Quote{
			Text: kg.WithoutMark(q.Text), Language: q.Language, Direct: q.Direct,
			Speaker: q.Speaker, Addressee: q.Addressee, Translations: kgNames(q.Translations),
		}
	}
	if c.ID == "" {
		c.ID = l.deriveClaimID(&c, r.Spans, r.AssertedAt != "")
	}
	spans, broken := l.findSpans(c.Document, r.Spans)
	c.Spans = spans
	return c, fault.Join(append(faults[:], broken.In(draft.pointer))...)
}

// findSpans verifies a claim's spans in its document's text.
func (l *chunkLoad) findSpans(document kg.ID, spans []spanRecord) ([]kg.Span, *Reject) {
	if len(spans) == 0 {
		return nil, nil
	}
	words, err := l.textOf(document)
	if err != nil {
		return nil, &Reject{Reason: err.Error()}
	}
	var all []kg.Span
	var faults *Reject
	for i, span := range spans {
		found, broken := l.anchorOrRestore(span, words)
		all = append(all, found)
		faults = fault.Join(faults, broken.In(fmt.Sprintf("/spans/%d", i)))
	}
	return all, faults
}

// deriveClaimID derives the id of a claim without one from its source, its subject and its content. Spans count as the
// record states them, so that verifying them does not change the id. The source of a row is its data set, and its date
// counts only if it is the row's own: a claim has the same id whichever release states it.
func (l *chunkLoad) deriveClaimID(given *kg.Claim, spans []spanRecord, ownDate bool) kg.ID {
	c, source := *given, string(given.Release)
	if l.release != "" && c.Release == l.release && c.Document == "" {
		c.Release, source = "", l.options.Release.Dataset
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
	return kg.DeriveID(kg.KindClaim, string(c.Document), source, string(c.Subject), l.digester.Digest(c))
}

// toStatement returns the statement of a claim.
func (s *statement) toStatement(pointer string) (kg.Statement, *Reject) {
	at, fault := s.Time.parse(pointer + "/time")
	if fault != nil {
		return kg.Statement{}, fault
	}
	made := kg.Statement{
		Titles: kgNames(s.Titles), Summaries: kgNames(s.Summaries), Category: s.Category, Mode: s.Mode,
		Codes: s.Codes, Modality: s.Modality, Time: at, Nominal: s.Nominal, Wholes: s.PartOf, RespondsTo: s.RespondsTo,
		Announces: s.Announces,
		Measures:  plainMeasures(s.Measures),
	}
	made.Figures = slices.Grow(made.Figures, len(s.Figures))
	made.Participants = slices.Grow(made.Participants, len(s.Participants))
	made.Places = slices.Grow(made.Places, len(s.Locations))
	for _, f := range s.Figures {
		f.Population, f.Qualifier = cmp.Or(f.Population, kg.PopulationTotal), cmp.Or(f.Qualifier, kg.QualifierExact)
		made.Figures = append(made.Figures, f)
	}
	for _, p := range s.Participants {
		made.Participants = append(made.Participants, kg.Participant{
			Actor: p.Actor, Role: cmp.Or(p.Role, kg.RoleParticipant), Side: p.Side, Capacity: p.Capacity,
			Representing: p.Representing,
		})
	}
	for _, p := range s.Locations {
		role := cmp.Or(p.Role, kg.LocationRoleVenue)
		made.Places = append(made.Places, kg.Place{Location: p.Location, Role: role, Precision: p.Precision})
	}
	return made, nil
}

// plainMeasures returns the measures with 0 for -0.
func plainMeasures(all []kg.Measure) []kg.Measure {
	if !slices.ContainsFunc(all, func(m kg.Measure) bool { return m.Value == 0 }) {
		return all
	}
	all = slices.Clone(all)
	for i := range all {
		all[i].Value += 0 // -0 + 0 is 0
	}
	return all
}

// check returns a Reject if the statement breaks a rule of the domain.
func (s statement) check() *Reject {
	says, fault := s.toStatement("")
	if fault != nil {
		return fault
	}
	any := kg.Claim{
		ID: "claim:any", Subject: "event:any", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
		AssertedAt: edtf.Time{EDTF: "2000", Latest: 1}, Says: says,
	}
	return invalidReject(any.Check())
}

// check returns the faults of a draft's values by themselves, or nil.
func (d *claimDraft) check() *Reject {
	_, says := d.record.statement.toStatement(d.pointer)
	_, stated := d.record.StatedAt.parse(d.pointer + "/statedAt")
	_, asserted := d.record.AssertedAt.parse(d.pointer + "/assertedAt")
	return fault.Join(says, stated, asserted)
}

// draftDocuments returns the documents that the records' claims are in.
func (l *chunkLoad) draftDocuments() []kg.ID {
	var ids []kg.ID
	for _, rec := range l.liveRecords() {
		for i := range rec.drafts {
			if id := rec.drafts[i].record.Document; id != "" {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
