package kg

import (
	"casus/internal/edtf"
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// Claim is what one document, or one row of a dataset, says about one event or affiliation.
type Claim struct {
	ID ID `json:"id"`
	// Subject is an event or an affiliation. An event is there because a claim is about it.
	Subject ID     `json:"subject"`
	Stance  Stance `json:"stance"`
	Aspect  Aspect `json:"aspect"`
	// Claimants say so jointly; none: the publisher speaks.
	Claimants []ID `json:"claimants,omitempty"`
	// RelayedBy passed it on, nearest the claimant first.
	RelayedBy []ID `json:"relayedBy,omitempty"`
	Document  ID   `json:"document,omitempty"`
	// Cites are the sources that a coded row names itself.
	Cites []ID `json:"cites,omitempty"`
	// Release is the dataset release the claim belongs to; empty: none.
	Release ID `json:"release,omitempty"`
	// StatedAt is when the words were said.
	StatedAt *edtf.Time `json:"statedAt,omitempty"`
	// AssertedAt is when it was published: the claim's own, else its document's, else its release's date. Its latest
	// end must be bounded: from then the claim is known.
	AssertedAt edtf.Time `json:"assertedAt"`
	// RecordedAt is when it was first stored. It enters no derivation and no digest, so that load order never matters.
	RecordedAt edtf.Instant `json:"-"`
	Quote      *Quote       `json:"quote,omitempty"`
	// Confidence is 0..100; nil: not given.
	Confidence *int   `json:"confidence,omitempty"`
	Spans      []Span `json:"spans,omitempty"`
	Note       string `json:"note,omitempty"`
	// Supersedes names earlier claims by the same voice about the same subject; they are withdrawn when this is known.
	Supersedes []ID      `json:"supersedes,omitempty"`
	Says       Statement `json:"says"`

	// KnownTo is the moment it was withdrawn, EndOfTime while it stands; WithdrawnBy are the claims that did, in claim
	// order. Stores set both on reading, as of the view.
	KnownTo     edtf.Instant `json:"-"`
	WithdrawnBy []ID         `json:"-"`
	// Dataset is the release itself. Stores set it on reading where Release is given.
	Dataset *Release `json:"-"`
	View    View     `json:"-"`
}

// Statement is what a claim says of its subject. Every part may be absent: it then says nothing of it.
type Statement struct {
	Titles    []Name        `json:"titles,omitempty"`
	Summaries []Name        `json:"summaries,omitempty"`
	Category  EventCategory `json:"category,omitempty"`
	Mode      string        `json:"mode,omitempty"`
	Codes     []Code        `json:"codes,omitempty"`
	Modality  Modality      `json:"modality,omitempty"`
	Time      *edtf.Time    `json:"time,omitempty"`
	Figures   []Figure      `json:"figures,omitempty"`
	// Edges the claim lists.
	Participants []Participant `json:"participants,omitempty"`
	Places       []Place       `json:"places,omitempty"`
	Wholes       []ID          `json:"wholes,omitempty"`
	RespondsTo   []ResponseTo  `json:"respondsTo,omitempty"`
	Announces    []ID          `json:"announces,omitempty"`
}

// Participant is an actor's part in an event, as a claim gives it.
type Participant struct {
	Actor        ID              `json:"actor"`
	Role         ParticipantRole `json:"role"`
	Side         Side            `json:"side,omitempty"`
	Capacity     string          `json:"capacity,omitempty"`
	Representing ID              `json:"representing,omitempty"`
}

// Place is where an event was, as a claim gives it.
type Place struct {
	Location ID           `json:"location"`
	Role     LocationRole `json:"role"`
	// Precision is 1 (exact) .. 7 (unknown or international waters), UCDP's where_prec scale; 0: not given.
	Precision int `json:"precision,omitempty"`
}

// ResponseTo says that the event answers another.
type ResponseTo struct {
	To        ID           `json:"to"`
	Kind      ResponseKind `json:"kind"`
	Condition string       `json:"condition,omitempty"`
}

// Figure is one number that a claim gives.
type Figure struct {
	Kind       FigureKind `json:"kind"`
	Population Population `json:"population"`
	// Unit names what is counted where it is not people ("fighter aircraft").
	Unit      string          `json:"unit,omitempty"`
	Low       *int            `json:"low,omitempty"`
	Best      *int            `json:"best,omitempty"`
	High      *int            `json:"high,omitempty"`
	Qualifier FigureQualifier `json:"qualifier"`
	Trend     Trend           `json:"trend,omitempty"`

	// Claim is the claim that gives it. Stores set it on reading.
	Claim ID `json:"-"`
}

// Quote is the words a claim rests on.
type Quote struct {
	Text     string `json:"text"`
	Language string `json:"language,omitempty"`
	// Direct is speech given word for word.
	Direct       bool   `json:"direct,omitempty"`
	Speaker      ID     `json:"speaker,omitempty"`
	Addressee    ID     `json:"addressee,omitempty"`
	Translations []Name `json:"translations,omitempty"`
}

// Span points into the text of the claim's document: W3C Web Annotation's TextPosition and TextQuote selectors.
type Span struct {
	// Start and End count Unicode code points; End is exclusive.
	Start  int       `json:"start"`
	End    int       `json:"end"`
	Exact  string    `json:"exact,omitempty"`
	Prefix string    `json:"prefix,omitempty"`
	Suffix string    `json:"suffix,omitempty"`
	State  SpanState `json:"state"`
}

// KnownFrom is the moment from which the claim is known: the latest instant of its AssertedAt. A date-time is known at
// that very instant, a date when the day is over.
func (c Claim) KnownFrom() edtf.Instant {
	if c.AssertedAt.Precision == edtf.PrecisionInstant {
		return c.AssertedAt.Earliest
	}
	return c.AssertedAt.Latest
}

// Positive says whether the claim asserts or confirms.
func (c Claim) Positive() bool { return c.Stance == StanceAsserts || c.Stance == StanceConfirms }

// Live says whether the claim stands at a moment: known, not withdrawn and not itself a withdrawal. It needs KnownTo.
func (c Claim) Live(at edtf.Instant) bool {
	return c.Stance != StanceRetracts && c.KnownFrom() <= at && at < c.KnownTo
}

// CompareClaims orders claims as the rules do: by (KnownFrom, id).
func CompareClaims(a, b Claim) int {
	switch ka, kb := a.KnownFrom(), b.KnownFrom(); {
	case ka < kb:
		return -1
	case ka > kb:
		return 1
	case a.ID < b.ID:
		return -1
	case a.ID > b.ID:
		return 1
	}
	return 0
}

// Digest is a hash of all that the claim says: what was stored later, withdrawn or read in a view is left out. Two
// claims of one id and different digests contradict each other, unless MergeClaim says that only a check lies between them.
func (c Claim) Digest() string { return new(Digester).Digest(c) }

// Digester gives the digests of many claims. The zero value is ready; it is not safe for concurrent use.
type Digester struct{ json []byte }

// Digest is the claim's.
func (d *Digester) Digest(c Claim) string {
	d.json = c.AppendJSON(slices.Grow(d.json[:0], 1<<10))
	sum := sha256.Sum256(d.json)
	return hex.EncodeToString(sum[:])
}

// References lists every node the claim refers to, its subject first; empty references are left out.
func (c Claim) References() []ID { return c.AppendReferences(make([]ID, 0, 8)) }

// AppendReferences appends References to a list.
func (c *Claim) AppendReferences(refs []ID) []ID {
	from := len(refs)
	refs = append(refs, c.Subject, c.Document, c.Release)
	refs = append(refs, c.Claimants...)
	refs = append(refs, c.RelayedBy...)
	refs = append(refs, c.Cites...)
	refs = append(refs, c.Supersedes...)
	if c.Quote != nil {
		refs = append(refs, c.Quote.Speaker, c.Quote.Addressee)
	}
	refs = c.Says.appendReferences(refs)
	given := slices.DeleteFunc(refs[from:], func(id ID) bool { return id == "" })
	return refs[:from+len(given)]
}

func (s *Statement) appendReferences(refs []ID) []ID {
	refs = append(append(refs, s.Wholes...), s.Announces...)
	for _, p := range s.Participants {
		refs = append(refs, p.Actor, p.Representing)
	}
	for _, p := range s.Places {
		refs = append(refs, p.Location)
	}
	for _, t := range s.RespondsTo {
		refs = append(refs, t.To)
	}
	return refs
}
