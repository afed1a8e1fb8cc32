package graph

import (
	"context"
	"slices"

	"casus/graph/loaders"
	"casus/graph/model"
	"casus/internal/kg"
)

// Responses returns the responses to an event. A proposal also has the responses to the acts that announce it, as
// store.ResponseFilter defines, after its own.
func (event) Responses(ctx context.Context, e *kg.Event) ([]model.Response, error) {
	found, err := edges(ctx, e)
	if err != nil {
		return nil, err
	}
	all := found.Responses
	if e.Modality == kg.ModalityProposed {
		acts, err := edgesOfActs(ctx, e, found)
		if err != nil {
			return nil, err
		}
		for _, act := range acts {
			for _, r := range act.Responses {
				if r.By != e.ID {
					all = append(slices.Clip(all), r)
				}
			}
		}
	}
	return convertEdges(ctx, e.View, all, func(r kg.Response) kg.ID { return r.By }, responseIn(e.View))
}

// ProposedBy returns the participations with the role PROPOSER in the event and in the acts that announce it, the first
// of each actor.
func (event) ProposedBy(ctx context.Context, e *kg.Event) ([]model.Participation, error) {
	own, err := edges(ctx, e)
	if err != nil {
		return nil, err
	}
	acts, err := edgesOfActs(ctx, e, own)
	if err != nil {
		return nil, err
	}
	made := []model.Participation{}
	for _, found := range append([]kg.EventEdges{own}, acts...) {
		for _, p := range found.Participations {
			listed := func(m model.Participation) bool { return m.Participation.Actor == p.Actor }
			if p.Role == kg.RoleProposer && !slices.ContainsFunc(made, listed) {
				made = append(made, model.Participation{Participation: p, View: e.View})
			}
		}
	}
	if len(made) == 0 || !selects(ctx, "actor") {
		return made, nil
	}
	ids := make([]kg.ID, len(made))
	for i, p := range made {
		ids[i] = p.Participation.Actor
	}
	actors, err := findNodes[kg.Actor](ctx, e.View, ids)
	if err != nil {
		return nil, err
	}
	for i := range made {
		at := slices.IndexFunc(actors, func(a kg.Actor) bool { return a.ID == ids[i] })
		if at < 0 {
			return nil, missingNode(ids[i])
		}
		made[i].Actor = &actors[at]
	}
	return made, nil
}

// edgesOfActs returns the responses and participations of the acts that announce an event, by the ids of the acts.
func edgesOfActs(ctx context.Context, e *kg.Event, of kg.EventEdges) ([]kg.EventEdges, error) {
	acts := make([]kg.ID, len(of.AnnouncedBy))
	for i, a := range of.AnnouncedBy {
		acts[i] = a.By
	}
	if len(acts) == 0 {
		return nil, nil
	}
	return loaders.From(ctx).AllEdges(ctx, e.View, kg.WantResponses|kg.WantParticipations, acts)
}
