package model

import (
	"casus/internal/kg"
	"casus/internal/store"
)

// Path is a path between two actors, in a view.
type Path struct {
	store.Path
	View   kg.View
	Filter *store.EventFilter
	Roles  []kg.ParticipantRole
}

// Length returns the number of hops.
func (p Path) Length() int { return len(p.Path.Hops) }

// Hop is a step of a path, in a view.
type Hop struct {
	store.Hop
	View   kg.View
	Filter *store.EventFilter
	Roles  []kg.ParticipantRole
}

// Network is a network whose links carry the query's filter.
type Network struct {
	store.Network
	Nodes []NetworkNode
	Links []NetworkLink
}

// NetworkNode is an actor of a network, in a view.
type NetworkNode struct {
	store.NetworkNode
	View kg.View
}

// NetworkLink is a link between two actors, in a view. Filter and Roles are those of the query.
type NetworkLink struct {
	store.NetworkLink
	View   kg.View
	Filter *store.EventFilter
	Roles  []kg.ParticipantRole
}
