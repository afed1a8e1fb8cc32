package graph

import (
	"context"

	"casus/graph/loaders"
	"casus/graph/model"
	"casus/internal/kg"
	"casus/internal/store"
)

type location struct{}

func (location) Parents(ctx context.Context, l *kg.Location) ([]kg.Location, error) {
	return findNodes[kg.Location](ctx, l.View, l.Parents)
}

func (location) Children(
	ctx context.Context, l *kg.Location, orderBy *store.LocationOrder,
	first *int, after *string, last *int, before *string,
) (*model.LocationConnection, error) {
	return nodeList(ctx, listing[store.LocationFilter, store.LocationOrder]{
		name: "Location.children", view: l.View, filter: (*store.LocationFilter)(nil), order: orderBy.Normalize(),
		args: store.PageArgs{First: first, After: after, Last: last, Before: before}, parent: l.ID,
		scope: &store.Scope{Relation: store.LocationChildren},
	}, loaders.From(ctx).Locations)
}

func (location) Timeline(
	ctx context.Context, l *kg.Location, filter *store.EventFilter, orderBy *store.EventOrder,
	first *int, after *string, last *int, before *string,
) (*model.EventConnection, error) {
	return nodeList(ctx, listing[store.EventFilter, store.EventOrder]{
		name: "Location.timeline", view: l.View, filter: filter, order: orderBy.Normalize(),
		args: store.PageArgs{First: first, After: after, Last: last, Before: before}, parent: l.ID,
		scope: &store.Scope{Relation: store.LocationTimeline},
	}, loaders.From(ctx).Events)
}
