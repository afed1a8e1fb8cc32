package store

import (
	"casus/internal/edtf"
	"casus/internal/kg"
)

// Relation names a list that belongs to a parent node.
type Relation string

// The relations. The first word names the kind of the parents.
const (
	// ActorTimeline lists events that the actor takes part in, in one of Scope.Roles if set.
	ActorTimeline Relation = "ACTOR_TIMELINE"
	// LocationTimeline lists events at the location or at any location it contains.
	LocationTimeline Relation = "LOCATION_TIMELINE"
	// DocumentTimeline lists events that a live claim in the document is about.
	DocumentTimeline Relation = "DOCUMENT_TIMELINE"
	// EventParts lists direct parts of the event.
	EventParts Relation = "EVENT_PARTS"
	// LocationChildren lists locations that lie directly in the location.
	LocationChildren Relation = "LOCATION_CHILDREN"
	// DocumentSyndicatedBy lists documents that reprint the document.
	DocumentSyndicatedBy Relation = "DOCUMENT_SYNDICATED_BY"
	// SubjectClaims lists claims about the event or affiliation.
	SubjectClaims Relation = "SUBJECT_CLAIMS"
	// DocumentClaims lists claims in the document.
	DocumentClaims Relation = "DOCUMENT_CLAIMS"
	// ActorClaims lists claims whose claimants include the actor, or whose quote has the actor as speaker.
	ActorClaims Relation = "ACTOR_CLAIMS"
)

// Scope runs a query under parents: the result has a page for each of IDs, in their order.
type Scope struct {
	Relation Relation
	IDs      []kg.ID
	Roles    []kg.ParticipantRole
}

// ListQuery is a query for pages with a filter of type F, which is normalized, and an order of type O.
type ListQuery[F, O any] struct {
	View   kg.View
	Filter *F
	Order  O
	Window Window
	// Total requests the count of the whole list.
	Total bool
	// Scope selects one page for every parent; nil means one page over all nodes.
	Scope *Scope
	// Prefetch requests data to read with each event of a list.
	Prefetch Prefetch
}

// The queries for pages.
type (
	// EventQuery selects pages of events.
	EventQuery = ListQuery[EventFilter, EventOrder]
	// ActorQuery selects pages of actors.
	ActorQuery = ListQuery[ActorFilter, ActorOrder]
	// LocationQuery selects pages of locations.
	LocationQuery = ListQuery[LocationFilter, LocationOrder]
	// DocumentQuery selects pages of documents.
	DocumentQuery = ListQuery[DocumentFilter, DocumentOrder]
	// ClaimQuery selects pages of claims.
	ClaimQuery = ListQuery[ClaimFilter, ClaimOrder]
)

// SearchQuery finds nodes by text, in the order (rank, id); near results come last (see SearchPage).
type SearchQuery struct {
	View kg.View
	// Text is the user's input, not folded.
	Text string
	// Types limits the search; empty means all types.
	Types  []NodeType
	Window Window
	Total  bool
}

// Hit is a node that a search found. Matched is the name, title, summary or quote that matches best; of a near result
// the nearest name.
type Hit struct {
	Node    kg.Node
	Matched string
	// Near reports whether a name is only spelt nearly like the query.
	Near bool
}

// CoParticipantQuery finds, for each actor, the actors in the same events, ordered by the number of shared events, most
// first, then by id.
type CoParticipantQuery struct {
	View   kg.View
	Actors []kg.ID
	// Filter selects events with the defaults of EventFilter.Connecting and ConnectingStatuses. Roles are the roles that
	// count, for both actors, by default ConnectingRoles.
	Filter *EventFilter
	Roles  []kg.ParticipantRole
	Window Window
	Total  bool
}

// CoParticipant is an actor that shares events with another.
type CoParticipant struct {
	Actor  kg.ID
	Events int
	// First and Last are the earliest and latest shared events by start, ties by id. Events without a known start count
	// only if no start is known.
	First, Last kg.ID
}

// AffiliationQuery finds the affiliations of each actor, as holder and as counterpart, ordered by id.
type AffiliationQuery struct {
	View   kg.View
	Actors []kg.ID
	// At selects affiliations whose valid time possibly overlaps it, or that have no valid time.
	At    *edtf.Time
	Types []kg.AffiliationType
}
