package store

import (
	"casus/internal/kg"
	"context"
)

// NetworkReader answers how actors are connected: through events they took part in, and by affiliations. Events that have
// parts are left out unless the filter's HasParts asks for them, and the roles CLAIMANT and MENTIONED unless asked for.
// Provenance is never walked. A filter's Identity goes before the view's, and says how actors are read too: EXACT, those that
// are one are connected each by itself. Errors are a Store's; LIMIT_EXCEEDED where a graph is larger than there is memory for.
type NetworkReader interface {
	// Paths gives the best paths between two actors. None is no error.
	Paths(ctx context.Context, q PathQuery) ([]Path, error)
	// Network gives the weighted network of the selected events.
	Network(ctx context.Context, q NetworkQuery) (Network, error)
}

// LinkKind is what ties two actors.
type LinkKind string

// The values of LinkKind.
const (
	LinkEvent         LinkKind = "EVENT"
	LinkByAffiliation LinkKind = "AFFILIATION"
)

// LinkKinds lists the values of LinkKind in their fixed order.
func LinkKinds() []LinkKind { return []LinkKind{LinkEvent, LinkByAffiliation} }

// Valid says whether l is one of them.
func (l LinkKind) Valid() bool { return l == LinkEvent || l == LinkByAffiliation }

// The bounds of what is asked of a network.
const (
	MaxPaths        = 100
	MaxHops         = 8
	MaxNetworkHops  = 3
	MaxNetworkNodes = 2000
)

// PathQuery asks how two actors are connected.
type PathQuery struct {
	View     kg.View
	From, To kg.ID
	// Limit is how many paths are wanted at most, MaxHops how long one may be.
	Limit, MaxHops int
	// Via are the kinds of links; nil: all.
	Via []LinkKind
	// Filter selects the events; affiliations are not asked. Roles are those that count; nil: all but CLAIMANT and MENTIONED.
	Filter *EventFilter
	Roles  []kg.ParticipantRole
	// Avoid are actors that no path may lead through.
	Avoid []kg.ID
	// TimeRespecting: each hop starts no earlier than the one before. A link without a start is then only walked where it is
	// the whole path.
	TimeRespecting bool
}

// Check says what no network could answer.
func (q PathQuery) Check() error {
	for _, id := range append([]kg.ID{q.From, q.To}, q.Avoid...) {
		if err := id.Check(kg.KindActor); err != nil {
			return err
		}
	}
	switch {
	case q.Limit < 1 || q.Limit > MaxPaths:
		return kg.Errorf(kg.BadInput, "limit is %d; it must be between 1 and %d", q.Limit, MaxPaths)
	case q.MaxHops < 1 || q.MaxHops > MaxHops:
		return kg.Errorf(kg.BadInput, "maxHops is %d; it must be between 1 and %d", q.MaxHops, MaxHops)
	case len(q.Avoid) > MaxFilterValues:
		return kg.Errorf(kg.BadInput, "avoid names %d actors, of at most %d", len(q.Avoid), MaxFilterValues)
	}
	return nil
}

// Path is one way from an actor to another. It repeats no actor, and no other path of an answer has its actors. Paths are
// ordered by length, then by the starts of their hops, hop by hop, then by the ids of their actors.
type Path struct{ Hops []Hop }

// Hop is one step: by the earliest link there is between the two actors (and, where the path respects time, that starts
// no earlier than the hop before), ties by its id.
type Hop struct {
	From, To kg.ID
	Kind     LinkKind
	// Link is an event or an affiliation.
	Link kg.ID
	// FromRole and ToRole are the actors' roles in the event, of several the first by the vocabulary; "" by affiliations.
	FromRole, ToRole kg.ParticipantRole
}

// Metric is a measure of a network's nodes, as a bit set.
type Metric uint

// The metrics that are computed where they are wanted.
const (
	MetricPageRank Metric = 1 << iota
	MetricBetweenness
	MetricCommunity
)

