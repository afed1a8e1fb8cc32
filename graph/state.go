package graph

import (
	"context"

	"casus/graph/loaders"
	"casus/graph/model"
	"casus/internal/kg"
)

func (event) States(ctx context.Context, e *kg.Event) ([]model.EventState, error) {
	versions, err := loaders.From(ctx).States(ctx, e.View, e.ID)
	made := make([]model.EventState, len(versions))
	for i, s := range versions {
		made[i] = model.EventState{EventState: s, View: e.View}
	}
	return made, err
}

// eventState resolves a state version. Its claims are read in the view of the query.
type eventState struct{}

func (eventState) Because(ctx context.Context, s *model.EventState) ([]kg.Claim, error) {
	return findNodes[kg.Claim](ctx, s.View, s.EventState.Because)
}
