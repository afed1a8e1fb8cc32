package graph

import (
	"context"

	"casus/graph/dataload"
	"casus/graph/model"
	"casus/internal/kg"
)

type actor struct{}

func (actor) Timeline(ctx context.Context, a *kg.Actor, filter *kg.EventFilter, roles []kg.ParticipantRole, orderBy *kg.EventOrder, first *int, after *string, last *int, before *string) (*model.EventConnection, error) {
	return under(ctx, listing[kg.EventFilter, kg.EventOrder]{
		name: "Actor.timeline", view: a.View, filter: filter, order: orderBy.Normalize(), args: kg.PageArgs{First: first, After: after, Last: last, Before: before},
		parent: a.ID, scope: &kg.Scope{Relation: kg.ActorTimeline, Roles: roles},
	}, dataload.From(ctx).Events)
}

func (actor) Affiliations(ctx context.Context, a *kg.Actor, at *kg.Time, types []kg.AffiliationType) ([]kg.Affiliation, error) {
	return dataload.From(ctx).Affiliations(ctx, kg.AffiliationQuery{View: a.View, At: at, Types: types}, a.ID)
}

func (actor) CoParticipants(ctx context.Context, a *kg.Actor, filter *kg.EventFilter, roles []kg.ParticipantRole, first *int, after *string) (*model.CoParticipantConnection, error) {
	normal, err := filter.Normalize()
	if err != nil {
		return nil, err
	}
	q := kg.CoParticipantQuery{View: normal.In(a.View), Filter: normal, Roles: roles}
	cursors, err := kg.NewCursorScope("Actor.coParticipants", a.ID, normal, roles, a.View)
	if err != nil {
		return nil, err
	}
	if q.Window, err = (kg.PageArgs{First: first, After: after}).Window(cursors); err != nil {
		return nil, err
	}
	q.Window, q.Total = wanted(ctx, q.Window)
	page, err := dataload.From(ctx).CoParticipants(ctx, q, a.ID)
	if err != nil {
		return nil, err
	}
	c := &model.CoParticipantConnection{TotalCount: page.Total, PageInfo: pageInfo(page, cursors)}
	for i, other := range page.Items {
		c.Edges = append(c.Edges, model.CoParticipantEdge{Cursor: cursors.Encode(page.Positions[i]), CoParticipant: other, View: q.View})
	}
	return c, nil
}

func (actor) Claims(ctx context.Context, a *kg.Actor, filter *kg.ClaimFilter, orderBy *kg.ClaimOrder, first *int, after *string, last *int, before *string) (*model.ClaimConnection, error) {
	return under(ctx, listing[kg.ClaimFilter, kg.ClaimOrder]{
		name: "Actor.claims", view: a.View, filter: filter, order: orderBy.Normalize(), args: kg.PageArgs{First: first, After: after, Last: last, Before: before},
		parent: a.ID, scope: &kg.Scope{Relation: kg.ActorClaims},
	}, dataload.From(ctx).Claims)
}

type affiliation struct{}

func (affiliation) Holder(ctx context.Context, a *kg.Affiliation) (*kg.Actor, error) {
	return sure[kg.Actor](ctx, a.View, a.Holder)
}

func (affiliation) Counterpart(ctx context.Context, a *kg.Affiliation) (kg.Node, error) {
	found, err := sure[kg.Node](ctx, a.View, a.Counterpart)
	if err != nil {
		return nil, err
	}
	return *found, nil
}

func (affiliation) Claims(ctx context.Context, a *kg.Affiliation, filter *kg.ClaimFilter, orderBy *kg.ClaimOrder, first *int, after *string, last *int, before *string) (*model.ClaimConnection, error) {
	return under(ctx, claimsAbout("Affiliation.claims", a.View, a.ID, filter, orderBy, kg.PageArgs{First: first, After: after, Last: last, Before: before}), dataload.From(ctx).Claims)
}

// claimsAbout lists the claims about an event or an affiliation.
func claimsAbout(name string, v kg.View, subject kg.ID, filter *kg.ClaimFilter, orderBy *kg.ClaimOrder, args kg.PageArgs) listing[kg.ClaimFilter, kg.ClaimOrder] {
	return listing[kg.ClaimFilter, kg.ClaimOrder]{
		name: name, view: v, filter: filter, order: orderBy.Normalize(), args: args, parent: subject, scope: &kg.Scope{Relation: kg.SubjectClaims},
	}
}

// coParticipants is a page of them: its nodes are loaded where they are asked for.
type coParticipants struct{}

func (coParticipants) Nodes(ctx context.Context, c *model.CoParticipantConnection) ([]kg.Actor, error) {
	if len(c.Edges) == 0 {
		return nil, nil
	}
	ids := make([]kg.ID, len(c.Edges))
	for i, e := range c.Edges {
		ids[i] = e.Actor
	}
	return all[kg.Actor](ctx, c.Edges[0].View, ids)
}

type coParticipant struct{}

func (coParticipant) Node(ctx context.Context, e *model.CoParticipantEdge) (*kg.Actor, error) {
	return sure[kg.Actor](ctx, e.View, e.Actor)
}

func (coParticipant) FirstEvent(ctx context.Context, e *model.CoParticipantEdge) (*kg.Event, error) {
	return sure[kg.Event](ctx, e.View, e.First)
}

func (coParticipant) LastEvent(ctx context.Context, e *model.CoParticipantEdge) (*kg.Event, error) {
	return sure[kg.Event](ctx, e.View, e.Last)
}
