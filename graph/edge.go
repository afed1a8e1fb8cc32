package graph

import (
	"context"

	"casus/graph/model"
	"casus/internal/kg"
)

type participation struct{}

func (participation) Representing(ctx context.Context, p *model.Participation) (*kg.Actor, error) {
	return findNode[kg.Actor](ctx, p.View, p.Participation.Representing)
}

func (participation) Claims(ctx context.Context, p *model.Participation) ([]kg.Claim, error) {
	return findNodes[kg.Claim](ctx, p.View, p.Participation.Claims)
}

type eventLocation struct{}

func (eventLocation) Claims(ctx context.Context, l *model.EventLocation) ([]kg.Claim, error) {
	return findNodes[kg.Claim](ctx, l.View, l.EventLocation.Claims)
}

type eventPart struct{}

func (eventPart) Whole(ctx context.Context, p *model.EventPart) (*kg.Event, error) {
	return requireNode[kg.Event](ctx, p.View, p.EventPart.Whole)
}

func (eventPart) Part(ctx context.Context, p *model.EventPart) (*kg.Event, error) {
	return requireNode[kg.Event](ctx, p.View, p.EventPart.Part)
}

func (eventPart) Claims(ctx context.Context, p *model.EventPart) ([]kg.Claim, error) {
	return findNodes[kg.Claim](ctx, p.View, p.EventPart.Claims)
}

type response struct{}

func (response) To(ctx context.Context, r *model.Response) (*kg.Event, error) {
	return requireNode[kg.Event](ctx, r.View, r.Response.To)
}

func (response) By(ctx context.Context, r *model.Response) (*kg.Event, error) {
	return requireNode[kg.Event](ctx, r.View, r.Response.By)
}

func (response) Claims(ctx context.Context, r *model.Response) ([]kg.Claim, error) {
	return findNodes[kg.Claim](ctx, r.View, r.Response.Claims)
}

type announcement struct{}

func (announcement) By(ctx context.Context, a *model.Announcement) (*kg.Event, error) {
	return requireNode[kg.Event](ctx, a.View, a.Announcement.By)
}

func (announcement) Of(ctx context.Context, a *model.Announcement) (*kg.Event, error) {
	return requireNode[kg.Event](ctx, a.View, a.Announcement.Of)
}

func (announcement) Claims(ctx context.Context, a *model.Announcement) ([]kg.Claim, error) {
	return findNodes[kg.Claim](ctx, a.View, a.Announcement.Claims)
}
