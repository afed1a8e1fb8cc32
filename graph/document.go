package graph

import (
	"context"

	"casus/graph/dataload"
	"casus/graph/model"
	"casus/internal/kg"
)

type document struct{}

func (document) Publisher(ctx context.Context, d *kg.Document) (*kg.Actor, error) {
	return one[kg.Actor](ctx, d.View, d.Publisher)
}

func (document) Syndicates(ctx context.Context, d *kg.Document) (*kg.Document, error) {
	return one[kg.Document](ctx, d.View, d.Syndicates)
}

// SyndicatedBy lists the first page of them, as long as pages may be.
func (document) SyndicatedBy(ctx context.Context, d *kg.Document) ([]kg.Document, error) {
	page, err := dataload.From(ctx).Documents(ctx, kg.DocumentQuery{
		View: d.View, Order: (*kg.DocumentOrder)(nil).Normalize(), Window: kg.Window{Limit: kg.MaxPageSize},
		Scope: &kg.Scope{Relation: kg.DocumentSyndicatedBy},
	}, d.ID)
	return page.Items, err
}

func (document) Claims(ctx context.Context, d *kg.Document, filter *kg.ClaimFilter, orderBy *kg.ClaimOrder, first *int, after *string, last *int, before *string) (*model.ClaimConnection, error) {
	return under(ctx, listing[kg.ClaimFilter, kg.ClaimOrder]{
		name: "Document.claims", view: d.View, filter: filter, order: orderBy.Normalize(),
		args: kg.PageArgs{First: first, After: after, Last: last, Before: before}, parent: d.ID, scope: &kg.Scope{Relation: kg.DocumentClaims},
	}, dataload.From(ctx).Claims)
}

func (document) Timeline(ctx context.Context, d *kg.Document, filter *kg.EventFilter, orderBy *kg.EventOrder, first *int, after *string, last *int, before *string) (*model.EventConnection, error) {
	return under(ctx, listing[kg.EventFilter, kg.EventOrder]{
		name: "Document.timeline", view: d.View, filter: filter, order: orderBy.Normalize(),
		args: kg.PageArgs{First: first, After: after, Last: last, Before: before}, parent: d.ID, scope: &kg.Scope{Relation: kg.DocumentTimeline},
	}, dataload.From(ctx).Events)
}
