// Package relations defines queries about how actors are connected by the events they share and by their affiliations:
// paths, networks, and the tie of two actors.
package relations

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// Reader finds how actors are connected by shared events and affiliations. Connecting and ConnectingStatuses of
// store.EventFilter, and store.ConnectingRoles, define which events and participations connect by default. Documents,
// claims and Participation.Representing never connect actors. A filter's Identity overrides the view's, also for
// actors: with EXACT, each member of an identity class is a node of its own. Errors are those of a Store, and
// LIMIT_EXCEEDED for a graph that does not fit in memory.
type Reader interface {
	// Paths returns the best paths between two actors, possibly none.
	Paths(ctx context.Context, q PathQuery) ([]Path, error)
	// Network returns the weighted network of the selected events.
	Network(ctx context.Context, q NetworkQuery) (Network, error)
	// Tie returns what joins two actors, or nil if they share no event, not even a DENIED one, and no affiliation.
	Tie(ctx context.Context, q TieQuery) (*Tie, error)
}

// LinkKind is the kind of a link between two actors.
type LinkKind string

// The values of LinkKind.
const (
	LinkEvent         LinkKind = "EVENT"
	LinkByAffiliation LinkKind = "AFFILIATION"
)

// LinkKinds are the values of LinkKind in their fixed order.
var LinkKinds = kg.NewVocabulary(LinkEvent, LinkByAffiliation)

// The bounds of network queries.
const (
	MaxPaths        = 100
	MaxHops         = 8
	MaxNetworkHops  = 3
	MaxNetworkNodes = 2000
	MaxNetworkLinks = MaxNetworkNodes * LinksPerNode
)

// PathQuery selects paths between two actors.
type PathQuery struct {
	View     kg.View
	From, To kg.ID
	// Limit bounds the number of paths, MaxHops the length of each.
	Limit, MaxHops int
	// Via are the kinds of links; nil means all.
	Via []LinkKind
	// Filter selects the events, not the affiliations. Roles are the roles that count, by default
	// store.ConnectingRoles.
	Filter *store.EventFilter
	Roles  []kg.ParticipantRole
	// Avoid are actors that paths must not contain.
	Avoid []kg.ID
	// TimeRespecting requires that each hop starts no earlier than the one before. A link without a start can then only be
	// a path of one hop.
	TimeRespecting bool
}

// Check returns BAD_INPUT for an invalid query.
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
	case len(q.Avoid) > store.MaxFilterValues:
		return kg.Errorf(kg.BadInput, "avoid names %d actors, of at most %d", len(q.Avoid), store.MaxFilterValues)
	}
	return nil
}

// Path leads from one actor to another. It repeats no actor, and no two paths of a result have the same actors. Paths
// are ordered by length, then by the starts of their hops, then by the ids of their actors.
type Path struct{ Hops []Hop }

// Status returns the status of the weakest hop that has one, "" if none has.
func (p Path) Status() kg.ClaimStatus {
	statuses := make([]kg.ClaimStatus, len(p.Hops))
	for i, h := range p.Hops {
		statuses[i] = h.Status
	}
	return WeakestStatus(statuses...)
}

// WeakestStatus returns the weakest of statuses, in the order RETRACTED, DENIED, DISPUTED, UNVERIFIED, CORROBORATED,
// CONFIRMED. It ignores "", and returns it if there is nothing else.
func WeakestStatus(statuses ...kg.ClaimStatus) kg.ClaimStatus {
	for _, s := range []kg.ClaimStatus{
		kg.StatusRetracted, kg.StatusDenied, kg.StatusDisputed, kg.StatusUnverified, kg.StatusCorroborated,
		kg.StatusConfirmed,
	} {
		if slices.Contains(statuses, s) {
			return s
		}
	}
	return ""
}

// Hop is one step by the earliest link between two actors, ties by id. In a time-respecting path it starts no earlier
// than the hop before.
type Hop struct {
	From, To kg.ID
	Kind     LinkKind
	// Link is the event or affiliation.
	Link kg.ID
	// FromRole and ToRole are the actors' roles in the event, the first in the vocabulary's order; "" for affiliations.
	FromRole, ToRole kg.ParticipantRole
	// Status is the weakest of the statuses of the event and of the participations in these roles; "" for affiliations.
	Status kg.ClaimStatus
}

// Metric is a measure of a network's nodes, as a bit set.
type Metric uint

// The metrics, computed on request.
const (
	MetricPageRank Metric = 1 << iota
	MetricBetweenness
	MetricCommunity
)

// NetworkQuery selects a network of actors.
type NetworkQuery struct {
	View kg.View
	// Seeds limits the network to these actors and the actors within Hops of them; nil means all actors.
	Seeds []kg.ID
	Hops  int
	// Filter selects the events. Roles are the roles that count as taking part, by default
	// store.ConnectingRoles.
	Filter *store.EventFilter
	Roles  []kg.ParticipantRole
	// MinWeight is the minimum weight of a link.
	MinWeight int
	// Limit is the maximum number of returned nodes, MaxLinks of returned links; nil means LinksPerNode times the limit.
	Limit    int
	MaxLinks *int
	Metrics  Metric
	// Statuses and Sums are what to compute for each returned link.
	Statuses bool
	Sums     sums.Set
}

// Check returns BAD_INPUT for an invalid query.
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
	case q.MaxLinks != nil && (*q.MaxLinks < 1 || *q.MaxLinks > MaxNetworkLinks):
		return kg.Errorf(kg.BadInput, "maxLinks is %d; it must be between 1 and %d", *q.MaxLinks, MaxNetworkLinks)
	case len(q.Seeds) > store.MaxFilterValues:
		return kg.Errorf(kg.BadInput, "seeds names %d actors, of at most %d", len(q.Seeds), store.MaxFilterValues)
	}
	return nil
}

// LinksPerNode times the limit of nodes is the default limit of links.
const LinksPerNode = 10

// Network is a weighted network of actors. Two actors are linked if they share at least MinWeight selected events.
// Nodes are the linked actors and the seeds.
//
// Totals and metrics cover the whole network. Nodes and Links are cut: the seeds, then the nodes with the highest
// weighted degree, ties by id, up to the limit; and of the links between these nodes the heaviest, ties by id, up to
// their own limit.
type Network struct {
	Nodes                  []NetworkNode
	Links                  []NetworkLink
	TotalNodes, TotalLinks int
	Truncated              bool
}

// NetworkNode is one actor of a network.
type NetworkNode struct {
	Actor kg.ID
	// Events counts the selected events that the actor took part in, including events without other actors.
	Events int
	// Degree counts its links, WeightedDegree sums their weights.
	Degree, WeightedDegree int
	// PageRank is computed on the weighted network with a damping of 0.85; the sum over all nodes is 1.
	PageRank *float64
	// Betweenness is the share of shortest paths, by hops, between other nodes that lead through this one.
	Betweenness *float64
	// Community is the number of the node's community by Louvain's method; larger communities have smaller numbers.
	Community *int
}

// NetworkLink is a link between two actors, Source before Target by id. The indexes are their positions in the nodes.
type NetworkLink struct {
	Meetings
	SourceIndex, TargetIndex int
}
