package graph

import (
	"context"

	"casus/graph/dataload"
	"casus/graph/model"
	"casus/internal/kg"
)

type location struct{}

func (location) Parents(ctx context.Context, l *kg.Location) ([]kg.Location, error) {
	return all[kg.Location](ctx, l.View, l.Parents)
}

func (location) Children(ctx context.Context, l *kg.Location, orderBy *kg.LocationOrder, first *int, after *string, last *int, before *string) (*model.LocationConnection, error) {
	return under(ctx, listing[kg.LocationFilter, kg.LocationOrder]{
		name: "Location.children", view: l.View, filter: (*kg.LocationFilter)(nil), order: orderBy.Normalize(),
		args: kg.PageArgs{First: first, After: after, Last: last, Before: before}, parent: l.ID, scope: &kg.Scope{Relation: kg.LocationChildren},
	}, dataload.From(ctx).Locations)
}

func (location) Timeline(ctx context.Context, l *kg.Location, filter *kg.EventFilter, orderBy *kg.EventOrder, first *int, after *string, last *int, before *string) (*model.EventConnection, error) {
	return under(ctx, listing[kg.EventFilter, kg.EventOrder]{
		name: "Location.timeline", view: l.View, filter: filter, order: orderBy.Normalize(),
		args: kg.PageArgs{First: first, After: after, Last: last, Before: before}, parent: l.ID, scope: &kg.Scope{Relation: kg.LocationTimeline},
	}, dataload.From(ctx).Events)
}
