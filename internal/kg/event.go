package kg

import "casus/internal/edtf"

// Event is an event as of one view: the version of its state that was known then.
type Event struct {
	ID ID
	EventState
	View View
}

// KnownAt returns the moment of knowledge of the view, nil if all claims count.
func (e Event) KnownAt() *edtf.Instant { return e.View.KnownAt }

// EventState is one version of the state of an event, valid from KnownFrom until just before KnownTo.
type EventState struct {
	KnownFrom edtf.Instant `json:"knownFrom"`
	// KnownTo is EndOfTime for the latest version.
	KnownTo  edtf.Instant `json:"knownTo"`
	Status   ClaimStatus  `json:"status"`
	Headline `json:"headline"`
	// FirstAsserted is the time of publication of the earliest positive claim, else of the earliest claim.
	FirstAsserted edtf.Time   `json:"firstAsserted"`
	Toll          Toll        `json:"toll"`
	Sources       SourceCount `json:"sources"`
	// Codings are the codings of the live claims, a set of Codings.
	Codings Bits `json:"codings,omitempty"`
	// Disagreements are the aspects on which live claims that count exclude each other, a set of Aspects. Package disagree
	// derives them.
	Disagreements Bits `json:"disagreements,omitempty"`
	// Because are the claims that became known at KnownFrom and so caused this version, in claim order.
	Because []ID `json:"because"`
}

// Headline is the description of an event: each value is from the latest live positive claim that states it, titles and
// summaries for each language, codes for each scheme.
type Headline struct {
	Titles    []Name        `json:"titles,omitempty"`
	Summaries []Name        `json:"summaries,omitempty"`
	Category  EventCategory `json:"category"`
	Mode      string        `json:"mode,omitempty"`
	Codes     []Code        `json:"codes,omitempty"`
	Modality  Modality      `json:"modality"`
	Time      edtf.Time     `json:"time"`
	// Nominal is the nominal day of the claim that states Time; empty if it states none. Time series count the event then.
	Nominal Day `json:"nominal,omitempty"`
}

// Toll is the numbers of an event that occurred or is going on, over all live claims. A number that no claim states is
// absent.
type Toll struct {
	// Killed and Wounded are the numbers of KilledPeople and WoundedPeople.
	Killed  *Estimate `json:"killed,omitempty"`
	Wounded *Estimate `json:"wounded,omitempty"`
	// Figures are the numbers of all other quantities, in the order of Quantity.Compare.
	Figures []TollFigure `json:"figures,omitempty"`
}

// Estimate is a number over several claims. Best is the latest best number, Low and High are the envelope of
// all claims with a number. Agreed is set if all best numbers are equal.
type Estimate struct {
	Low    *int `json:"low,omitempty"`
	Best   *int `json:"best,omitempty"`
	High   *int `json:"high,omitempty"`
	Agreed bool `json:"agreed"`
}

// SourceCount counts the sources of the live claims about an event: the documents that the claims are in or, for rows,
// cite, the publishers of these, and the data sets. Voices counts the distinct voices of the positive claims whose
// aspect is OCCURRENCE, without claims whose coding is MACHINE.
type SourceCount struct {
	Documents  int `json:"documents"`
	Publishers int `json:"publishers"`
	Voices     int `json:"voices"`
	Datasets   int `json:"datasets"`
}

// NodeID returns the id of the event.
func (e Event) NodeID() ID { return e.ID }

// IsNode implements Node.
func (Event) IsNode() {}

// Interval is an interval of knowledge, [KnownFrom, KnownTo). KnownTo is EndOfTime while it is open.
type Interval struct {
	KnownFrom edtf.Instant `json:"knownFrom"`
	KnownTo   edtf.Instant `json:"knownTo"`
}

// Holds reports whether the interval contains a moment.
func (i Interval) Holds(at edtf.Instant) bool { return i.KnownFrom <= at && at < i.KnownTo }

// Versioned is a version of an edge, valid during an interval of knowledge. A change of any value starts a new version.
type Versioned[T any] struct {
	Interval
	Edge T `json:"edge"`
}

// ClaimLifetime is the moment at which a claim was withdrawn, or EndOfTime, and the claims that withdrew it.
type ClaimLifetime struct {
	Claim       ID           `json:"claim"`
	KnownTo     edtf.Instant `json:"knownTo"`
	WithdrawnBy []ID         `json:"withdrawnBy,omitempty"`
}

// History is everything that is derived from the claims about one event or affiliation. Stores save it with the claims.
// States are in order and do not overlap, nor do the versions of one edge.
type History struct {
	Subject        ID                         `json:"subject"`
	States         []EventState               `json:"states,omitempty"`
	Participations []Versioned[Participation] `json:"participations,omitempty"`
	Locations      []Versioned[EventLocation] `json:"locations,omitempty"`
	Wholes         []Versioned[EventPart]     `json:"wholes,omitempty"`
	RespondsTo     []Versioned[Response]      `json:"respondsTo,omitempty"`
	Announces      []Versioned[Announcement]  `json:"announces,omitempty"`
	// Lifetimes has an entry for every claim, in claim order.
	Lifetimes []ClaimLifetime `json:"lifetimes,omitempty"`
	// Affiliated are the intervals in which an affiliation was supported, with the supporting claims. It is empty for an
	// event.
	Affiliated []Versioned[[]ID] `json:"affiliated,omitempty"`
}

// StatesKnown returns the versions that started by a moment, as they were known then: a version that ended later has no
// end. The versions must be in order.
func StatesKnown(versions []EventState, at edtf.Instant) []EventState {
	var known []EventState
	for _, s := range versions {
		if s.KnownFrom > at {
			break
		}
		if s.KnownTo > at {
			s.KnownTo = edtf.EndOfTime
		}
		known = append(known, s)
	}
	return known
}
