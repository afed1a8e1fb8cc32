package loader

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// said is one claim of a record, before it is known what its document says.
type said struct {
	record  claimRecord
	pointer string
}

// claimsOf gives a record's claims. Without any it is one claim itself. Those that assert or confirm the occurrence state
// all that the record states, where they do not state otherwise; all take the record's source where they have none.
func claimsOf(claims []claimRecord, from source, all statement, pointer string) []said {
	if len(claims) == 0 {
		return []said{{claimRecord{source: from, statement: all}, pointer}}
	}
	made := make([]said, 0, len(claims))
	for i, c := range claims {
		c.Document, c.Release = cmp.Or(c.Document, from.Document), cmp.Or(c.Release, from.Release)
		c.AssertedAt = cmp.Or(c.AssertedAt, from.AssertedAt)
		positive := c.Stance == "" || c.Stance == kg.StanceAsserts || c.Stance == kg.StanceConfirms
		if positive && (c.Aspect == "" || c.Aspect == kg.AspectOccurrence) {
			c.statement = c.statement.over(all)
		}
		made = append(made, said{c, fmt.Sprintf("%s/claims/%d", pointer, i)})
	}
	return made
}

// over is what a claim states, and of the rest what its record states.
func (s statement) over(all statement) statement {
	return statement{
		Titles: orAll(s.Titles, all.Titles), Summaries: orAll(s.Summaries, all.Summaries), Category: cmp.Or(s.Category, all.Category),
		Mode: cmp.Or(s.Mode, all.Mode), Codes: orAll(s.Codes, all.Codes), Modality: cmp.Or(s.Modality, all.Modality),
		Time: cmp.Or(s.Time, all.Time), Figures: orAll(s.Figures, all.Figures), Participants: orAll(s.Participants, all.Participants),
		Locations: orAll(s.Locations, all.Locations), PartOf: orAll(s.PartOf, all.PartOf), RespondsTo: orAll(s.RespondsTo, all.RespondsTo),
		Announces: orAll(s.Announces, all.Announces),
	}
}

func orAll[T any](own, all []T) []T {
	if own != nil {
		return own
	}
	return all
}

// makeClaims makes every record's claims. One that cannot be made rejects its record.
func (l *load) makeClaims(context.Context) error {
	for _, it := range l.live() {
		if !l.last && l.early(it) {
			l.delay(it)
			continue
		}
		it.batch.Claims = slices.Grow(it.batch.Claims, len(it.says))
		for i := range it.says {
			s := &it.says[i]
			c, fault := l.claim(it.id, s)
			if fault == nil {
				fault = checked(c.Check())
				if fault != nil {
					fault.Pointer = s.pointer
				}
			}
			if fault != nil {
				if better := it.schemaFault(); better != nil {
					fault = better
				}
				if err := l.reject(it, *fault); err != nil {
					return err
				}
				break
			}
			it.batch.Claims = append(it.batch.Claims, c)
		}
	}
	return nil
}

// early says whether a claim's document or release is not known yet: it may say when the claim was published.
func (l *load) early(it *item) bool {
	for i := range it.says {
		from := it.says[i].record.source
		_, document := l.known.documents[from.Document]
		_, release := l.known.releases[from.Release]
		if from.Document != "" && !document || from.Release != "" && !release {
			return true
		}
	}
	return false
}

// schemaFault is what the schema says of a record that was decoded without it.
func (it *item) schemaFault() *Reject {
	if !it.mapped {
		return nil
	}
	return validate(it.typ, it.text())
}

