package graph

import (
	"context"
	"slices"

	"casus/graph/loaders"
	"casus/graph/model"
	"casus/graph/scheduler"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/relations"
	"casus/internal/store/unknown"
)

// valueOr returns *v, or fallback if v is nil.
func valueOr[T any](v *T, fallback T) T {
	if v == nil {
		return fallback
	}
	return *v
}

func (q query) Paths(
	ctx context.Context, from, to kg.ID, limit, maxHops *int, via []relations.LinkKind, filter *store.EventFilter,
	roles []kg.ParticipantRole, avoid []kg.ID, timeRespecting *bool, knownAt *edtf.Instant,
) ([]model.Path, error) {
	normal, err := filter.Normalize()
	if err != nil {
		return nil, err
	}
	p := relations.PathQuery{
		View: normal.InView(viewAt(knownAt)), From: from, To: to, Limit: valueOr(limit, 3),
		MaxHops: valueOr(maxHops, 4), Via: via, Filter: normal, Roles: roles,
		Avoid: avoid, TimeRespecting: valueOr(timeRespecting, false),
	}
	if err := q.networks.available(); err != nil {
		return nil, err
	}
	found, err := q.networks.Paths(ctx, p)
	if err == nil && len(found) == 0 {
		err = unknown.Require(ctx, q.store, []kg.ID{from, to})
	}
	if len(found) == 0 {
		warnEmpty(ctx, filter)
	}
	made := []model.Path{}
	for _, item := range found {
		made = append(made, model.Path{Path: item, View: p.View, Filter: normal, Roles: roles})
	}
	return made, err
}

func (q query) Network(
	ctx context.Context, seeds []kg.ID, hops *int, filter *store.EventFilter, roles []kg.ParticipantRole,
	minWeight, limit, maxLinks *int, knownAt *edtf.Instant,
) (*model.Network, error) {
	normal, err := filter.Normalize()
	if err != nil {
		return nil, err
	}
	n := relations.NetworkQuery{
		View: normal.InView(viewAt(knownAt)), Seeds: seeds, Hops: valueOr(hops, 1), Filter: normal, Roles: roles,
		MinWeight: valueOr(minWeight, 1), Limit: valueOr(limit, defaultNetworkNodes), MaxLinks: maxLinks,
		Statuses: selectedBelow(ctx, "links")["statuses"], Sums: selectedSums(ctx, "links"),
	}
	metrics := selectedBelow(ctx, "nodes")
	for name, m := range map[string]relations.Metric{
		"pageRank": relations.MetricPageRank, "betweenness": relations.MetricBetweenness,
		"community": relations.MetricCommunity,
	} {
		if metrics[name] {
			n.Metrics |= m
		}
	}
	if err := q.networks.available(); err != nil {
		return nil, err
	}
	found, err := q.networks.Network(ctx, n)
	if err == nil {
		isNode := func(seed kg.ID) bool {
			return slices.ContainsFunc(found.Nodes, func(n relations.NetworkNode) bool { return n.Actor == seed })
		}
		err = unknown.Require(ctx, q.store, slices.DeleteFunc(slices.Clone(seeds), isNode))
	}
	if err != nil {
		return nil, err
	}
	if len(found.Links) == 0 {
		warnEmpty(ctx, filter)
	}
	made := &model.Network{Network: found}
	for _, node := range found.Nodes {
		made.Nodes = append(made.Nodes, model.NetworkNode{NetworkNode: node, View: n.View})
	}
	for _, link := range found.Links {
		made.Links = append(made.Links, model.Tie{
			Tie: relations.Tie{Meetings: link.Meetings}, SourceIndex: link.SourceIndex, TargetIndex: link.TargetIndex,
			View: n.View, Filter: normal, Roles: roles,
		})
	}
	return made, nil
}

func (q query) Link(
	ctx context.Context, a, b kg.ID, filter *store.EventFilter, roles []kg.ParticipantRole, knownAt *edtf.Instant,
) (*model.Tie, error) {
	normal, err := filter.Normalize()
	if err != nil {
		return nil, err
	}
	if err := q.networks.available(); err != nil {
		return nil, err
	}
	view := normal.InView(viewAt(knownAt))
	found, err := q.networks.Tie(ctx, relations.TieQuery{
		View: view, A: a, B: b, Filter: normal, Roles: roles, Sums: selectedSums(ctx),
	})
	switch {
	case err != nil:
		return nil, err
	case found == nil:
		warnEmpty(ctx, filter)
		return nil, unknown.Require(ctx, q.store, []kg.ID{a, b})
	}
	return &model.Tie{Tie: *found, View: view, Filter: normal, Roles: roles}, nil
}

// defaultNetworkNodes is the default of the argument limit of the field network.
const defaultNetworkNodes = 200

// networks serves paths and networks, if the server has a network projection.
type networks struct{ relations.Reader }

func (n networks) available() error {
	if n.Reader == nil {
		return kg.Errorf(kg.Unavailable, "this server does not serve networks")
	}
	return nil
}

type path struct{}

