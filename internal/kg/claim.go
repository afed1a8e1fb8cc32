package kg

import (
	"slices"

	"casus/internal/edtf"
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

// NodeID is the claim's id.
func (c Claim) NodeID() ID { return c.ID }

// IsNode marks a claim as a node.
func (Claim) IsNode() {}