// NetworkQuery asks for a network.
type NetworkQuery struct {
	View kg.View
	// Seeds nil: all actors. Else the network is of these and of those within so many Hops of them.
	Seeds []kg.ID
	Hops  int
	// Filter selects the events, Roles what counts as taking part; nil: all but CLAIMANT and MENTIONED.
	Filter *EventFilter
	Roles  []kg.ParticipantRole
	// MinWeight is the least weight of a link; lighter ones are no part of the network.
	MinWeight int
	// Limit is how many nodes are kept.
	Limit   int
	Metrics Metric
}

// Check says what no network could answer.
func (q NetworkQuery) Check() error {
	for _, id := range q.Seeds {
		if err := id.Check(kg.KindActor); err != nil {
			return err
		}
	}
	switch {
	case q.Hops < 0 || q.Hops > MaxNetworkHops:
		return kg.Errorf(kg.BadInput, "hops is %d; it must be between 0 and %d", q.Hops, MaxNetworkHops)
	case q.MinWeight < 1:
		return kg.Errorf(kg.BadInput, "minWeight is %d; it must be at least 1", q.MinWeight)
	case q.Limit < 1 || q.Limit > MaxNetworkNodes:
		return kg.Errorf(kg.BadInput, "limit is %d; it must be between 1 and %d", q.Limit, MaxNetworkNodes)
	case len(q.Seeds) > MaxFilterValues:
		return kg.Errorf(kg.BadInput, "seeds names %d actors, of at most %d", len(q.Seeds), MaxFilterValues)
	}
	return nil
}

// LinksPerNode bounds the links that are kept: so many for each node that may be.
const LinksPerNode = 10

// Network is a weighted network of actors. Two are linked by the selected events that both took part in, if these are
// enough. Nodes are those that are linked, and seeds.
//
// Totals and metrics are of all that was selected. What is kept of it are the seeds, then the nodes of the greatest
// weighted degree, ties by id, up to the limit, in that order; and of the links between those the heaviest LinksPerNode
// times the limit, ties by id, in that order.
type Network struct {
	Nodes                  []NetworkNode
	Links                  []NetworkLink
	TotalNodes, TotalLinks int
	Truncated              bool
}

// NetworkNode is one actor of a network.
type NetworkNode struct {
	Actor kg.ID
	// Events counts the selected events it took part in, also those it alone took part in.
	Events int
	// Degree counts its links, WeightedDegree sums their weights.
	Degree, WeightedDegree int
	// PageRank is that of the weighted network, with a damping of 0.85; all add up to 1.
	PageRank *float64
	// Betweenness is the share of shortest paths, by hops, between other nodes that lead through this one.
	Betweenness *float64
	// Community numbers the communities that Louvain's method finds, the largest first.
	Community *int
}

// NetworkLink is a tie of two actors, Source before Target by id. Weight counts the selected events both took part in.
type NetworkLink struct {
	Source, Target kg.ID
	Weight         int
	// First and Last are the earliest and latest of these events by their start, ties by id; "" where none has a start.
	First, Last kg.ID
}

// WalkedRoles are the roles that a network counts where none are asked for: all but CLAIMANT and MENTIONED.
func WalkedRoles() []kg.ParticipantRole {
	var roles []kg.ParticipantRole
	for _, r := range kg.ParticipantRoles() {
		if r != kg.RoleClaimant && r != kg.RoleMentioned {
			roles = append(roles, r)
		}
	}
	return roles
}

// SharedEvents is the filter for the events that make the link between two actors in a network of a filter and roles.
func SharedEvents(f *EventFilter, roles []kg.ParticipantRole, a, b kg.ID) *EventFilter {
	if roles == nil {
		roles = WalkedRoles()
	}
	both := EventFilter{Participants: []ParticipantFilter{{AnyOf: []kg.ID{a}, Roles: roles}, {AnyOf: []kg.ID{b}, Roles: roles}}}
	if f == nil || f.HasParts == nil {
		none := false
		both.HasParts = &none
	}
	if f != nil {
		both.And, both.Identity = []EventFilter{*f}, f.Identity
	}
	return &both
}
