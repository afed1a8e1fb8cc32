package graph

import (
	"context"

	"casus/graph/loaders"
	"casus/graph/model"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

func (event) Around(
	ctx context.Context, e *kg.Event, earlier, later *edtf.Duration, km *float64, filter *store.EventFilter,
	first *int, after *string, last *int, before *string,
) (*model.EventConnection, error) {
	normal, err := filter.Normalize()
	if err != nil {
		return nil, err
	}
	q := store.AroundQuery{View: e.View, Km: km, Filter: normal.Connecting().WithoutRetracted()}
	if earlier != nil {
		q.Earlier = *earlier
	}
	if later != nil {
		q.Later = *later
	}
	if err := q.Check(); err != nil {
		return nil, err
	}
	cursors, err := store.NewCursorScope("Event.around", e.ID, q.Earlier, q.Later, km, normal, e.View)
	if err != nil {
		return nil, err
	}
	args := store.PageArgs{First: first, After: after, Last: last, Before: before}
	if q.Window, err = args.Window(cursors); err != nil {
		return nil, err
	}
	q.Window, q.Total = selectedWindow(ctx, q.Window)
	page, err := loaders.From(ctx).Around(ctx, q, e.ID)
	if err != nil {
		return nil, err
	}
	if isEmpty(page) {
		warnEmpty(ctx, filter)
	}
	return connection(ctx, page, cursors), nil
}
