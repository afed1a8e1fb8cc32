package store

import (
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// In every filter all conditions must hold, and a list of values matches any of them, unless the field's comment states
// otherwise. A nil field is no condition; an empty list of values matches nothing.

// TimeRange bounds a time. Either end may be nil. A value stands for its whole extent: from "2025-12" starts on the
// 1st, to "2025-12" ends on the 31st.
type TimeRange struct {
	From      *edtf.Time `json:"from,omitzero"`
	To        *edtf.Time `json:"to,omitzero"`
	Certainty *Certainty `json:"certainty,omitzero"`
}

// Bounds returns the half-open range. A nil end is unbounded.
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

// Definitely reports whether a time's hull must lie inside the range, rather than overlap it.
func (r TimeRange) Definitely() bool { return r.Certainty != nil && *r.Certainty == Definitely }

// Matches reports whether a time is in the range. Engines implement the same rule: POSSIBLY is earliest < hi and
// latest > lo; DEFINITELY is earliest >= lo and latest <= hi.
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

// CodeFilter matches a code of a scheme: exactly Value, or beginning with StartsWith, or any code if both are nil.
type CodeFilter struct {
	Scheme     string  `json:"scheme"`
	Value      *string `json:"value,omitzero"`
	StartsWith *string `json:"startsWith,omitzero"`
}

// IdentifierFilter matches an identifier.
type IdentifierFilter struct {
	Scheme string `json:"scheme"`
	Value  string `json:"value"`
}

// ParticipantFilter matches a participation that meets all conditions. Representing matches a participation on behalf
// of one of the actors, by its own Representing or by an affiliation of the participant with one of them: of one of
// RepresentingTypes, supported by a claim in the view, and possibly valid at the event's time.
type ParticipantFilter struct {
	AnyOf        []kg.ID              `json:"anyOf,omitzero"`
	Representing []kg.ID              `json:"representing,omitzero"`
	Roles        []kg.ParticipantRole `json:"roles,omitzero"`
	Kinds        []kg.ActorKind       `json:"kinds,omitzero"`
	Countries    []string             `json:"countries,omitzero"`
	Sides        []kg.Side            `json:"sides,omitzero"`
	Statuses     []kg.ClaimStatus     `json:"statuses,omitzero"`
}

// RepresentingTypes are the types of affiliations by which an actor acts on behalf of another.
func RepresentingTypes() []kg.AffiliationType {
	return []kg.AffiliationType{kg.AffiliationRepresentation, kg.AffiliationOffice}
}

// NearFilter is a circle on the sphere of the WGS84 mean radius; km > 0.
type NearFilter struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Km        float64 `json:"km"`
}

// BoxFilter is a box in degrees, edges included. If west > east it crosses the antimeridian.
type BoxFilter struct {
	West  float64 `json:"west"`
	South float64 `json:"south"`
	East  float64 `json:"east"`
	North float64 `json:"north"`
}

// PlaceFilter matches a location of an event that meets all conditions. Within matches a location and everything it
// contains. Roles are the location's roles in the event; they are invalid in a LocationFilter.
type PlaceFilter struct {
	Within    []kg.ID           `json:"within,omitzero"`
	Near      *NearFilter       `json:"near,omitzero"`
	Box       *BoxFilter        `json:"box,omitzero"`
	Countries []string          `json:"countries,omitzero"`
	Roles     []kg.LocationRole `json:"roles,omitzero"`
}

// ResponseFilter matches events that have a response of one of Kinds, nil meaning any. A response to an event that
// announces a PROPOSED event is a response to that one, too (not the PROPOSED event itself). Exists defaults to true;
// if it is false, events without such a response match.
type ResponseFilter struct {
	Exists *bool             `json:"exists,omitzero"`
	Kinds  []kg.ResponseKind `json:"kinds,omitzero"`
}

// WantExists returns Exists with its default.
func (r ResponseFilter) WantExists() bool { return r.Exists == nil || *r.Exists }

// EventFilter selects events.
type EventFilter struct {
	IDs           []kg.ID              `json:"ids,omitzero"`
	Text          *string              `json:"text,omitzero"`
	Time          *TimeRange           `json:"time,omitzero"`
	FirstAsserted *TimeRange           `json:"firstAsserted,omitzero"`
	Precision     []edtf.TimePrecision `json:"precision,omitzero"`
	// Participants requires a matching participant for every entry, each a different actor.
	Participants []ParticipantFilter `json:"participants,omitzero"`
	// WithoutActors requires that none of the actors takes part, in any role.
	WithoutActors []kg.ID            `json:"withoutActors,omitzero"`
	Place         *PlaceFilter       `json:"place,omitzero"`
	Categories    []kg.EventCategory `json:"categories,omitzero"`
	Modes         []string           `json:"modes,omitzero"`
	Codes         []CodeFilter       `json:"codes,omitzero"`
	Modalities    []kg.Modality      `json:"modalities,omitzero"`
	Statuses      []kg.ClaimStatus   `json:"statuses,omitzero"`
	// Killed bounds the best number of the toll; Voices bounds the number of voices.
	Killed *IntRange `json:"killed,omitzero"`
	Voices *IntRange `json:"voices,omitzero"`
	// Sources bounds the numbers of sources.
	Sources *SourceFilter `json:"sources,omitzero"`
	// PartOf matches parts of one of the events, at any depth.
	PartOf    []kg.ID         `json:"partOf,omitzero"`
	HasParts  *bool           `json:"hasParts,omitzero"`
	Responses *ResponseFilter `json:"responses,omitzero"`
	// RespondsWith matches events that respond to another one in one of these ways.
	RespondsWith []kg.ResponseKind `json:"respondsWith,omitzero"`
	// Documents, Publishers, Claimants and Datasets match events with a live claim that has one of them. Documents are the
	// claim's kg.Claim.SourceDocuments, and publishers are theirs; the dataset is the name of its release.
	Documents  []kg.ID  `json:"documents,omitzero"`
	Publishers []kg.ID  `json:"publishers,omitzero"`
	Claimants  []kg.ID  `json:"claimants,omitzero"`
	Datasets   []string `json:"datasets,omitzero"`
	// Disagreements matches events about which live claims disagree on one of the aspects, and Coding events with a live
	// claim that has one of the codings.
	Disagreements []kg.Aspect `json:"disagreements,omitzero"`
	Coding        []kg.Coding `json:"coding,omitzero"`
	// Extraction matches events with a live claim that has a matching extraction.
	Extraction *ExtractionFilter `json:"extraction,omitzero"`
	// Identity overrides the identity mode of the query's view for the events and everything under them. Set it in the
	// outermost filter; in nested filters it must be the same or nil.
	Identity *kg.IdentityMode `json:"identity,omitzero"`
	// And requires all filters. Or requires one, unless it is empty. Not is the plain complement.
	And []EventFilter `json:"and,omitzero"`
	Or  []EventFilter `json:"or,omitzero"`
	Not *EventFilter  `json:"not,omitzero"`
}

