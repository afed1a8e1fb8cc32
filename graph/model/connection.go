// Package model holds the API's types that the domain lacks: pages in the form of Relay's Cursor Connections, and
// domain values with the view they were read in, so that everything below them is read in the same view.
package model

import (
	"casus/internal/kg"
	"casus/internal/store"
)

// Connection is one page of a list, with edges E around nodes N.
type Connection[E, N any] struct {
	Edges      []E
	Nodes      []N
	PageInfo   PageInfo
	TotalCount *int
}

// Edge is one node of a page and its place in the list.
type Edge[N any] struct {
	Cursor string
	Node   N
}

// PageInfo locates a page in the whole list. An empty page has no cursors.
type PageInfo struct {
	HasNextPage, HasPreviousPage bool
	StartCursor, EndCursor       string
}

// SearchEdge is a search result with the text that matched.
type SearchEdge struct {
	Cursor  string
	Node    kg.Node
	Matched string
	Near    bool
}

// SearchConnection is a page of search results.
type SearchConnection struct {
	Connection[SearchEdge, kg.Node]
}

// DidYouMean returns the name of the first near result, or nil if there is none.
func (c SearchConnection) DidYouMean() *string {
	for _, e := range c.Edges {
		if e.Near {
			return &e.Matched
		}
	}
	return nil
}

// CoParticipantEdge is an actor who took part in the same events. It has only the ids of the actor and the events.
type CoParticipantEdge struct {
	Cursor string
	store.CoParticipant
	View kg.View
}

// The connections of the schema and their edges.
type (
	// EventConnection is a page of events.
	EventConnection = Connection[Edge[kg.Event], kg.Event]
	// EventEdge is an event of a page.
	EventEdge = Edge[kg.Event]
	// ActorConnection is a page of actors.
	ActorConnection = Connection[Edge[kg.Actor], kg.Actor]
	// ActorEdge is an actor of a page.
	ActorEdge = Edge[kg.Actor]
	// LocationConnection is a page of locations.
	LocationConnection = Connection[Edge[kg.Location], kg.Location]
	// LocationEdge is a location of a page.
	LocationEdge = Edge[kg.Location]
	// DocumentConnection is a page of documents.
	DocumentConnection = Connection[Edge[kg.Document], kg.Document]
	// DocumentEdge is a document of a page.
	DocumentEdge = Edge[kg.Document]
	// ClaimConnection is a page of claims.
	ClaimConnection = Connection[Edge[kg.Claim], kg.Claim]
	// ClaimEdge is a claim of a page.
	ClaimEdge = Edge[kg.Claim]
	// ChangeConnection is a page of changes.
	ChangeConnection = Connection[Edge[Change], Change]
	// ChangeEdge is a change of a page.
	ChangeEdge = Edge[Change]
	// CoParticipantConnection is a page of actors who took part in the same events as another.
	CoParticipantConnection = Connection[CoParticipantEdge, kg.Actor]
)
