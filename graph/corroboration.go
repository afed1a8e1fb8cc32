package graph

import (
	"context"

	"casus/graph/loaders"
	"casus/graph/model"
	"casus/internal/kg"
)

func (event) Corroboration(ctx context.Context, e *kg.Event) (*model.Corroboration, error) {
	c, err := loaders.From(ctx).Corroboration(ctx, e.View, e.ID)
	if err != nil {
		return nil, err
	}
	return &model.Corroboration{Independent: tellings(e.View, c.Independent), Needs: append([]kg.ConfirmationNeed{}, c.Needs...)}, nil
}

func tellings(v kg.View, all []kg.Telling) []model.Telling {
	made := make([]model.Telling, len(all))
	for i, t := range all {
		made[i] = model.Telling{Telling: t, View: v}
	}
	return made
}

type telling struct{}

func (telling) Voice(ctx context.Context, t *model.Telling) (kg.Node, error) {
	n, err := requireNode[kg.Node](ctx, t.View, t.Telling.Voice)
	if err != nil {
		return nil, err
	}
	return *n, nil
}

func (telling) Claim(ctx context.Context, t *model.Telling) (*kg.Claim, error) {
	return requireNode[kg.Claim](ctx, t.View, t.Telling.Claim)
}

func (telling) Documents(ctx context.Context, t *model.Telling) ([]kg.Document, error) {
	return findNodes[kg.Document](ctx, t.View, t.Telling.Documents)
}

func (telling) Words(_ context.Context, t *model.Telling) ([]string, error) {
	return append([]string{}, t.Telling.Words...), nil
}

func (telling) Others(_ context.Context, t *model.Telling) ([]model.Telling, error) {
	return tellings(t.View, t.Telling.Others), nil
}

// Coding is derived from the claim and its release.
func (claim) Coding(_ context.Context, c *kg.Claim) (kg.Coding, error) {
	var book kg.VoiceBook
	if c.Dataset != nil {
		book.Releases = map[kg.ID]kg.Release{c.Release: *c.Dataset}
	}
	return book.CodingOf(*c), nil
}
