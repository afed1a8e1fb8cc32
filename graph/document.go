package graph

import (
	"context"

	"casus/graph/loaders"
	"casus/graph/model"
	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store"
)

type document struct{}

func (document) Publisher(ctx context.Context, d *kg.Document) (*kg.Actor, error) {
	return findNode[kg.Actor](ctx, d.View, d.Publisher)
}

func (document) Syndicates(ctx context.Context, d *kg.Document) (*kg.Document, error) {
	return findNode[kg.Document](ctx, d.View, d.Syndicates)
}

// SyndicatedBy returns the reprints, at most store.MaxPageSize.
func (document) SyndicatedBy(ctx context.Context, d *kg.Document) ([]kg.Document, error) {
	page, err := loaders.From(ctx).Documents(ctx, store.DocumentQuery{
		View: d.View, Order: (*store.DocumentOrder)(nil).Normalize(), Window: store.Window{Limit: store.MaxPageSize},
		Scope: &store.Scope{Relation: store.DocumentSyndicatedBy},
	}, d.ID)
	return page.Items, err
}

func (document) Claims(
	ctx context.Context, d *kg.Document, filter *store.ClaimFilter, orderBy *store.ClaimOrder,
	first *int, after *string, last *int, before *string,
) (*model.ClaimConnection, error) {
	return nodeList(ctx, listing[store.ClaimFilter, store.ClaimOrder]{
		name: "Document.claims", view: d.View, filter: filter, order: orderBy.Normalize(),
		args: store.PageArgs{First: first, After: after, Last: last, Before: before}, parent: d.ID,
		scope: &store.Scope{Relation: store.DocumentClaims},
	}, loaders.From(ctx).Claims)
}

func (document) Timeline(
	ctx context.Context, d *kg.Document, filter *store.EventFilter, orderBy *store.EventOrder,
	first *int, after *string, last *int, before *string,
) (*model.EventConnection, error) {
	return nodeList(ctx, listing[store.EventFilter, store.EventOrder]{
		name: "Document.timeline", view: d.View, filter: filter, order: orderBy.Normalize(),
		args: store.PageArgs{First: first, After: after, Last: last, Before: before}, parent: d.ID,
		scope: &store.Scope{Relation: store.DocumentTimeline},
	}, loaders.From(ctx).Events)
}

func (actor) Statements(_ context.Context, a *kg.Actor) ([]model.FieldStatement, error) {
	return model.NewFieldStatements(merge.Actors, *a, a.View), nil
}

func (affiliation) Statements(_ context.Context, a *kg.Affiliation) ([]model.FieldStatement, error) {
	return model.NewFieldStatements(merge.Affiliations, *a, a.View), nil
}

func (location) Statements(_ context.Context, l *kg.Location) ([]model.FieldStatement, error) {
	return model.NewFieldStatements(merge.Locations, *l, l.View), nil
}

func (document) Statements(_ context.Context, d *kg.Document) ([]model.FieldStatement, error) {
	return model.NewFieldStatements(merge.Documents, *d, d.View), nil
}

type dataset struct{}

func (dataset) Statements(_ context.Context, r *kg.Release) ([]model.FieldStatement, error) {
	return model.NewFieldStatements(merge.Releases, *r, kg.View{}), nil
}

type statementSource struct{}

func (statementSource) Document(ctx context.Context, s *model.StatementSource) (*kg.Document, error) {
	return findNode[kg.Document](ctx, s.View, s.Source.Document())
}
