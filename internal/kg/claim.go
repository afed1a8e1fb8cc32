package kg

import (
	"slices"

	"casus/internal/edtf"
)

// Claim is the statement of one document, or of one row of a data set, about one event or affiliation.
type Claim struct {
	ID ID `json:"id"`
	// Subject is an event or an affiliation. An event exists because a claim is about it.
	Subject ID     `json:"subject"`
	Stance  Stance `json:"stance"`
	Aspect  Aspect `json:"aspect"`
	// Claimants are the actors whose words the claim reports. If empty, the publisher speaks; see VoiceBook.VoicesOf.
	Claimants []ID `json:"claimants,omitempty"`
	// RelayedBy are the actors that relayed the words, the one nearest to the claimants first.
	RelayedBy []ID `json:"relayedBy,omitempty"`
	Document  ID   `json:"document,omitempty"`
	// Cites are the sources that a coded row names.
	Cites []ID `json:"cites,omitempty"`
	// Release is the data set release that the claim is a row of, empty if there is none.
	Release ID `json:"release,omitempty"`
	// Extractions are the runs of programs that made the claim. They are not part of its content: one claim may come from
	// two programs, and a record without them replaces them, because a person wrote it.
	Extractions []Extraction `json:"extractions,omitempty"`
	// StatedAt is the time at which the words were said.
	StatedAt *edtf.Time `json:"statedAt,omitempty"`
	// AssertedAt is the time of publication of the claim itself, else of its document, else of its release. Its latest
	// end must be bounded, because the claim is known from then on.
	AssertedAt edtf.Time `json:"assertedAt"`
	// RecordedAt is the time at which the claim was first stored. No derivation or digest uses it, so the order of
	// loading does not matter.
	RecordedAt edtf.Instant `json:"-"`
	Quote      *Quote       `json:"quote,omitempty"`
	// Confidence is 0..100, nil if not stated.
	Confidence *int   `json:"confidence,omitempty"`
	Spans      []Span `json:"spans,omitempty"`
	Note       string `json:"note,omitempty"`
	// Supersedes are claims about the same subject that this claim withdraws, if it acts as one of their sources.
	Supersedes []ID      `json:"supersedes,omitempty"`
	Says       Statement `json:"says"`

	// KnownTo is the moment at which the claim was withdrawn, or EndOfTime. WithdrawnBy are the claims that withdrew it,
	// in claim order. Stores set both when they read a claim, for its view.
	KnownTo     edtf.Instant `json:"-"`
	WithdrawnBy []ID         `json:"-"`
	// Dataset is the record that Release names. Stores set it when they read a claim with a Release.
	Dataset *Release `json:"-"`
	View    View     `json:"-"`
}

// KnownFrom returns the moment from which the claim is known, the latest instant of AssertedAt. For a date-time this is
// the instant itself, for a date the end of the day.
func (c Claim) KnownFrom() edtf.Instant { return c.AssertedAt.KnownFrom() }

// Positive reports whether the claim asserts or confirms.
func (c Claim) Positive() bool { return c.Stance == StanceAsserts || c.Stance == StanceConfirms }

// Live reports whether the claim is known at a moment, not withdrawn and not itself a retraction. KnownTo must be set.
func (c Claim) Live(at edtf.Instant) bool {
	return c.Stance != StanceRetracts && c.KnownFrom() <= at && at < c.KnownTo
}

// SourceDocuments returns the documents that the claim's voices depend on: the one that it is in and, for a row of a
// data set, the ones that it cites. It returns each once.
func (c Claim) SourceDocuments() []ID {
	var documents []ID
	if c.Document != "" {
		documents = append(documents, c.Document)
	}
	if c.Release != "" {
		for _, d := range c.Cites {
			if !slices.Contains(documents, d) {
				documents = append(documents, d)
			}
		}
	}
	return documents
}

// CompareClaims orders claims by (KnownFrom, id), the claim order.
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

// References returns every node that the claim refers to, its subject first, without empty ids.
func (c Claim) References() []ID { return c.AppendReferences(make([]ID, 0, 8)) }

// AppendReferences appends References to refs.
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
	added := slices.DeleteFunc(refs[from:], func(id ID) bool { return id == "" })
	return refs[:from+len(added)]
}

// NodeID returns the id of the claim.
func (c Claim) NodeID() ID { return c.ID }

// IsNode implements Node.
func (Claim) IsNode() {}
