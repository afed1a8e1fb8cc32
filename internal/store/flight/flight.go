// Package onward reads from a store what is to be kept beside it: when nobody waits for that any more it goes on, for the next who
// asks, and ends with the store.
package flight

import (
	"context"
	"sync"
	"time"

	"casus/internal/kg"
)

// MaxReadTime bounds a reading.
const MaxReadTime = 10 * time.Minute

// Group are those of one store. They are safe for concurrent use.
type Group struct {
	// life ends with the store, by end; going are the readings under way.
	life  context.Context
	end   context.CancelFunc
	going sync.WaitGroup

	mu     sync.Mutex
	closed bool
}

// New begins with none.
func New() *Group {
	life, end := context.WithCancel(context.Background())
	return &Group{life: life, end: end}
}

// Close ends what is being read, and waits until it has ended: the store may be closed then. Nothing is read from then on.
func (r *Group) Close() {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	r.end()
	r.going.Wait()
}

// begin counts one more reading, unless the store is closed.
func (r *Group) begin() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed {
		r.going.Add(1)
	}
	return !r.closed
}

// living is a context with the values of another one that ends with the store, or after so long.
func (r *Group) living(ctx context.Context, longest time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), longest)
	stop := context.AfterFunc(r.life, cancel)
	return ctx, func() { stop(); cancel() }
}

func errClosed() error { return kg.Errorf(kg.Unavailable, "the store is closed") }

// Turn is had by one reading at a time.
type Turn chan struct{}

// NewTurn is nobody's yet.
func NewTurn() Turn { return make(Turn, 1) }

// Read has its turn, reads, and gives what was read. What read uses it must have to itself: it may go on when Read has returned, which
// is a TIMEOUT. Of a closed store nothing is read: UNAVAILABLE.
func Read[T any](ctx context.Context, r *Group, turn Turn, read func(context.Context) (T, error)) (T, error) {
	var none T
	if err := ctx.Err(); err != nil { // else it would be by chance whether an answer that is there already is given
		return none, kg.Errorf(kg.Timeout, "read what is kept: %w", err)
	}
	select {
	case turn <- struct{}{}:
	case <-ctx.Done():
		return none, kg.Errorf(kg.Timeout, "wait for who asks the same: %w", ctx.Err())
	}
	done, err := start(ctx, r, turn, read)
	if err != nil {
		return none, err
	}
	select {
	case got := <-done:
		return got.value, got.err
	case <-ctx.Done():
		return none, kg.Errorf(kg.Timeout, "the answer is being read: ask again: %w", ctx.Err())
	}
}

// Begin reads for who asks later, and does not wait; nor for a turn, which somebody else has to read. An error is told to nobody: who asks
// later meets it.
func Begin(ctx context.Context, r *Group, turn Turn, read func(context.Context) error) {
	select {
	case turn <- struct{}{}:
		_, _ = start(ctx, r, turn, func(ctx context.Context) (struct{}, error) { return struct{}{}, read(ctx) })
	default:
	}
}

// result is of a reading.
type result[T any] struct {
	value T
	err   error
}

// start reads, and gives the turn back when it is done. Only the values of the context count.
func start[T any](ctx context.Context, r *Group, turn Turn, read func(context.Context) (T, error)) (<-chan result[T], error) {
	if !r.begin() {
		<-turn
		return nil, errClosed()
	}
	done := make(chan result[T], 1)
	go func() {
		defer r.going.Done()
		defer func() { <-turn }()
		going, cancel := r.living(ctx, MaxReadTime)
		defer cancel()
		value, err := read(going)
		done <- result[T]{value, err}
	}()
	return done, nil
}
