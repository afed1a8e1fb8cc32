package graph_test

import (
	"context"
	"fmt"

	"casus/internal/kg"
	"casus/internal/store"
)

// spyStore records the last query for events.
type spyStore struct {
	store.Store
	last string
}

func (s *spyStore) Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	s.last = fmt.Sprintf("limit %d, total %t", q.Window.Limit, q.Total)
	return s.Store.Events(ctx, q)
}

// stuckStore blocks until its context is cancelled, and sends the reason to released.
type stuckStore struct {
	store.Store
	released chan error
}

func (s *stuckStore) Events(ctx context.Context, _ store.EventQuery) ([]store.Page[kg.Event], error) {
	<-ctx.Done()
	s.released <- ctx.Err()
	return nil, ctx.Err()
}

// failingStore always fails with err, which clients must not see.
type failingStore struct {
	store.Store
	err error
}

func (f failingStore) Events(context.Context, store.EventQuery) ([]store.Page[kg.Event], error) {
	return nil, f.err
}
