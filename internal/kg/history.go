package kg

import "casus/internal/edtf"

// Interval is a stretch of knowledge, [KnownFrom, KnownTo); KnownTo is EndOfTime while it lasts.
type Interval struct {
	KnownFrom edtf.Instant `json:"knownFrom"`
	KnownTo   edtf.Instant `json:"knownTo"`
}

// Holds says whether the interval contains a moment.
func (i Interval) Holds(at edtf.Instant) bool { return i.KnownFrom <= at && at < i.KnownTo }

// Versioned is an edge as it was held during an interval. A change of any of its values begins a new one.
type Versioned[T any] struct {
	Interval
	Edge T `json:"edge"`
}

// ClaimLifetime is until when a claim stood, and what withdrew it.
type ClaimLifetime struct {
	Claim       ID           `json:"claim"`
	KnownTo     edtf.Instant `json:"knownTo"`
	WithdrawnBy []ID         `json:"withdrawnBy,omitempty"`
}

// History is everything that follows from the claims about one event (or affiliation): what stores keep beside the
// claims. States do not overlap and are in order; edges of one key likewise.
type History struct {
	Subject        ID                         `json:"subject"`
	States         []EventState               `json:"states,omitempty"`
	Participations []Versioned[Participation] `json:"participations,omitempty"`
	Locations      []Versioned[EventLocation] `json:"locations,omitempty"`
	Wholes         []Versioned[EventPart]     `json:"wholes,omitempty"`
	RespondsTo     []Versioned[Response]      `json:"respondsTo,omitempty"`
	Announces      []Versioned[Announcement]  `json:"announces,omitempty"`
	// Lifetimes has an entry for every claim, in claim order.
	Lifetimes []ClaimLifetime `json:"lives,omitempty"`
	// Affiliated are the intervals in which an affiliation was supported, with the claims that did. Events have none.
	Affiliated []Versioned[[]ID] `json:"affiliated,omitempty"`
}

// StatesKnown are those of an event's versions that began by a moment, as a reader of that moment saw them: one that ended
// later had no end yet. The versions are in order.
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