// claim makes one claim: its times, when it was published, its spans, its id.
func (l *load) claim(subject kg.ID, s *said) (kg.Claim, *Reject) {
	r := &s.record
	c := kg.Claim{
		ID: r.ID, Subject: subject, Stance: cmp.Or(r.Stance, kg.StanceAsserts), Aspect: cmp.Or(r.Aspect, kg.AspectOccurrence),
		Claimants: r.Claimants, RelayedBy: r.RelayedBy, Document: r.Document, Cites: r.Cites, Release: r.Release,
		Confidence: r.Confidence, Note: r.Note, Supersedes: r.Supersedes,
	}
	if c.Release == "" && c.Document == "" {
		c.Release = l.release
	}
	var fault *Reject
	if c.Says, fault = r.statement.says(s.pointer); fault != nil {
		return c, fault
	}
	if c.StatedAt, fault = r.StatedAt.parse(s.pointer + "/statedAt"); fault != nil {
		return c, fault
	}
	asserted, fault := r.AssertedAt.parse(s.pointer + "/assertedAt")
	if fault != nil {
		return c, fault
	}
	if asserted = cmp.Or(asserted, l.known.documents[c.Document].PublishedAt, l.known.releases[c.Release].ReleasedAt, l.options.Published); asserted == nil {
		return c, &Reject{Pointer: s.pointer, Reason: "nothing says when it was published: give the claim's assertedAt, its document's publishedAt or its release's releasedAt"}
	}
	c.AssertedAt = *asserted
	if q := r.Quote; q != nil {
		c.Quote = &kg.Quote{Text: q.Text, Language: q.Language, Direct: q.Direct, Speaker: q.Speaker, Addressee: q.Addressee, Translations: namesOf(q.Translations)}
	}
	if c.ID == "" {
		c.ID = l.derived(&c, r.Spans)
	}
	for i, span := range r.Spans {
		words, err := l.textOf(c.Document)
		if err != nil {
			return c, &Reject{Pointer: s.pointer, Reason: err.Error()}
		}
		found, fault := l.anchored(span, words)
		if fault != nil {
			fault.Pointer = fmt.Sprintf("%s/spans/%d%s", s.pointer, i, fault.Pointer)
			return c, fault
		}
		c.Spans = append(c.Spans, found)
	}
	return c, nil
}

// derived is the id of a claim that has none: of its source, its subject and all its content. Spans count as they were
// given, so that what their check finds does not change the id.
func (l *load) derived(c *kg.Claim, given []spanRecord) kg.ID {
	if len(given) > 0 {
		with := *c
		c = &with
	}
	for _, s := range given {
		span := kg.Span{Exact: s.Exact, Prefix: s.Prefix, Suffix: s.Suffix}
		if s.Start != nil && s.End != nil {
			span.Start, span.End = *s.Start, *s.End
		}
		c.Spans = append(c.Spans, span)
	}
	return kg.DeriveID(kg.KindClaim, string(c.Document), string(c.Release), string(c.Subject), l.digester.Digest(*c))
}

// says makes the statement of a claim.
func (s *statement) says(pointer string) (kg.Statement, *Reject) {
	at, fault := s.Time.parse(pointer + "/time")
	if fault != nil {
		return kg.Statement{}, fault
	}
	made := kg.Statement{
		Titles: namesOf(s.Titles), Summaries: namesOf(s.Summaries), Category: s.Category, Mode: s.Mode, Codes: s.Codes, Modality: s.Modality,
		Time: at, Wholes: s.PartOf, RespondsTo: s.RespondsTo, Announces: s.Announces,
	}
	made.Figures, made.Participants = slices.Grow(made.Figures, len(s.Figures)), slices.Grow(made.Participants, len(s.Participants))
	made.Places = slices.Grow(made.Places, len(s.Locations))
	for _, f := range s.Figures {
		f.Population, f.Qualifier = cmp.Or(f.Population, kg.PopulationTotal), cmp.Or(f.Qualifier, kg.QualifierExact)
		made.Figures = append(made.Figures, f)
	}
	for _, p := range s.Participants {
		made.Participants = append(made.Participants, kg.Participant{
			Actor: p.Actor, Role: cmp.Or(p.Role, kg.RoleParticipant), Side: p.Side, Capacity: p.Capacity, Representing: p.Representing,
		})
	}
	for _, p := range s.Locations {
		made.Places = append(made.Places, kg.Place{Location: p.Location, Role: cmp.Or(p.Role, kg.LocationRoleVenue), Precision: p.Precision})
	}
	return made, nil
}

// check says what in a statement breaks a rule, whoever makes it.
func (s statement) check() *Reject {
	says, fault := s.says("")
	if fault != nil {
		return fault
	}
	any := kg.Claim{
		ID: "claim:any", Subject: "event:any", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
		AssertedAt: edtf.Time{EDTF: "2000", Latest: 1}, Says: says,
	}
	return checked(any.Check())
}

// documentsNamed lists the documents that records' claims are in.
func (l *load) documentsNamed() []kg.ID {
	var ids []kg.ID
	for _, it := range l.live() {
		for i := range it.says {
			if id := it.says[i].record.Document; id != "" {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