func (path) Actors(ctx context.Context, p *model.Path) ([]kg.Actor, error) {
	var ids []kg.ID
	for i, h := range p.Path.Hops {
		if i == 0 {
			ids = append(ids, h.From)
		}
		ids = append(ids, h.To)
	}
	return findNodes[kg.Actor](ctx, p.View, ids)
}

func (path) Hops(_ context.Context, p *model.Path) ([]model.Hop, error) {
	made := []model.Hop{}
	for _, h := range p.Path.Hops {
		made = append(made, model.Hop{Hop: h, View: p.View, Filter: p.Filter, Roles: p.Roles})
	}
	return made, nil
}

type hop struct{}

func (hop) From(ctx context.Context, h *model.Hop) (*kg.Actor, error) {
	return requireNode[kg.Actor](ctx, h.View, h.Hop.From)
}

func (hop) To(ctx context.Context, h *model.Hop) (*kg.Actor, error) {
	return requireNode[kg.Actor](ctx, h.View, h.Hop.To)
}

func (hop) Link(ctx context.Context, h *model.Hop) (kg.Node, error) {
	found, err := requireNode[kg.Node](ctx, h.View, h.Hop.Link)
	if err != nil {
		return nil, err
	}
	return *found, nil
}

// Claims returns the claims that state both participations or, if there are none, either. For an affiliation it returns
// the claims that support it.
func (hop) Claims(ctx context.Context, h *model.Hop) ([]kg.Claim, error) {
	if h.Kind == relations.LinkByAffiliation {
		a, err := requireNode[kg.Affiliation](ctx, h.View, h.Hop.Link)
		if err != nil {
			return nil, err
		}
		return findNodes[kg.Claim](ctx, h.View, a.Claims)
	}
	edges, err := loaders.From(ctx).Edges(ctx, h.View, kg.WantParticipations, h.Hop.Link)
	if err != nil {
		return nil, err
	}
	roles, statuses := store.ConnectingRoles(h.Roles), h.Filter.ConnectingStatuses()
	var from, to []kg.ID
	for _, p := range edges.Participations {
		switch {
		case !slices.Contains(roles, p.Role), statuses != nil && !slices.Contains(statuses, p.Status):
		case p.Actor == h.Hop.From:
			from = append(from, p.Claims...)
		case p.Actor == h.Hop.To:
			to = append(to, p.Claims...)
		}
	}
	return findNodes[kg.Claim](ctx, h.View, bothOrEither(from, to))
}

// bothOrEither returns the ids that are in both lists or, if there are none, in either.
func bothOrEither(a, b []kg.ID) []kg.ID {
	inA, inB := map[kg.ID]bool{}, map[kg.ID]bool{}
	for _, id := range b {
		inB[id] = true
	}
	var both, either []kg.ID
	for _, id := range a {
		if !inA[id] {
			inA[id] = true
			either = append(either, id)
			if inB[id] {
				both = append(both, id)
			}
		}
	}
	if len(both) > 0 {
		return both
	}
	for _, id := range b {
		if inB[id] {
			inB[id] = false
			either = append(either, id)
		}
	}
	return either
}

type networkNode struct{}

func (networkNode) Actor(ctx context.Context, n *model.NetworkNode) (*kg.Actor, error) {
	return requireNode[kg.Actor](ctx, n.View, n.NetworkNode.Actor)
}

// tie resolves the fields of links in networks and of ties by themselves.
type tie struct{ store store.Reader }

func (tie) Source(ctx context.Context, t *model.Tie) (*kg.Actor, error) {
	return requireNode[kg.Actor](ctx, t.View, t.Tie.Source)
}

func (tie) Target(ctx context.Context, t *model.Tie) (*kg.Actor, error) {
	return requireNode[kg.Actor](ctx, t.View, t.Tie.Target)
}

func (tie) FirstTime(ctx context.Context, t *model.Tie) (*edtf.Time, error) {
	return timeOf(ctx, t.View, t.First)
}

func (tie) LastTime(ctx context.Context, t *model.Tie) (*edtf.Time, error) {
	return timeOf(ctx, t.View, t.Last)
}

func (tie) Affiliations(ctx context.Context, t *model.Tie) ([]kg.Affiliation, error) {
	return findNodes[kg.Affiliation](ctx, t.View, t.Tie.Affiliations)
}

// timeOf returns the time of an event, or nil if it does not exist.
func timeOf(ctx context.Context, v kg.View, event kg.ID) (*edtf.Time, error) {
	e, err := findNode[kg.Event](ctx, v, event)
	if err != nil || e == nil {
		return nil, err
	}
	return &e.Time, nil
}

func (t tie) SharedEvents(
	ctx context.Context, of *model.Tie, first *int, after *string, includeDenied *bool,
) (*model.EventConnection, error) {
	scheduler.Yield(ctx)
	return rootList(ctx, listing[store.EventFilter, store.EventOrder]{
		name: "NetworkLink.sharedEvents", view: of.View,
		filter: store.SharedEvents(of.Filter, of.Roles, of.Tie.Source, of.Tie.Target, valueOr(includeDenied, false)),
		order:  (*store.EventOrder)(nil).Normalize(), args: store.PageArgs{First: first, After: after},
	}, t.store.Events)
}
