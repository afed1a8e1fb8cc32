package kg

import (
	"casus/internal/geo"
	"cmp"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"casus/internal/edtf"
	"casus/internal/text"
)

var countryCode = regexp.MustCompile(`^[A-Z]{2}$`)

// Check returns an error if a record breaks a rule that can be checked without a store: ids, required values,
// vocabularies, bounds. The error is BAD_INPUT and names the record and the field.
func (b Batch) Check() error {
	for _, check := range []func() error{
		func() error { return checkAll(b.Actors, Actor.Check) },
		func() error { return checkAll(b.Locations, Location.Check) },
		func() error { return checkAll(b.Documents, Document.Check) },
		func() error { return checkAll(b.Releases, Release.Check) },
		func() error { return checkAll(b.Affiliations, Affiliation.Check) },
		func() error { return checkAll(b.Claims, Claim.Check) },
		func() error { return checkAll(b.Identities, IdentityDecision.Check) },
		func() error { return checkAll(b.Reviews, Review.Check) },
		func() error { return checkAll(b.Corrections, Correction.Check) },
		func() error { return checkAll(b.Removals, checkRemoval) },
		func() error { return checkAll(b.Moves, Move.Check) },
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func checkRemoval(id ID) error { return id.Check(KindClaim, KindIdentity, KindReview, KindCorrection) }

func checkAll[T any](records []T, check func(T) error) error {
	for _, r := range records {
		if err := check(r); err != nil {
			return err
		}
	}
	return nil
}

// Check returns a BAD_INPUT error if an id is not of the right kind.
func (m Move) Check() error {
	return cmp.Or(m.Claim.Check(KindClaim), m.From.Check(KindRelease))
}

// Check returns a BAD_INPUT error if the actor is invalid.
func (a Actor) Check() error {
	r := checker{id: a.ID}
	r.requireKind(KindActor)
	checkValue(&r, "kind", a.Kind, ActorKinds.Values())
	r.names("names", a.Names, true, MaxNameBytes)
	r.country(a.Country)
	r.list("sectors", len(a.Sectors))
	for _, sector := range a.Sectors {
		r.text("sectors", sector)
	}
	r.identifiers(a.Identifiers)
	r.text("description", a.Description)
	r.provenance(a.Provenance)
	return r.result()
}

// Check returns a BAD_INPUT error if the location is invalid.
func (l Location) Check() error {
	r := checker{id: l.ID}
	r.requireKind(KindLocation)
	checkValue(&r, "kind", l.Kind, LocationKinds.Values())
	r.names("names", l.Names, true, MaxNameBytes)
	r.country(l.Country)
	r.identifiers(l.Identifiers)
	r.refs("parents", l.Parents, KindLocation)
	r.provenance(l.Provenance)
	if slices.Contains(l.Parents, l.ID) {
		r.fail("parents: a location cannot be in itself")
	}
	if p := l.Point; p != nil && !(math.Abs(p.Latitude) <= 90 && math.Abs(p.Longitude) <= 180) {
		r.fail("point %v, %v is not in -90..90, -180..180 degrees", p.Latitude, p.Longitude)
	}
	if !(l.RadiusKm >= 0 && l.RadiusKm <= geo.MaxRadiusKm) {
		r.fail("radiusKm %v is not in 0..%d", l.RadiusKm, geo.MaxRadiusKm)
	}
	if l.Box != nil {
		if err := l.Box.Check(); err != nil {
			r.fail("box: %v", err)
		}
	}
	if err := l.Shape.Check(); err != nil {
		r.fail("shape: %v", err)
	}
	return r.result()
}

// Check returns a BAD_INPUT error if the document is invalid.
func (d Document) Check() error {
	r := checker{id: d.ID}
	r.requireKind(KindDocument)
	r.names("titles", d.Titles, true, MaxTitleBytes)
	r.address("url", d.URL)
	r.text("language", d.Language)
	r.text("sha256", d.SHA256)
	r.bytes("text", d.Text, MaxDocumentBytes)
	r.time("publishedAt", d.PublishedAt)
	r.ref("publisher", d.Publisher, KindActor)
	r.ref("syndicates", d.Syndicates, KindDocument)
	r.provenance(d.Provenance)
	if d.Syndicates == d.ID {
		r.fail("syndicates: a document cannot reprint itself")
	}
	return r.result()
}

// Check returns a BAD_INPUT error if the release is invalid.
func (rel Release) Check() error {
	r := checker{id: rel.ID}
	r.requireKind(KindRelease)
	r.required("name", rel.Name)
	r.required("release", rel.Release)
	r.provenance(rel.Provenance)
	r.bytes("name", rel.Name, MaxNameBytes)
	r.bytes("release", rel.Release, MaxNameBytes)
	r.time("releasedAt", rel.ReleasedAt)
	if rel.Coding != "" {
		checkValue(&r, "coding", rel.Coding, Codings.Values())
	}
	return r.result()
}

// Check returns a BAD_INPUT error if the affiliation is invalid.
func (a Affiliation) Check() error {
	r := checker{id: a.ID}
	r.requireKind(KindAffiliation)
	r.required("holder", string(a.Holder))
	r.ref("holder", a.Holder, KindActor)
	r.required("counterpart", string(a.Counterpart))
	r.ref("counterpart", a.Counterpart, KindActor, KindLocation)
	checkValue(&r, "type", a.Type, AffiliationTypes.Values())
	r.text("position", a.Position)
	r.provenance(a.Provenance)
	r.time("validTime", a.ValidTime)
	return r.result()
}

// provenance checks the sources of a node.
func (r *checker) provenance(p Provenance) {
	r.source(p.Source)
	r.list("values", len(p.Values))
	for _, v := range p.Values {
		r.list("values: sources", len(v.Sources))
		for _, s := range v.Sources {
			r.source(s)
		}
	}
}

func (r *checker) source(s Source) {
	if s != "" && s.Document() == "" && s.Dataset() == "" {
		r.fail("source %.80q is neither a document nor %q and a name", s, datasetPrefix)
	}
	r.text("source", string(s))
}

// Check returns a BAD_INPUT error if the identity decision is invalid.
func (d IdentityDecision) Check() error {
	r := checker{id: d.ID}
	r.requireKind(KindIdentity)
	r.required("a", string(d.A))
	r.required("b", string(d.B))
	r.ref("a", d.A, KindActor, KindLocation, KindEvent)
	r.ref("b", d.B, KindActor, KindLocation, KindEvent)
	if d.A.Kind() != d.B.Kind() {
		r.fail("%s and %s are of different kinds", d.A, d.B)
	}
	if d.A == d.B {
		r.fail("a and b are the same node")
	}
	r.required("decidedBy", d.DecidedBy)
	r.text("decidedBy", d.DecidedBy)
	r.text("reason", d.Reason)
	return r.result()
}

// Check returns a BAD_INPUT error if the claim is invalid.
func (c Claim) Check() error {
	r := checker{id: c.ID}
	r.requireKind(KindClaim)
	r.required("subject", string(c.Subject))
	r.ref("subject", c.Subject, KindEvent, KindAffiliation)
	checkValue(&r, "stance", c.Stance, Stances.Values())
	checkValue(&r, "aspect", c.Aspect, Aspects.Values())
	r.refs("claimants", c.Claimants, KindActor)
	r.refs("relayedBy", c.RelayedBy, KindActor)
	r.refs("cites", c.Cites, KindDocument)
	r.refs("supersedes", c.Supersedes, KindClaim)
	r.ref("document", c.Document, KindDocument)
	r.ref("release", c.Release, KindRelease)
	switch {
	case c.AssertedAt.IsZero():
		r.fail("assertedAt is absent: neither the claim nor its document nor its release has a publication time")
	case !c.KnownFrom().Bounded():
		r.fail("assertedAt %s has no latest instant, so the claim would never be known", c.AssertedAt)
	}
	if c.Confidence != nil && (*c.Confidence < 0 || *c.Confidence > 100) {
		r.fail("confidence %d is not in 0..100", *c.Confidence)
	}
	if slices.Contains(c.Supersedes, c.ID) {
		r.fail("a claim cannot supersede itself")
	}
	r.time("assertedAt", &c.AssertedAt)
	r.time("statedAt", c.StatedAt)
	r.text("note", c.Note)
	r.extractions(c.Extractions)
	if q := c.Quote; q != nil {
		r.required("quote.text", q.Text)
		r.text("quote.text", q.Text)
		r.text("quote.language", q.Language)
		r.names("quote.translations", q.Translations, false, MaxTextBytes)
		r.ref("quote.speaker", q.Speaker, KindActor)
		r.ref("quote.addressee", q.Addressee, KindActor)
	}
	r.list("spans", len(c.Spans))
	for i, s := range c.Spans {
		r.text("spans.exact", s.Exact)
		r.text("spans.prefix", s.Prefix)
		r.text("spans.suffix", s.Suffix)
		checkValue(&r, "spans.state", s.State, SpanStates.Values())
		// A span with words and without offsets is valid if the text was not available.
		wordsOnly := s.State == SpanUnverifiable && s.Exact != "" && s.Start == 0 && s.End == 0
		if s.Start < 0 || s.End <= s.Start && !wordsOnly {
			r.fail("spans[%d] %d..%d is empty or reversed", i, s.Start, s.End)
		}
	}
	r.statement(c.Says)
	if slices.Contains(c.Says.Wholes, c.Subject) || slices.Contains(c.Says.Announces, c.Subject) ||
		slices.ContainsFunc(c.Says.RespondsTo, func(t ResponseTo) bool { return t.To == c.Subject }) {
		r.fail("%s cannot be part of, respond to or announce itself", c.Subject)
	}
	return r.result()
}

// checker checks one record. It joins the errors of up to maxFailures fields. A BoundError is used only if it is first.
type checker struct {
	id       ID
	err      error
	failures int
	// size is the number of bytes of the texts and ids checked so far.
	size int
}

func (r *checker) fail(format string, args ...any) {
	if r.failures++; r.failures <= maxFailures {
		r.err = errors.Join(r.err, Errorf(BadInput, "%s: %s", r.id, fmt.Sprintf(format, args...)))
	}
}

// maxFailures is the number of failures that an error of a check lists.
const maxFailures = 20

func (r *checker) requireKind(kind NodeKind) {
	if err := r.id.Check(kind); err != nil {
		r.err = errors.Join(r.err, err)
	}
}

func (r *checker) required(field, v string) {
	if v == "" {
		r.fail("%s is absent", field)
	}
}

func (r *checker) ref(field string, id ID, kinds ...NodeKind) {
	if id == "" {
		return
	}
	r.size += len(id)
	if err := id.Check(kinds...); err != nil {
		r.fail("%s: %v", field, err)
	}
}

func (r *checker) refs(field string, ids []ID, kinds ...NodeKind) {
	r.list(field, len(ids))
	for _, id := range ids {
		r.ref(field, id, kinds...)
		r.required(field, string(id))
	}
}

// names checks names, titles or other texts with a language, each of which has at most bound bytes.
func (r *checker) names(field string, names []Name, required bool, bound int) {
	if required && len(names) == 0 {
		r.fail("%s is empty", field)
	}
	r.list(field, len(names))
	for i := range names {
		n := &names[i]
		if text.IsBlank(n.Value) {
			r.fail("%s.value is absent or blank", field)
		}
		if len(n.Value) > bound {
			r.bytes(field+".value", n.Value, bound)
		}
		r.bytes(field, n.Value, bound)
		r.text(field, n.Language)
		r.text(field, n.Script)
		if n.Kind != "" && !NameKinds.Has(n.Kind) {
			checkValue(r, field+".kind", n.Kind, NameKinds.Values())
		}
	}
}

func (r *checker) country(c string) {
	if c != "" && !countryCode.MatchString(c) {
		r.fail("country %q is not an ISO 3166-1 alpha-2 code such as UA", c)
	}
}

func (r *checker) identifiers(ids []Identifier) {
	r.list("identifiers", len(ids))
	for _, i := range ids {
		r.required("identifiers.scheme", i.Scheme)
		r.required("identifiers.value", i.Value)
		r.text("identifiers.scheme", i.Scheme)
		r.text("identifiers.value", i.Value)
		if i.isAddress() && !IsAddress(i.Value) {
			r.fail("identifiers.value %.80q of %s is not an address with http or https", i.Value, i.Scheme)
		}
	}
}

func (r *checker) extractions(all []Extraction) {
	r.list("extractions", len(all))
	for _, e := range all {
		r.required("extractions.tool", e.Tool)
		r.text("extractions.tool", e.Tool)
		r.text("extractions.model", e.Model)
		r.text("extractions.prompt", e.Prompt)
	}
}

func (r *checker) statement(s Statement) {
	r.names("titles", s.Titles, false, MaxTitleBytes)
	r.names("summaries", s.Summaries, false, MaxTextBytes)
	r.text("mode", s.Mode)
	r.time("time", s.Time)
	if s.Category != "" {
		checkValue(r, "category", s.Category, EventCategories.Values())
	}
	if s.Modality != "" {
		checkValue(r, "modality", s.Modality, Modalities.Values())
	}
	r.nominal(s.Nominal, s.Time)
	r.list("codes", len(s.Codes))
	for _, c := range s.Codes {
		r.required("codes.scheme", c.Scheme)
		r.required("codes.value", c.Value)
		r.text("codes.scheme", c.Scheme)
		r.text("codes.value", c.Value)
		r.text("codes.label", c.Label)
	}
	r.list("participants", len(s.Participants))
	for _, p := range s.Participants {
		r.text("participants.capacity", p.Capacity)
		r.refs("participants.actor", []ID{p.Actor}, KindActor)
		checkValue(r, "participants.role", p.Role, ParticipantRoles.Values())
		if p.Side != "" {
			checkValue(r, "participants.side", p.Side, Sides.Values())
		}
		r.ref("participants.representing", p.Representing, KindActor)
	}
	r.list("places", len(s.Places))
	for _, p := range s.Places {
		r.refs("places.location", []ID{p.Location}, KindLocation)
		checkValue(r, "places.role", p.Role, LocationRoles.Values())
		if p.Precision < 0 || p.Precision > 7 {
			r.fail("places.precision %d is not in 1..7", p.Precision)
		}
	}
	r.refs("wholes", s.Wholes, KindEvent)
	r.refs("announces", s.Announces, KindEvent)
	r.list("respondsTo", len(s.RespondsTo))
	for _, t := range s.RespondsTo {
		r.text("respondsTo.condition", t.Condition)
		r.refs("respondsTo.to", []ID{t.To}, KindEvent)
		checkValue(r, "respondsTo.kind", t.Kind, ResponseKinds.Values())
	}
	r.list("figures", len(s.Figures))
	for _, f := range s.Figures {
		r.text("figures.unit", f.Unit)
		r.figure(f)
	}
	for _, m := range s.Measures {
		r.measure(m)
	}
}

func (r *checker) figure(f Figure) {
	checkValue(r, "figures.kind", f.Kind, FigureKinds.Values())
	checkValue(r, "figures.population", f.Population, Populations.Values())
	checkValue(r, "figures.qualifier", f.Qualifier, FigureQualifiers.Values())
	if f.Trend != "" {
		checkValue(r, "figures.trend", f.Trend, Trends.Values())
	}
	last := 0
	for _, n := range []*int{f.Low, f.Best, f.High} {
		if n == nil {
			continue
		}
		if *n < last {
			r.fail("figures: low, best and high must be at least 0 and in that order")
		}
		last = *n
	}
	if f.Qualifier != QualifierVague && f.Low == nil && f.Best == nil && f.High == nil {
		r.fail("figures: %s %s has no number; a figure in words is VAGUE", f.Kind, f.Qualifier)
	}
}

func checkValue[T ~string](r *checker, field string, v T, allowed []T) {
	if !slices.Contains(allowed, v) {
		// A clone, so that allowed does not escape to the heap in the usual case.
		r.fail("%s %q is not one of %v", field, string(v), slices.Clone(allowed))
	}
}

func (r *checker) measure(m Measure) {
	checkValue(r, "measures.name", m.Name, MeasureNames.Values())
	if math.IsNaN(m.Value) || math.IsInf(m.Value, 0) {
		r.fail("measures.value %v is not a number", m.Value)
	}
}

// nominal fails if the day is not a date, or lies outside the time that the claim states.
func (r *checker) nominal(day Day, t *edtf.Time) {
	start := day.Start()
	switch {
	case day == "":
	case start == nil:
		r.fail("nominal: %q is not a date such as 2025-12-20", day)
	case t == nil:
		r.fail("nominal: %s is the nominal day of a time, and there is none", day)
	case t.Latest <= *start || t.Earliest >= *start+edtf.Instant(24*time.Hour/time.Millisecond):
		r.fail("nominal: %s is outside the time %s", day, t)
	}
}

// noncharacter cannot be stored by a bulk import, which separates the elements of lists by it.
const noncharacter = "\uFDD0"

// result returns the errors that were found. Without any it checks the size of the whole record.
func (r *checker) result() error {
	if r.err == nil && r.size > MaxRecordBytes {
		r.bound(&BoundError{Field: "the record", Size: r.size, Bound: MaxRecordBytes, Unit: "bytes"})
	}
	return r.err
}

func (r *checker) bound(e *BoundError) {
	if r.err == nil {
		r.err = Errorf(BadInput, "%s: %w", r.id, e)
	}
}

// bytes checks a text with a bound of its own.
func (r *checker) bytes(field, v string, bound int) {
	r.size += len(v)
	switch {
	case len(v) > bound:
		r.bound(&BoundError{Field: field, Size: len(v), Bound: bound, Unit: "bytes", Value: v})
	case strings.Contains(v, noncharacter):
		r.fail("%s contains U+FDD0, which is not a character", field)
	}
}

// text checks a text without a bound of its own.
func (r *checker) text(field, v string) {
	if v != "" {
		r.bytes(field, v, MaxTextBytes)
	}
}

func (r *checker) time(field string, t *edtf.Time) {
	if t != nil {
		r.text(field, t.EDTF)
	}
}

// list checks the number of elements of a list.
func (r *checker) list(field string, n int) {
	if n > MaxItems {
		r.bound(&BoundError{Field: field, Size: n, Bound: MaxItems, Unit: "elements"})
	}
}

// address checks the address of a page.
func (r *checker) address(field, v string) {
	r.text(field, v)
	if v != "" && !IsAddress(v) {
		r.fail("%s %.80q is not an address with http or https, such as https://example.org/page", field, v)
	}
}

// isAddress reports whether the value of an identifier has a scheme as addresses have, and is meant as one, because the
// identifier's own scheme is named so. A website may be given without http://.
func (i Identifier) isAddress() bool {
	switch strings.ToLower(i.Scheme) {
	case "url", "uri", "website", "homepage", "wikipediaurl", "opencorporatesurl":
		scheme, _, ok := strings.Cut(strings.TrimSpace(i.Value), ":")
		return ok && !strings.ContainsAny(scheme, "./ ")
	}
	return false
}
