// Package model holds the types of the API that the domain does not have: pages in the form of Relay's Cursor Connections,
// and domain values together with the view they were read in, so that what hangs below them is read alike.
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

// PageInfo says where a page lies in the whole list. An empty page has no cursors.
type PageInfo struct {
	HasNextPage, HasPreviousPage bool
	StartCursor, EndCursor       string
}

// SearchEdge is one thing that a search found, and the words that matched.
type SearchEdge struct {
	Cursor  string
	Node    kg.Node
	Matched string
}

// CoParticipantEdge is one actor who took part in the same events; the actor and the events are only named.
type CoParticipantEdge struct {
	Cursor string
	store.CoParticipant
	View kg.View
}

// The connections of the schema.
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
	SearchConnection        = Connection[SearchEdge, kg.Node]
	CoParticipantConnection = Connection[CoParticipantEdge, kg.Actor]
)
