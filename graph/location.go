package graph

import (
	"context"
	"net/url"

	"casus/graph/dataload"
	"casus/graph/model"
	"casus/internal/kg"
)

type location struct{}

func (location) Name(_ context.Context, l *kg.Location, language *string) (string, error) {
	return named(l.Names, language, l.ID), nil
}

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

type identifier struct{}

// URL is the page that a scheme has about a thing, where it is known.
func (identifier) URL(_ context.Context, i *kg.Identifier) (*string, error) {
	pages := map[string]string{"wikidata": "https://www.wikidata.org/wiki/", "geonames": "https://www.geonames.org/"}
	if page, ok := pages[i.Scheme]; ok {
		return optional(page + url.PathEscape(i.Value)), nil
	}
	return nil, nil
}
