package graph

import (
	"context"
	"slices"

	"casus/graph/loaders"
	"casus/graph/model"
	"casus/internal/kg"
	"casus/internal/kg/disagree"
	"casus/internal/store"
)

func (event) Disagreements(ctx context.Context, e *kg.Event, aspects []kg.Aspect) ([]model.Disagreement, error) {
	made := []model.Disagreement{}
	if e.Disagreements == 0 {
		return made, nil
	}
	found, err := loaders.From(ctx).Disagreements(ctx, e.View, e.ID)
	for _, d := range found {
		if aspects == nil || slices.Contains(aspects, d.Aspect) {
			made = append(made, model.Disagreement{Disagreement: d, View: e.View})
		}
	}
	return made, err
}

// disagreement resolves a matter on which claims exclude each other.
type disagreement struct{}

// nullable returns nil for the zero value.
func nullable[T comparable](v T) *T {
	if v == *new(T) {
		return nil
	}
	return &v
}

func (disagreement) FigureKind(_ context.Context, d *model.Disagreement) (*kg.FigureKind, error) {
	return nullable(d.Quantity.Kind), nil
}

func (disagreement) Population(_ context.Context, d *model.Disagreement) (*kg.Population, error) {
	return nullable(d.Quantity.Population), nil
}

func (disagreement) Unit(_ context.Context, d *model.Disagreement) (*string, error) {
	return nullable(d.Quantity.Unit), nil
}

func (disagreement) Actor(ctx context.Context, d *model.Disagreement) (*kg.Actor, error) {
	return findNode[kg.Actor](ctx, d.View, d.Topic.Actor)
}

func (disagreement) Role(_ context.Context, d *model.Disagreement) (*kg.ParticipantRole, error) {
	return nullable(d.Topic.Role), nil
}

func (disagreement) LocationRole(_ context.Context, d *model.Disagreement) (*kg.LocationRole, error) {
	return nullable(d.PlaceRole), nil
}

func (disagreement) Sides(_ context.Context, d *model.Disagreement) ([]model.DisagreementSide, error) {
	made := make([]model.DisagreementSide, len(d.Disagreement.Sides))
	for i, s := range d.Disagreement.Sides {
		made[i] = model.DisagreementSide{Side: s, View: d.View}
	}
	return made, nil
}

// disagreementSide resolves claims that can all be right.
type disagreementSide struct{}

func (disagreementSide) Voices(ctx context.Context, s *model.DisagreementSide) ([]kg.Node, error) {
	return findNodes[kg.Node](ctx, s.View, s.Side.Voices)
}

func (disagreementSide) Claims(ctx context.Context, s *model.DisagreementSide) ([]kg.Claim, error) {
	return findNodes[kg.Claim](ctx, s.View, s.Side.Claims)
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

// reversal resolves a turn of an actor's word.
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
