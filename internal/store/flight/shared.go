package flight

import (
	"context"
	"sync"
	"time"

	"casus/internal/kg"
)

// maxSharedTime bounds a shared read, so that later callers do not wait for a store that hangs. It is short because the
// value is small.
const maxSharedTime = 10 * time.Second

// Shared merges concurrent reads of one small value. Callers that arrive during a read share the next one, so each
// receives a value that was read after its call.
type Shared[T any] struct {
	group *Group
	read  func(context.Context) (T, error)

	mu      sync.Mutex
	running bool
	next    *sharedRead[T] // the read of the callers that arrived during the running one
}

// sharedRead is one read. value and err are set when done is closed.
type sharedRead[T any] struct {
	ctx   context.Context // the first caller's, for its values only
	done  chan struct{}
	value T
	err   error
}

// Share returns a Shared that calls read, in a group of background reads.
func Share[T any](group *Group, read func(context.Context) (T, error)) *Shared[T] {
	return &Shared[T]{group: group, read: read}
}

// Read returns a value that was read after the call. It returns the error of the read, TIMEOUT when ctx ends first, or
// UNAVAILABLE if the group is closed.
func (s *Shared[T]) Read(ctx context.Context) (T, error) {
	var zero T
	if err := ctx.Err(); err != nil {
		return zero, kg.Errorf(kg.Timeout, "query the store: %w", err)
	}
	r, err := s.join(ctx)
	if err != nil {
		return zero, err
	}
	select {
	case <-r.done:
		return r.value, r.err
	case <-ctx.Done():
		return zero, kg.Errorf(kg.Timeout, "query the store: %w", ctx.Err())
	}
}

// join returns the next read, and starts it if none is running.
func (s *Shared[T]) join(ctx context.Context) (*sharedRead[T], error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.next == nil {
		s.next = &sharedRead[T]{ctx: ctx, done: make(chan struct{})}
	}
	r := s.next
	if !s.running {
		if !s.group.add() {
			return nil, errClosed()
		}
		s.running, s.next = true, nil
		go s.run(r)
	}
	return r, nil
}

// run reads until no caller has arrived during the last read.
func (s *Shared[T]) run(r *sharedRead[T]) {
	defer s.group.running.Done()
	for r != nil {
		s.readOnce(r)
		s.mu.Lock()
		r, s.next = s.next, nil
		s.running = r != nil
		s.mu.Unlock()
	}
}

func (s *Shared[T]) readOnce(r *sharedRead[T]) {
	defer close(r.done)
	ctx, cancel := s.group.detach(r.ctx, maxSharedTime)
	defer cancel()
	r.value, r.err = s.read(ctx)
}
