package kg

// In every filter all given conditions hold together, and a list of values means any of them, except where its comment
// says otherwise. nil is no condition; an empty list of values matches nothing.

// TimeRange bounds a time. Either end may be left out; a value stands for its whole extent: from "2025-12" starts on the
// 1st, to "2025-12" ends on the 31st.
type TimeRange struct {
	From      *Time      `json:"from,omitempty"`
	To        *Time      `json:"to,omitempty"`
	Certainty *Certainty `json:"certainty,omitempty"`
}

// Bounds is the half-open range; an end left out is unbounded.
func (r TimeRange) Bounds() (lo, hi Instant) {
	lo, hi = BeginningOfTime, EndOfTime
	if r.From != nil {
		lo = r.From.Earliest
	}
	if r.To != nil {
		hi = r.To.Latest
	}
	return lo, hi
}

// Definitely says whether a time's hull must lie inside the range, rather than overlap it.
func (r TimeRange) Definitely() bool { return r.Certainty != nil && *r.Certainty == Definitely }

// Matches is the rule that every engine's clause expresses:
// POSSIBLY earliest < hi and latest > lo; DEFINITELY earliest >= lo and latest <= hi.
func (r TimeRange) Matches(t Time) bool {
	lo, hi := r.Bounds()
	if r.Definitely() {
		return t.DefinitelyWithin(lo, hi)
	}
	return t.PossiblyWithin(lo, hi)
}

// IntRange bounds a number, both ends inclusive. An absent number lies in no range.
type IntRange struct {
	Min *int `json:"min,omitempty"`
	Max *int `json:"max,omitempty"`
}

// CodeFilter asks for a code of a scheme: exactly Value, or beginning with StartsWith, or any where both are nil.
type CodeFilter struct {
	Scheme     string  `json:"scheme"`
	Value      *string `json:"value,omitempty"`
	StartsWith *string `json:"startsWith,omitempty"`
}

// IdentifierFilter asks for an identifier.
type IdentifierFilter struct {
	Scheme string `json:"scheme"`
	Value  string `json:"value"`
}

// ParticipantFilter asks for one participation of which all conditions hold.
type ParticipantFilter struct {
	AnyOf        []ID              `json:"anyOf,omitempty"`
	Representing []ID              `json:"representing,omitempty"`
	Roles        []ParticipantRole `json:"roles,omitempty"`
	Kinds        []ActorKind       `json:"kinds,omitempty"`
	Countries    []string          `json:"countries,omitempty"`
	Sides        []Side            `json:"sides,omitempty"`
}

// NearFilter is a circle on the sphere of the WGS84 mean radius; km > 0.
type NearFilter struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Km        float64 `json:"km"`
}

// BoxFilter is a box of degrees, its edges included; where west > east it crosses the antimeridian.
type BoxFilter struct {
	West  float64 `json:"west"`
	South float64 `json:"south"`
	East  float64 `json:"east"`
	North float64 `json:"north"`
}

// PlaceFilter asks for one place of an event of which all conditions hold. Within takes a place and all it contains.
// Roles are those the place has in the event; asked of a location itself they mean nothing and are refused.
type PlaceFilter struct {
	Within    []ID           `json:"within,omitempty"`
	Near      *NearFilter    `json:"near,omitempty"`
	Box       *BoxFilter     `json:"box,omitempty"`
	Countries []string       `json:"countries,omitempty"`
	Roles     []LocationRole `json:"roles,omitempty"`
}

// ResponseFilter asks whether an event has been answered: by any response, or by one of Kinds. Exists nil means true.
type ResponseFilter struct {
	Exists *bool          `json:"exists,omitempty"`
	Kinds  []ResponseKind `json:"kinds,omitempty"`
}

// Wanted is Exists with its default.
func (r ResponseFilter) Wanted() bool { return r.Exists == nil || *r.Exists }

