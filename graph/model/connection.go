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

// EventConnection and the types after it are the connections of the schema and their edges.
type (
	EventConnection         = Connection[Edge[kg.Event], kg.Event]
	EventEdge               = Edge[kg.Event]
	ActorConnection         = Connection[Edge[kg.Actor], kg.Actor]
	ActorEdge               = Edge[kg.Actor]
	LocationConnection      = Connection[Edge[kg.Location], kg.Location]
	LocationEdge            = Edge[kg.Location]
	DocumentConnection      = Connection[Edge[kg.Document], kg.Document]
	DocumentEdge            = Edge[kg.Document]
	ClaimConnection         = Connection[Edge[kg.Claim], kg.Claim]
	ClaimEdge               = Edge[kg.Claim]
	ChangeConnection        = Connection[Edge[Change], Change]
	ChangeEdge              = Edge[Change]
	CoParticipantConnection = Connection[CoParticipantEdge, kg.Actor]
)
