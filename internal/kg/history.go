package kg

import "casus/internal/edtf"

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
