package loaders

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"casus/graph/scheduler"
	"casus/internal/kg"

	"github.com/vikstrous/dataloadgen"
)

// batcher holds the loaders of one kind, one for each set of arguments, created at first use. Each collects the ids
// requested within wait and fetches them with one call, which returns values parallel to the ids.
type batcher[A, V any] struct {
	fetch func(ctx context.Context, args A, ids []kg.ID) ([]V, error)
	wait  time.Duration

	mu      sync.Mutex
	loaders map[string]*dataloadgen.Loader[kg.ID, V]
}

func newBatcher[A, V any](wait time.Duration, fetch func(context.Context, A, []kg.ID) ([]V, error)) *batcher[A, V] {
	return &batcher[A, V]{fetch: fetch, wait: wait, loaders: map[string]*dataloadgen.Loader[kg.ID, V]{}}
}

// loader returns the loader for args. Arguments are equal if their JSON is.
func (f *batcher[A, V]) loader(args A) (*dataloadgen.Loader[kg.ID, V], error) {
	key, err := json.Marshal(args)
	if err != nil {
		return nil, kg.Errorf(kg.Internal, "encode the arguments %+v: %w", args, err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	l, ok := f.loaders[string(key)]
	if !ok {
		l = dataloadgen.NewLoader(func(ctx context.Context, ids []kg.ID) ([]V, []error) {
			values, err := f.fetch(ctx, args, ids)
			if err == nil && len(values) != len(ids) {
				err = kg.Errorf(kg.Internal, "the store returned %d values for %d ids", len(values), len(ids))
			}
			if err != nil {
				return nil, []error{err}
			}
			return values, nil
		}, dataloadgen.WithWait(f.wait))
		f.loaders[string(key)] = l
	}
	return l, nil
}

func (f *batcher[A, V]) load(ctx context.Context, args A, id kg.ID) (V, error) {
	l, err := f.loader(args)
	if err != nil {
		var zero V
		return zero, err
	}
	thunk := l.LoadThunk(ctx, id)
	scheduler.Yield(ctx)
	return thunk()
}

// loadAll returns the values in the order of ids, or the first error.
func (f *batcher[A, V]) loadAll(ctx context.Context, args A, ids []kg.ID) ([]V, error) {
	l, err := f.loader(args)
	if err != nil {
		return nil, err
	}
	thunks := make([]func() (V, error), len(ids))
	for i, id := range ids {
		thunks[i] = l.LoadThunk(ctx, id)
	}
	scheduler.Yield(ctx)
	values := make([]V, len(ids))
	for i, thunk := range thunks {
		if values[i], err = thunk(); err != nil {
			return nil, err
		}
	}
	return values, nil
}
