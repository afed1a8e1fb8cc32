package store

import (
	"casus/internal/edtf"
	"casus/internal/kg"
)

// In every filter all given conditions hold together, and a list of values means any of them, except where its comment
// says otherwise. nil is no condition; an empty list of values matches nothing.

// TimeRange bounds a time. Either end may be left out; a value stands for its whole extent: from "2025-12" starts on the
// 1st, to "2025-12" ends on the 31st.
type TimeRange struct {
	From      *edtf.Time `json:"from,omitzero"`
	To        *edtf.Time `json:"to,omitzero"`
	Certainty *Certainty `json:"certainty,omitzero"`
}

// Bounds is the half-open range; an end left out is unbounded.
func (r TimeRange) Bounds() (lo, hi edtf.Instant) {
	lo, hi = edtf.BeginningOfTime, edtf.EndOfTime
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
func (r TimeRange) Matches(t edtf.Time) bool {
	lo, hi := r.Bounds()
	if r.Definitely() {
		return t.DefinitelyWithin(lo, hi)
	}
	return t.PossiblyWithin(lo, hi)
}

// IntRange bounds a number, both ends inclusive. An absent number lies in no range.
type IntRange struct {
	Min *int `json:"min,omitzero"`
	Max *int `json:"max,omitzero"`
}

// CodeFilter asks for a code of a scheme: exactly Value, or beginning with StartsWith, or any where both are nil.
type CodeFilter struct {
	Scheme     string  `json:"scheme"`
	Value      *string `json:"value,omitzero"`
	StartsWith *string `json:"startsWith,omitzero"`
}

// IdentifierFilter asks for an identifier.
type IdentifierFilter struct {
	Scheme string `json:"scheme"`
	Value  string `json:"value"`
}

// ParticipantFilter asks for one participation of which all conditions hold.
type ParticipantFilter struct {
	AnyOf        []kg.ID              `json:"anyOf,omitzero"`
	Representing []kg.ID              `json:"representing,omitzero"`
	Roles        []kg.ParticipantRole `json:"roles,omitzero"`
	Kinds        []kg.ActorKind       `json:"kinds,omitzero"`
	Countries    []string             `json:"countries,omitzero"`
	Sides        []kg.Side            `json:"sides,omitzero"`
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
	Within    []kg.ID           `json:"within,omitzero"`
	Near      *NearFilter       `json:"near,omitzero"`
	Box       *BoxFilter        `json:"box,omitzero"`
	Countries []string          `json:"countries,omitzero"`
	Roles     []kg.LocationRole `json:"roles,omitzero"`
}

// ResponseFilter asks whether an event has been answered: by any response, or by one of Kinds. Exists nil means true.
type ResponseFilter struct {
	Exists *bool             `json:"exists,omitzero"`
	Kinds  []kg.ResponseKind `json:"kinds,omitzero"`
}

// Wanted is Exists with its default.
func (r ResponseFilter) Wanted() bool { return r.Exists == nil || *r.Exists }

// EventFilter selects events.
type EventFilter struct {
	IDs           []kg.ID              `json:"ids,omitzero"`
	Text          *string              `json:"text,omitzero"`
	Time          *TimeRange           `json:"time,omitzero"`
	FirstAsserted *TimeRange           `json:"firstAsserted,omitzero"`
	Precision     []edtf.TimePrecision `json:"precision,omitzero"`
	// Participants: every entry needs a matching participant of its own, a different actor for each.
	Participants []ParticipantFilter `json:"participants,omitzero"`
	// WithoutActors: none of them takes part, in whatever role.
	WithoutActors []kg.ID            `json:"withoutActors,omitzero"`
	Place         *PlaceFilter       `json:"place,omitzero"`
	Categories    []kg.EventCategory `json:"categories,omitzero"`
	Modes         []string           `json:"modes,omitzero"`
	Codes         []CodeFilter       `json:"codes,omitzero"`
	Modalities    []kg.Modality      `json:"modalities,omitzero"`
	Statuses      []kg.ClaimStatus   `json:"statuses,omitzero"`
	// Killed bounds the toll's best; Voices bounds sources.voices.
	Killed *IntRange `json:"killed,omitzero"`
	Voices *IntRange `json:"voices,omitzero"`
	// PartOf: a part of one of them, at any depth.
	PartOf    []kg.ID         `json:"partOf,omitzero"`
	HasParts  *bool           `json:"hasParts,omitzero"`
	Responses *ResponseFilter `json:"responses,omitzero"`
	// Documents, Publishers, Claimants, Datasets: a live claim of the event has one of them. A publisher is the claim's
	// document's, a dataset the name of the claim's release's.
	Documents  []kg.ID  `json:"documents,omitzero"`
	Publishers []kg.ID  `json:"publishers,omitzero"`
	Claimants  []kg.ID  `json:"claimants,omitzero"`
	Datasets   []string `json:"datasets,omitzero"`
	// Identity is how the events, and all that hangs under them, are read: nil as the query's view says. It is meant at
	// the top; one within another filter is the same or nil.
	Identity *kg.IdentityMode `json:"identity,omitzero"`
	// And: all hold. Or: one holds, if the list is not empty. Not: the plain complement.
	And []EventFilter `json:"and,omitzero"`
	Or  []EventFilter `json:"or,omitzero"`
	Not *EventFilter  `json:"not,omitzero"`
}

// IsExact says whether a filter asks for events to be read apart, whatever the view.
func (f *EventFilter) IsExact() bool {
	return f != nil && f.Identity != nil && *f.Identity == kg.IdentityExact
}

// InView is the view in which a filter's events are read: the given one, but as the filter says where it does.
func (f *EventFilter) InView(v kg.View) kg.View {
	if f != nil && f.Identity != nil {
		v.Identity = *f.Identity
	}
	return v
}

// ActorFilter selects actors. InEvents: the actor takes part, in whatever role, in an event that matches; where
// its Identity is EXACT, one of those does who are one with the actor.
type ActorFilter struct {
	IDs         []kg.ID            `json:"ids,omitzero"`
	Text        *string            `json:"text,omitzero"`
	Kinds       []kg.ActorKind     `json:"kinds,omitzero"`
	Countries   []string           `json:"countries,omitzero"`
	Identifiers []IdentifierFilter `json:"identifiers,omitzero"`
	InEvents    *EventFilter       `json:"inEvents,omitzero"`
}

// LocationFilter selects locations; Place is asked of the location itself.
type LocationFilter struct {
	IDs         []kg.ID            `json:"ids,omitzero"`
	Text        *string            `json:"text,omitzero"`
	Kinds       []kg.LocationKind  `json:"kinds,omitzero"`
	Place       *PlaceFilter       `json:"place,omitzero"`
	Identifiers []IdentifierFilter `json:"identifiers,omitzero"`
}

// DocumentFilter selects documents. A document without a date lies in no range of Published.
type DocumentFilter struct {
	IDs        []kg.ID    `json:"ids,omitzero"`
	Text       *string    `json:"text,omitzero"`
	Publishers []kg.ID    `json:"publishers,omitzero"`
	Languages  []string   `json:"languages,omitzero"`
	Published  *TimeRange `json:"published,omitzero"`
}

// ClaimFilter selects claims, withdrawn ones among them. Text is looked for in the quote, its translations and the note.
type ClaimFilter struct {
	Subjects    []kg.ID     `json:"subjects,omitzero"`
	Documents   []kg.ID     `json:"documents,omitzero"`
	Publishers  []kg.ID     `json:"publishers,omitzero"`
	Claimants   []kg.ID     `json:"claimants,omitzero"`
	Speakers    []kg.ID     `json:"speakers,omitzero"`
	Stances     []kg.Stance `json:"stances,omitzero"`
	Aspects     []kg.Aspect `json:"aspects,omitzero"`
	Asserted    *TimeRange  `json:"asserted,omitzero"`
	HasQuote    *bool       `json:"hasQuote,omitzero"`
	DirectQuote *bool       `json:"directQuote,omitzero"`
	HasFigures  *bool       `json:"hasFigures,omitzero"`
	Text        *string     `json:"text,omitzero"`
}
