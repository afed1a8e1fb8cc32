package graph

import (
	"context"

	"casus/graph/model"
	"casus/internal/kg"
	"casus/internal/kg/merge"
)

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
