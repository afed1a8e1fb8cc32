// Package flight runs reads that fill a cache. A read outlives the request that started it, so that the next request
// finds its result, and is cancelled when the store closes.
package flight

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"

	"casus/internal/kg"
)

// MaxReadTime bounds a background read.
const MaxReadTime = 10 * time.Minute

// Group holds the background reads of one store. It is safe for concurrent use.
type Group struct {
	// lifetime is the context of the store; cancel ends it. running counts the reads that have not returned.
	lifetime context.Context
	cancel   context.CancelFunc
	running  sync.WaitGroup

	mu     sync.Mutex
	closed bool
	// shared merges the concurrent calls of Do with one key.
	shared singleflight.Group
}

// New returns a group without reads.
func New() *Group {
	lifetime, cancel := context.WithCancel(context.Background())
	return &Group{lifetime: lifetime, cancel: cancel}
}

// Close cancels all reads and waits until they have returned, so that the store can be closed. Later reads fail.
func (g *Group) Close() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.cancel()
	g.running.Wait()
}

// add counts one more read. It reports false if the group is closed.
func (g *Group) add() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.closed {
		g.running.Add(1)
	}
	return !g.closed
}

// detach returns a context with the values of ctx that ends when the group closes, or after timeout.
func (g *Group) detach(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout)
	stop := context.AfterFunc(g.lifetime, cancel)
	return ctx, func() { stop(); cancel() }
}

func errClosed() error { return kg.Errorf(kg.Unavailable, "the store is closed") }

// Read acquires sem, of weight 1, calls read and returns its result. It returns TIMEOUT when ctx ends first; read then
// continues in the background and must not share variables with the caller. It returns UNAVAILABLE if g is closed.
func Read[T any](
	ctx context.Context, g *Group, sem *semaphore.Weighted, read func(context.Context) (T, error),
) (T, error) {
	var zero T
	if err := ctx.Err(); err != nil { // select would choose at random between a result and the end of ctx
		return zero, kg.Errorf(kg.Timeout, "read cached data: %w", err)
	}
	if err := sem.Acquire(ctx, 1); err != nil {
		return zero, kg.Errorf(kg.Timeout, "waiting for an identical query: %w", err)
	}
	done, err := start(ctx, g, sem, read)
	if err != nil {
		return zero, err
	}
	r, err := await(ctx, done)
	if err != nil {
		return zero, err
	}
	return r.value, r.err
}

// await returns the result of a read, or TIMEOUT when ctx ends first.
func await[R any](ctx context.Context, done <-chan R) (r R, err error) {
	select {
	case r := <-done:
		return r, nil
	case <-ctx.Done():
		return r, kg.Errorf(kg.Timeout, "timed out while cached data was loading; retry: %w", ctx.Err())
	}
}

// Do calls read and returns its result, which concurrent calls with the same key share. A key stands for one type of
// result. When ctx ends first, read continues as in Read. Errors are those of Read.
func Do[T any](ctx context.Context, g *Group, key string, read func(context.Context) (T, error)) (T, error) {
	var zero T
	if err := ctx.Err(); err != nil {
		return zero, kg.Errorf(kg.Timeout, "read cached data: %w", err)
	}
	done := g.shared.DoChan(key, func() (any, error) {
		if !g.add() {
			return zero, errClosed()
		}
		defer g.running.Done()
		detached, cancel := g.detach(ctx, MaxReadTime)
		defer cancel()
		return read(detached)
	})
	r, err := await(ctx, done)
	if err != nil {
		return zero, err
	}
	return r.Val.(T), r.Err
}

// Begin starts read in the background if sem is free, and returns at once. An error of read is dropped, because the
// next call of Read encounters it again.
func Begin(ctx context.Context, g *Group, sem *semaphore.Weighted, read func(context.Context) error) {
	if sem.TryAcquire(1) {
		_, _ = start(ctx, g, sem, func(ctx context.Context) (struct{}, error) { return struct{}{}, read(ctx) })
	}
}

// result is the result of a read.
type result[T any] struct {
	value T
	err   error
}

// start runs read with only the values of ctx and releases sem, which the caller holds, when read returns.
func start[T any](
	ctx context.Context, g *Group, sem *semaphore.Weighted, read func(context.Context) (T, error),
) (<-chan result[T], error) {
	if !g.add() {
		sem.Release(1)
		return nil, errClosed()
	}
	done := make(chan result[T], 1)
	go func() {
		defer g.running.Done()
		defer sem.Release(1)
		detached, cancel := g.detach(ctx, MaxReadTime)
		defer cancel()
		value, err := read(detached)
		done <- result[T]{value, err}
	}()
	return done, nil
}
