package model

import (
	"casus/internal/kg"
	"casus/internal/store"
)

// Path is one way from an actor to another, in a view.
type Path struct {
	store.Path
	View  kg.View
	Roles []kg.ParticipantRole
}

// Length counts the hops.
func (p Path) Length() int { return len(p.Path.Hops) }

// Hop is one step of a path, in a view.
type Hop struct {
	store.Hop
	View  kg.View
	Roles []kg.ParticipantRole
}

// Network is a network, with the links as they were asked for.
type Network struct {
	store.Network
	Nodes []NetworkNode
	Links []NetworkLink
}

// NetworkNode is one actor of a network, in a view.
type NetworkNode struct {
	store.NetworkNode
	View kg.View
}

// NetworkLink is a tie of two actors, in a view; Filter and Roles are what was asked for.
type NetworkLink struct {
	store.NetworkLink
	View   kg.View
	Filter *store.EventFilter
	Roles  []kg.ParticipantRole
}
