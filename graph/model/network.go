package model

import (
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/relations"
)

// Path is a path between two actors, in a view.
type Path struct {
	relations.Path
	View   kg.View
	Filter *store.EventFilter
	Roles  []kg.ParticipantRole
}

// Length returns the number of hops.
func (p Path) Length() int { return len(p.Path.Hops) }

// Hop is a step of a path, in a view.
type Hop struct {
	relations.Hop
	View   kg.View
	Filter *store.EventFilter
	Roles  []kg.ParticipantRole
}

// Network is a network whose links carry the query's filter.
type Network struct {
	relations.Network
	Nodes []NetworkNode
	Links []Tie
}

// NetworkNode is an actor of a network, in a view.
type NetworkNode struct {
	relations.NetworkNode
	View kg.View
}

// Tie is what joins two actors, in a view: a link of a network, with its indexes, or by itself, with its affiliations.
// Filter and Roles are those of the query.
type Tie struct {
	relations.Tie
	SourceIndex, TargetIndex int
	View                     kg.View
	Filter                   *store.EventFilter
	Roles                    []kg.ParticipantRole
}
