package graph

import (
	"context"

	"casus/graph/loaders"
	"casus/graph/model"
	"casus/internal/geo"
	"casus/internal/kg"
	"casus/internal/store"
)

type location struct{}

// RadiusKm returns the stated radius.
func (location) RadiusKm(_ context.Context, l *kg.Location) (*float64, error) {
	if l.RadiusKm == 0 {
		return nil, nil
	}
	return &l.RadiusKm, nil
}

// Box returns the stated box, else the one around the shape.
func (location) Box(_ context.Context, l *kg.Location) (*store.BoxFilter, error) {
	box := l.Box
	if box == nil {
		if box = l.Shape.Box(); box == nil {
			return nil, nil
		}
	}
	made := store.BoxFilter(*box)
	return &made, nil
}

// Shape returns the shape if it has at most so many points.
func (location) Shape(_ context.Context, l *kg.Location, points *int) (*string, error) {
	most := valueOr(points, geo.MaxPositions)
	if most < 1 || most > geo.MaxPositions {
		return nil, kg.Errorf(kg.BadInput, "points is %d; it must be between 1 and %d", most, geo.MaxPositions)
	}
	if l.Shape == "" || most < geo.MaxPositions && l.Shape.Count() > most {
		return nil, nil
	}
	text := string(l.Shape)
	return &text, nil
}

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
