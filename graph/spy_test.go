package graph_test

import (
	"context"
	"fmt"

	"casus/internal/kg"
	"casus/internal/store"
)

// spying remembers what was last asked of a store's events.
type spying struct {
	store.Store
	last string
}

func (s *spying) Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	s.last = fmt.Sprintf("limit %d, total %t", q.Window.Limit, q.Total)
	return s.Store.Events(ctx, q)
}

// stuck never answers: it waits until nobody waits for it any more, and tells that.
type stuck struct {
	store.Store
	released chan error
}

func (s *stuck) Events(ctx context.Context, _ store.EventQuery) ([]store.Page[kg.Event], error) {
	<-ctx.Done()
	s.released <- ctx.Err()
	return nil, ctx.Err()
}

// failing always fails, with details that nobody may see.
type failing struct {
	store.Store
	err error
}

func (f failing) Events(context.Context, store.EventQuery) ([]store.Page[kg.Event], error) {
	return nil, f.err
}
