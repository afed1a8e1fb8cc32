package graph

import (
	"context"
	"slices"

	"casus/graph/loaders"
	"casus/graph/model"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// maxTollHistory is the default of the argument first of the field tollHistory.
const maxTollHistory = 100

// TollHistory computes the history from the claims with figures, which must fit into one page.
func (event) TollHistory(
	ctx context.Context, e *kg.Event, kinds []kg.FigureKind, first *int,
) ([]model.TollBounds, error) {
	limit := valueOr(first, maxTollHistory)
	if limit < 1 || limit > store.MaxPageSize {
		return nil, kg.Errorf(kg.BadInput, "first is %d; it must be between 1 and %d", limit, store.MaxPageSize)
	}
	withFigures := true
	q := store.ClaimQuery{
		View: e.View, Filter: &store.ClaimFilter{HasFigures: &withFigures}, Order: (*store.ClaimOrder)(nil).Normalize(),
		Window: store.Window{Limit: store.MaxPageSize}, Scope: &store.Scope{Relation: store.SubjectClaims},
	}
	page, err := loaders.From(ctx).Claims(ctx, q, e.ID)
	if err != nil {
		return nil, err
	}
	if page.HasNext {
		return nil, kg.Errorf(kg.LimitExceeded, "%s has more than %d claims with figures", e.ID, store.MaxPageSize)
	}
	claims := slices.Clone(page.Items)
	for i, c := range claims {
		if m := e.View.KnownAt; m != nil && c.KnownTo > *m {
			claims[i].KnownTo = edtf.EndOfTime
		}
	}
	made := []model.TollBounds{}
	for _, b := range sums.History(claims) {
		if len(made) < limit && (kinds == nil || slices.Contains(kinds, b.Kind)) {
			made = append(made, model.TollBounds{Bounds: b, View: e.View})
		}
	}
	return made, nil
}

// tollBounds resolves what one source says of a number.
type tollBounds struct{}

func (tollBounds) Claimants(ctx context.Context, b *model.TollBounds) ([]kg.Actor, error) {
	return findNodes[kg.Actor](ctx, b.View, b.Bounds.Claimants)
}

func (tollBounds) Document(ctx context.Context, b *model.TollBounds) (*kg.Document, error) {
	return findNode[kg.Document](ctx, b.View, b.Bounds.Document)
}

func (tollBounds) Claims(ctx context.Context, b *model.TollBounds) ([]kg.Claim, error) {
	return findNodes[kg.Claim](ctx, b.View, b.Bounds.Claims)
}
