package graph

import (
	"context"
	"slices"

	"casus/graph/loaders"
	"casus/graph/model"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/disagree"
	"casus/internal/store"
)

type actor struct{}

func (actor) Timeline(
	ctx context.Context, a *kg.Actor, filter *store.EventFilter, roles []kg.ParticipantRole,
	orderBy *store.EventOrder, first *int, after *string, last *int, before *string,
) (*model.EventConnection, error) {
	return nodeList(ctx, listing[store.EventFilter, store.EventOrder]{
		name: "Actor.timeline", view: a.View, filter: filter, order: orderBy.Normalize(),
		args:   store.PageArgs{First: first, After: after, Last: last, Before: before},
		parent: a.ID, scope: &store.Scope{Relation: store.ActorTimeline, Roles: roles},
	}, loaders.From(ctx).Events)
}

func (actor) Affiliations(
	ctx context.Context, a *kg.Actor, at *edtf.Time, types []kg.AffiliationType,
) ([]kg.Affiliation, error) {
	return loaders.From(ctx).Affiliations(ctx, store.AffiliationQuery{View: a.View, At: at, Types: types}, a.ID)
}

func (actor) CoParticipants(
	ctx context.Context, a *kg.Actor, filter *store.EventFilter, roles []kg.ParticipantRole,
	first *int, after *string,
) (*model.CoParticipantConnection, error) {
	normal, err := filter.Normalize()
	if err != nil {
		return nil, err
	}
	q := store.CoParticipantQuery{View: normal.InView(a.View), Filter: normal, Roles: roles}
	cursors, err := store.NewCursorScope("Actor.coParticipants", a.ID, normal, roles, a.View)
	if err != nil {
		return nil, err
	}
	if q.Window, err = (store.PageArgs{First: first, After: after}).Window(cursors); err != nil {
		return nil, err
	}
	q.Window, q.Total = selectedWindow(ctx, q.Window)
	page, err := loaders.From(ctx).CoParticipants(ctx, q, a.ID)
	if err != nil {
		return nil, err
	}
	if isEmpty(page) {
		warnEmpty(ctx, filter)
	}
	c := &model.CoParticipantConnection{TotalCount: page.Total, PageInfo: pageInfo(page, cursors)}
	for i, other := range page.Items {
		c.Edges = append(c.Edges, model.CoParticipantEdge{
			Cursor: cursors.Encode(page.Positions[i]), CoParticipant: other, View: q.View,
		})
	}
	return c, nil
}

func (actor) Claims(
	ctx context.Context, a *kg.Actor, filter *store.ClaimFilter, orderBy *store.ClaimOrder,
	first *int, after *string, last *int, before *string,
) (*model.ClaimConnection, error) {
	return nodeList(ctx, listing[store.ClaimFilter, store.ClaimOrder]{
		name: "Actor.claims", view: a.View, filter: filter, order: orderBy.Normalize(),
		args:   store.PageArgs{First: first, After: after, Last: last, Before: before},
		parent: a.ID, scope: &store.Scope{Relation: store.ActorClaims},
	}, loaders.From(ctx).Claims)
}

type affiliation struct{}

func (affiliation) Holder(ctx context.Context, a *kg.Affiliation) (*kg.Actor, error) {
	return requireNode[kg.Actor](ctx, a.View, a.Holder)
}

func (affiliation) Counterpart(ctx context.Context, a *kg.Affiliation) (kg.Node, error) {
	found, err := requireNode[kg.Node](ctx, a.View, a.Counterpart)
	if err != nil {
		return nil, err
	}
	return *found, nil
}

func (affiliation) Claims(
	ctx context.Context, a *kg.Affiliation, filter *store.ClaimFilter, orderBy *store.ClaimOrder,
	first *int, after *string, last *int, before *string,
) (*model.ClaimConnection, error) {
	args := store.PageArgs{First: first, After: after, Last: last, Before: before}
	l := claimsAbout("Affiliation.claims", a.View, a.ID, filter, orderBy, args)
	return nodeList(ctx, l, loaders.From(ctx).Claims)
}

// claimsAbout returns the listing of the claims about an event or an affiliation.
func claimsAbout(
	name string, v kg.View, subject kg.ID, filter *store.ClaimFilter, orderBy *store.ClaimOrder, args store.PageArgs,
) listing[store.ClaimFilter, store.ClaimOrder] {
	return listing[store.ClaimFilter, store.ClaimOrder]{
		name: name, view: v, filter: filter, order: orderBy.Normalize(), args: args, parent: subject,
		scope: &store.Scope{Relation: store.SubjectClaims},
	}
}

// coParticipants resolves a page of co-participants. Its nodes are loaded only if selected.
type coParticipants struct{}

func (coParticipants) Nodes(ctx context.Context, c *model.CoParticipantConnection) ([]kg.Actor, error) {
	if len(c.Edges) == 0 {
		return nil, nil
	}
	ids := make([]kg.ID, len(c.Edges))
	for i, e := range c.Edges {
		ids[i] = e.Actor
	}
	return findNodes[kg.Actor](ctx, c.Edges[0].View, ids)
}

type coParticipant struct{}

func (coParticipant) Node(ctx context.Context, e *model.CoParticipantEdge) (*kg.Actor, error) {
	return requireNode[kg.Actor](ctx, e.View, e.Actor)
}

func (coParticipant) FirstEvent(ctx context.Context, e *model.CoParticipantEdge) (*kg.Event, error) {
	return requireNode[kg.Event](ctx, e.View, e.First)
}

func (coParticipant) LastEvent(ctx context.Context, e *model.CoParticipantEdge) (*kg.Event, error) {
	return requireNode[kg.Event](ctx, e.View, e.Last)
}

// maxReversals is the default of the argument first of the field reversals.
const maxReversals = 100

func (actor) Reversals(
	ctx context.Context, a *kg.Actor, kinds []disagree.ReversalKind, first *int,
) ([]model.Reversal, error) {
	limit := valueOr(first, maxReversals)
	if limit < 1 || limit > store.MaxPageSize {
		return nil, kg.Errorf(kg.BadInput, "first is %d; it must be between 1 and %d", limit, store.MaxPageSize)
	}
	found, err := loaders.From(ctx).Reversals(ctx, a.View, a.ID)
	made := []model.Reversal{}
	for _, r := range found {
		if len(made) < limit && (kinds == nil || slices.Contains(kinds, r.Kind)) {
			made = append(made, model.Reversal{Reversal: r, View: a.View})
		}
	}
	return made, err
}

// reversal resolves a pair of claims between which an actor reversed its position.
type reversal struct{}

func (reversal) Event(ctx context.Context, r *model.Reversal) (*kg.Event, error) {
	return requireNode[kg.Event](ctx, r.View, r.Reversal.Event)
}

func (reversal) Participant(ctx context.Context, r *model.Reversal) (*kg.Actor, error) {
	return findNode[kg.Actor](ctx, r.View, r.Reversal.Participant)
}

func (reversal) Role(_ context.Context, r *model.Reversal) (*kg.ParticipantRole, error) {
	return nullable(r.Reversal.Role), nil
}

func (reversal) Before(ctx context.Context, r *model.Reversal) (*kg.Claim, error) {
	return requireNode[kg.Claim](ctx, r.View, r.Reversal.Before)
}

func (reversal) After(ctx context.Context, r *model.Reversal) (*kg.Claim, error) {
	return requireNode[kg.Claim](ctx, r.View, r.Reversal.After)
}
