package kg

import "casus/internal/edtf"

// Event is what was held about an event in one view: the version of its state that was known then.
type Event struct {
	ID ID
	EventState
	View View
}

// KnownAt is the moment of knowledge of the view it was read in; nil: everything known.
func (e Event) KnownAt() *edtf.Instant { return e.View.KnownAt }

// EventState is one version of what was held about an event, for knowledge times [KnownFrom, KnownTo).
type EventState struct {
	KnownFrom edtf.Instant `json:"knownFrom"`
	// KnownTo is EndOfTime for the version that holds with everything known.
	KnownTo  edtf.Instant `json:"knownTo"`
	Status   ClaimStatus  `json:"status"`
	Headline `json:"headline"`
	// FirstAsserted is when anyone first said so: the publication of the earliest positive claim, else of the earliest.
	FirstAsserted edtf.Time   `json:"firstAsserted"`
	Toll          Toll        `json:"toll"`
	Sources       SourceCount `json:"sources"`
	// Because are the claims that became known at KnownFrom and so made this version, in claim order.
	Because []ID `json:"because"`
}

// Headline is what an event's claims give as its description: each value from the latest live positive claim that
// states it; titles and summaries so for each language, codes for each scheme.
type Headline struct {
	Titles    []Name        `json:"titles,omitempty"`
	Summaries []Name        `json:"summaries,omitempty"`
	Category  EventCategory `json:"category"`
	Mode      string        `json:"mode,omitempty"`
	Codes     []Code        `json:"codes,omitempty"`
	Modality  Modality      `json:"modality"`
	Time      edtf.Time     `json:"time"`
}

// Toll is what the claims about an event that occurred come to.
type Toll struct {
	Killed  *Estimate `json:"killed,omitempty"`
	Wounded *Estimate `json:"wounded,omitempty"`
}

// Estimate is a count of people by several claims. Best is the latest figure that counts, Low and High the envelope of
// all that count; Agreed says that they give one best.
type Estimate struct {
	Low    *int `json:"low,omitempty"`
	Best   *int `json:"best,omitempty"`
	High   *int `json:"high,omitempty"`
	Agreed bool `json:"agreed"`
}

// SourceCount counts what an event's live claims rest on. Voices are those of live positive claims of its occurrence.
type SourceCount struct {
	Documents  int `json:"documents"`
	Publishers int `json:"publishers"`
	Voices     int `json:"voices"`
}

// Participation is the edge Actor PARTICIPATED_IN Event. There is one for an actor and a role; side, capacity and
// representing come from the latest live positive claim that states them.
type Participation struct {
	Actor        ID              `json:"actor"`
	Role         ParticipantRole `json:"role"`
	Side         Side            `json:"side,omitempty"`
	Capacity     string          `json:"capacity,omitempty"`
	Representing ID              `json:"representing,omitempty"`
	Status       ClaimStatus     `json:"status"`
	Claims       []ID            `json:"claims"`
}

// EventLocation is the edge Event OCCURRED_AT Location.
type EventLocation struct {
	Location  ID           `json:"location"`
	Role      LocationRole `json:"role"`
	Precision int          `json:"precision,omitempty"`
	Claims    []ID         `json:"claims"`
}

// EventPart is the edge Event PART_OF Event.
type EventPart struct {
	Part   ID   `json:"part"`
	Whole  ID   `json:"whole"`
	Claims []ID `json:"claims"`
}

// Response is the edge Event RESPONDS_TO Event: By answers To.
type Response struct {
	By        ID           `json:"by"`
	To        ID           `json:"to"`
	Kind      ResponseKind `json:"kind"`
	Condition string       `json:"condition,omitempty"`
	Claims    []ID         `json:"claims"`
}

// Announcement is the edge Event ANNOUNCES Event.
type Announcement struct {
	By     ID   `json:"by"`
	Of     ID   `json:"of"`
	Claims []ID `json:"claims"`
}

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

// EventEdges are the edges of one event in one view, each list in its canonical order.
type EventEdges struct {
	Participations []Participation
	Locations      []EventLocation
	Wholes         []EventPart
	RespondsTo     []Response
	Responses      []Response
	Announces      []Announcement
	AnnouncedBy    []Announcement
	// Figures are those of the event's live claims, latest claim first.
	Figures []Figure
}