// EventFilter selects events.
type EventFilter struct {
	IDs           []ID            `json:"ids,omitempty"`
	Text          *string         `json:"text,omitempty"`
	Time          *TimeRange      `json:"time,omitempty"`
	FirstAsserted *TimeRange      `json:"firstAsserted,omitempty"`
	Precision     []TimePrecision `json:"precision,omitempty"`
	// Participants: every entry needs a matching participant of its own, a different actor for each.
	Participants []ParticipantFilter `json:"participants,omitempty"`
	// WithoutActors: none of them takes part, in whatever role.
	WithoutActors []ID            `json:"withoutActors,omitempty"`
	Place         *PlaceFilter    `json:"place,omitempty"`
	Categories    []EventCategory `json:"categories,omitempty"`
	Modes         []string        `json:"modes,omitempty"`
	Codes         []CodeFilter    `json:"codes,omitempty"`
	Modalities    []Modality      `json:"modalities,omitempty"`
	Statuses      []ClaimStatus   `json:"statuses,omitempty"`
	// Killed bounds the toll's best; Voices bounds sources.voices.
	Killed *IntRange `json:"killed,omitempty"`
	Voices *IntRange `json:"voices,omitempty"`
	// PartOf: a part of one of them, at any depth.
	PartOf    []ID            `json:"partOf,omitempty"`
	HasParts  *bool           `json:"hasParts,omitempty"`
	Responses *ResponseFilter `json:"responses,omitempty"`
	// Documents, Publishers, Claimants, Datasets: a live claim of the event has one of them. A publisher is the claim's
	// document's, a dataset the name of the claim's release's.
	Documents  []ID     `json:"documents,omitempty"`
	Publishers []ID     `json:"publishers,omitempty"`
	Claimants  []ID     `json:"claimants,omitempty"`
	Datasets   []string `json:"datasets,omitempty"`
	// And: all hold. Or: one holds, if the list is not empty. Not: the plain complement.
	And []EventFilter `json:"and,omitempty"`
	Or  []EventFilter `json:"or,omitempty"`
	Not *EventFilter  `json:"not,omitempty"`
}

// ActorFilter selects actors. InEvents: the actor takes part, in whatever role, in an event that matches.
type ActorFilter struct {
	IDs         []ID               `json:"ids,omitempty"`
	Text        *string            `json:"text,omitempty"`
	Kinds       []ActorKind        `json:"kinds,omitempty"`
	Countries   []string           `json:"countries,omitempty"`
	Identifiers []IdentifierFilter `json:"identifiers,omitempty"`
	InEvents    *EventFilter       `json:"inEvents,omitempty"`
}

// LocationFilter selects locations; Place is asked of the location itself.
type LocationFilter struct {
	IDs         []ID               `json:"ids,omitempty"`
	Text        *string            `json:"text,omitempty"`
	Kinds       []LocationKind     `json:"kinds,omitempty"`
	Place       *PlaceFilter       `json:"place,omitempty"`
	Identifiers []IdentifierFilter `json:"identifiers,omitempty"`
}

// DocumentFilter selects documents. A document without a date lies in no range of Published.
type DocumentFilter struct {
	IDs        []ID       `json:"ids,omitempty"`
	Text       *string    `json:"text,omitempty"`
	Publishers []ID       `json:"publishers,omitempty"`
	Languages  []string   `json:"languages,omitempty"`
	Published  *TimeRange `json:"published,omitempty"`
}

// ClaimFilter selects claims, withdrawn ones among them. Text is looked for in the quote, its translations and the note.
type ClaimFilter struct {
	Subjects    []ID       `json:"subjects,omitempty"`
	Documents   []ID       `json:"documents,omitempty"`
	Publishers  []ID       `json:"publishers,omitempty"`
	Claimants   []ID       `json:"claimants,omitempty"`
	Speakers    []ID       `json:"speakers,omitempty"`
	Stances     []Stance   `json:"stances,omitempty"`
	Aspects     []Aspect   `json:"aspects,omitempty"`
	Asserted    *TimeRange `json:"asserted,omitempty"`
	HasQuote    *bool      `json:"hasQuote,omitempty"`
	DirectQuote *bool      `json:"directQuote,omitempty"`
	HasFigures  *bool      `json:"hasFigures,omitempty"`
	Text        *string    `json:"text,omitempty"`
}