// IsExact reports whether the filter sets the EXACT view.
func (f *EventFilter) IsExact() bool {
	return f != nil && f.Identity != nil && *f.Identity == kg.IdentityExact
}

// InView returns v with the filter's Identity, if it is set.
func (f *EventFilter) InView(v kg.View) kg.View {
	if f != nil && f.Identity != nil {
		v.Identity = *f.Identity
	}
	return v
}

// ActorFilter selects actors. InEvents matches actors that take part, in any role, in a matching event. If its Identity
// is EXACT, it suffices that a member of the actor's identity class takes part.
type ActorFilter struct {
	IDs         []kg.ID            `json:"ids,omitzero"`
	Text        *string            `json:"text,omitzero"`
	Kinds       []kg.ActorKind     `json:"kinds,omitzero"`
	Countries   []string           `json:"countries,omitzero"`
	Identifiers []IdentifierFilter `json:"identifiers,omitzero"`
	InEvents    *EventFilter       `json:"inEvents,omitzero"`
}

// LocationFilter selects locations. Place applies to the location itself.
type LocationFilter struct {
	IDs         []kg.ID            `json:"ids,omitzero"`
	Text        *string            `json:"text,omitzero"`
	Kinds       []kg.LocationKind  `json:"kinds,omitzero"`
	Place       *PlaceFilter       `json:"place,omitzero"`
	Identifiers []IdentifierFilter `json:"identifiers,omitzero"`
}

// DocumentFilter selects documents. A document without a date is in no range of Published.
type DocumentFilter struct {
	IDs        []kg.ID    `json:"ids,omitzero"`
	Text       *string    `json:"text,omitzero"`
	Publishers []kg.ID    `json:"publishers,omitzero"`
	Languages  []string   `json:"languages,omitzero"`
	Published  *TimeRange `json:"published,omitzero"`
}

// SourceFilter bounds the numbers of an event's sources, each of kg.SourceCount.
type SourceFilter struct {
	Documents  *IntRange `json:"documents,omitzero"`
	Publishers *IntRange `json:"publishers,omitzero"`
	Voices     *IntRange `json:"voices,omitzero"`
	Datasets   *IntRange `json:"datasets,omitzero"`
}

// Ranges returns the range of each number, in the order of SourceNumbers; nil if it has none.
func (f *SourceFilter) Ranges() [4]*IntRange {
	if f == nil {
		return [4]*IntRange{}
	}
	return [...]*IntRange{f.Documents, f.Publishers, f.Voices, f.Datasets}
}

// SourceNumbers returns the numbers of an event's sources: documents, publishers, voices and data sets.
func SourceNumbers(n kg.SourceCount) [4]int {
	return [...]int{n.Documents, n.Publishers, n.Voices, n.Datasets}
}

// ClaimFilter selects claims, including withdrawn ones. Text matches the quote, its translations and the note.
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
	// Coding is that of kg.VoiceBook.CodingOf. Extraction matches claims with a matching extraction.
	Coding     []kg.Coding       `json:"coding,omitzero"`
	Extraction *ExtractionFilter `json:"extraction,omitzero"`
}

// ExtractionFilter matches an extraction that meets all conditions. Models matches the empty name where no model was
// used.
type ExtractionFilter struct {
	Tools  []string `json:"tools,omitzero"`
	Models []string `json:"models,omitzero"`
}

// Matches reports whether an extraction meets the conditions.
func (f *ExtractionFilter) Matches(e kg.Extraction) bool {
	return (f.Tools == nil || slices.Contains(f.Tools, e.Tool)) &&
		(f.Models == nil || slices.Contains(f.Models, e.Model))
}

// WithoutRetracted returns the filter that also leaves out RETRACTED events, unless Statuses names RETRACTED anywhere
// in it. Lists, counts, buckets, facets and exports use it; changes do not. Search has no filter and never finds
// RETRACTED events.
func (f *EventFilter) WithoutRetracted() *EventFilter {
	if f.contains(func(f *EventFilter) bool { return slices.Contains(f.Statuses, kg.StatusRetracted) }) {
		return f
	}
	n := EventFilter{}
	if f != nil {
		n = *f
	}
	if n.Statuses == nil {
		n.Statuses = statusesExcept(kg.StatusRetracted)
	}
	return &n
}
