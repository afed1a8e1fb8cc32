package flight

import (
	"context"
	"sync"
	"time"

	"casus/internal/kg"
)

// longestShared bounds a shared reading, which is a small one: who asks next must not wait for a store that hangs.
const longestShared = 10 * time.Second

// Shared is something small that many ask a store for at once. All who ask while it is being read share the next reading, so each is given
// what was read after it asked.
type Shared[T any] struct {
	readings *Group
	read     func(context.Context) (T, error)

	mu    sync.Mutex
	going bool
	next  *shared[T] // what those wait for who asked during a reading
}

// shared is one reading. The rest is set when it is done.
type shared[T any] struct {
	ctx   context.Context // of who asked first: its values alone count
	done  chan struct{}
	value T
	err   error
}

// Share shares what read gives. The readings are the store's.
func Share[T any](readings *Group, read func(context.Context) (T, error)) *Shared[T] {
	return &Shared[T]{readings: readings, read: read}
}

// Read gives what is read from now on. Errors: those of the reading, TIMEOUT where the context ends before, UNAVAILABLE where the
// store is closed.
func (s *Shared[T]) Read(ctx context.Context) (T, error) {
	var none T
	if err := ctx.Err(); err != nil {
		return none, kg.Errorf(kg.Timeout, "ask the store: %w", err)
	}
	one, err := s.ask(ctx)
	if err != nil {
		return none, err
	}
	select {
	case <-one.done:
		return one.value, one.err
	case <-ctx.Done():
		return none, kg.Errorf(kg.Timeout, "ask the store: %w", ctx.Err())
	}
}

// ask joins the reading that begins next: at once where none is going on.
func (s *Shared[T]) ask(ctx context.Context) (*shared[T], error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.next == nil {
		s.next = &shared[T]{ctx: ctx, done: make(chan struct{})}
	}
	one := s.next
	if !s.going {
		if !s.readings.begin() {
			return nil, errClosed()
		}
		s.going, s.next = true, nil
		go s.run(one)
	}
	return one, nil
}

// run reads until nobody asked during the last reading.
func (s *Shared[T]) run(one *shared[T]) {
	defer s.readings.going.Done()
	for one != nil {
		s.readOne(one)
		s.mu.Lock()
		one, s.next = s.next, nil
		s.going = one != nil
		s.mu.Unlock()
	}
}

func (s *Shared[T]) readOne(one *shared[T]) {
	defer close(one.done)
	ctx, cancel := s.readings.living(one.ctx, longestShared)
	defer cancel()
	one.value, one.err = s.read(ctx)
}
