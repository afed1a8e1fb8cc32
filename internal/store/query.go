package store

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"time"
)

// Relation names a connection that hangs off a parent node.
type Relation string

// The relations. Their parents are of the kind that the first word names.
const (
	// ActorTimeline: events the actor takes part in, in one of Scope.Roles where these are given.
	ActorTimeline Relation = "ACTOR_TIMELINE"
	// LocationTimeline: events at the place or at any place it contains.
	LocationTimeline Relation = "LOCATION_TIMELINE"
	// DocumentTimeline: events that a live claim in the document is about.
	DocumentTimeline Relation = "DOCUMENT_TIMELINE"
	// EventParts: direct parts of the event.
	EventParts Relation = "EVENT_PARTS"
	// LocationChildren: places that lie directly in the place.
	LocationChildren Relation = "LOCATION_CHILDREN"
	// DocumentSyndicatedBy: documents that reprint the document.
	DocumentSyndicatedBy Relation = "DOCUMENT_SYNDICATED_BY"
	// SubjectClaims: claims about the event or affiliation.
	SubjectClaims Relation = "SUBJECT_CLAIMS"
	// DocumentClaims: claims in the document.
	DocumentClaims Relation = "DOCUMENT_CLAIMS"
	// ActorClaims: claims of which the actor is a claimant or the quote's speaker.
	ActorClaims Relation = "ACTOR_CLAIMS"
)

// Scope hangs a query under parents: it is answered once for each of IDs, in their order.
type Scope struct {
	Relation Relation
	IDs      []kg.ID
	Roles    []kg.ParticipantRole
}

// ListQuery is what all queries for pages have. Filter is normalized; F is the filter's type, O the order's.
type ListQuery[F, O any] struct {
	View   kg.View
	Filter *F
	Order  O
	Window Window
	// Total asks for the count of the whole list.
	Total bool
	// Scope nil asks for one page over all; else there is a page for every parent.
	Scope *Scope
	// Prefetch is what to read along with each event of a list.
	Prefetch Prefetch
}

// The queries for pages.
type (
	EventQuery    = ListQuery[EventFilter, EventOrder]
	ActorQuery    = ListQuery[ActorFilter, ActorOrder]
	LocationQuery = ListQuery[LocationFilter, LocationOrder]
	DocumentQuery = ListQuery[DocumentFilter, DocumentOrder]
	ClaimQuery    = ListQuery[ClaimFilter, ClaimOrder]
)

// SearchQuery asks for nodes by text, best first: (rank, id).
type SearchQuery struct {
	View kg.View
	// Text is as the user typed it.
	Text string
	// Types limits the search; empty: all.
	Types  []NodeType
	Window Window
	Total  bool
}

// Hit is one node that a search found. Matched is the name, title, summary or quote that holds the words best.
type Hit struct {
	Node    kg.Node
	Matched string
}

// CoParticipantQuery asks, for each actor, who took part in the same events: most events first, then by id.
type CoParticipantQuery struct {
	View   kg.View
	Actors []kg.ID
	Filter *EventFilter
	// Roles are those that count, on both sides; nil: all but CLAIMANT and MENTIONED. Events that have parts are left
	// out unless the filter's HasParts asks for them.
	Roles  []kg.ParticipantRole
	Window Window
	Total  bool
}

// CoParticipant is one actor who took part in the same events as another.
type CoParticipant struct {
	Actor  kg.ID
	Events int
	// First and Last are the earliest and latest of the shared events in time order, ties by id.
	First, Last kg.ID
}

// AffiliationQuery asks, for each actor, for its affiliations as holder and as counterpart, by id.
type AffiliationQuery struct {
	View   kg.View
	Actors []kg.ID
	// At keeps those whose valid time possibly overlaps it; one without valid time always does.
	At    *edtf.Time
	Types []kg.AffiliationType
}

// BucketQuery asks for events counted by calendar bucket.
type BucketQuery struct {
	View     kg.View
	Filter   *EventFilter
	Interval edtf.CalendarInterval
	// SplitBy "" makes no groups.
	SplitBy BucketSplit
	// Zone nil is UTC.
	Zone *time.Location
}
