package graph

import (
	"context"

	"casus/graph/loaders"
	"casus/graph/model"
	"casus/internal/kg"
)

// exactView returns the view without merged nodes.
func exactView(v kg.View) kg.View {
	v.Identity = kg.IdentityExact
	return v
}

// sameAs returns the other nodes of a node's identity class, each as a node of its own in the EXACT view.
func sameAs[T kg.Node](ctx context.Context, v kg.View, id kg.ID) ([]T, error) {
	found, err := loaders.From(ctx).SameAs(ctx, v, id)
	if err != nil {
		return nil, err
	}
	return findNodes[T](ctx, exactView(v), found.Others)
}

// decisionsOn returns the decisions about a node and the other nodes of its identity class.
func decisionsOn(ctx context.Context, v kg.View, id kg.ID) ([]model.IdentityDecision, error) {
	found, err := loaders.From(ctx).SameAs(ctx, v, id)
	made := make([]model.IdentityDecision, 0, len(found.Decisions))
	for _, d := range found.Decisions {
		made = append(made, model.NewIdentityDecision(d, id, found.Others, v))
	}
	return made, err
}

func (actor) SameAs(ctx context.Context, a *kg.Actor) ([]kg.Actor, error) {
	return sameAs[kg.Actor](ctx, a.View, a.ID)
}

func (actor) IdentityDecisions(ctx context.Context, a *kg.Actor) ([]model.IdentityDecision, error) {
	return decisionsOn(ctx, a.View, a.ID)
}

func (location) SameAs(ctx context.Context, l *kg.Location) ([]kg.Location, error) {
	return sameAs[kg.Location](ctx, l.View, l.ID)
}

func (location) IdentityDecisions(ctx context.Context, l *kg.Location) ([]model.IdentityDecision, error) {
	return decisionsOn(ctx, l.View, l.ID)
}

func (event) SameAs(ctx context.Context, e *kg.Event) ([]kg.Event, error) {
	return sameAs[kg.Event](ctx, e.View, e.ID)
}

func (event) IdentityDecisions(ctx context.Context, e *kg.Event) ([]model.IdentityDecision, error) {
	return decisionsOn(ctx, e.View, e.ID)
}

type identityDecision struct{}

func (identityDecision) Member(ctx context.Context, d *model.IdentityDecision) (kg.Node, error) {
	return loaders.From(ctx).Node(ctx, exactView(d.View), d.MemberID)
}

func (identityDecision) Other(ctx context.Context, d *model.IdentityDecision) (kg.Node, error) {
	return loaders.From(ctx).Node(ctx, exactView(d.View), d.OtherID)
}
