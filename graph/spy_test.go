package graph_test

import (
	"context"
	"fmt"

	"casus/internal/kg"
	"casus/internal/store"
)

// spy records the last query for events.
type spy struct {
	store.Store
	last string
}

func (s *spy) Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	s.last = fmt.Sprintf("limit %d, total %t", q.Window.Limit, q.Total)
	return s.Store.Events(ctx, q)
}

// stuck blocks until its context is cancelled, and sends the reason to released.
type stuck struct {
	store.Store
	released chan error
}

func (s *stuck) Events(ctx context.Context, _ store.EventQuery) ([]store.Page[kg.Event], error) {
	<-ctx.Done()
	s.released <- ctx.Err()
	return nil, ctx.Err()
}

// failing always fails with err, which clients must not see.
type failing struct {
	store.Store
	err error
}

func (f failing) Events(context.Context, store.EventQuery) ([]store.Page[kg.Event], error) {
	return nil, f.err
}
