// Package projection keeps values that are computed from a whole store in memory, and follows the store's change log,
// so that writes of any process count.
package projection

import (
	"context"

	"golang.org/x/sync/semaphore"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/flight"
)

// Model describes the value of a follower. No function runs at the same time as another of the same follower.
type Model[T any] struct {
	// Build reads the whole store. A write during the read may or may not be in the value.
	Build func(ctx context.Context) (T, error)
	// Changes reads subjects again and returns a function that replaces them in the value, while no reader uses it.
	// After an error of that function the value is built again.
	Changes func(ctx context.Context, value T, subjects []kg.ID) (put func() error, err error)
	// Restore returns a value from an earlier run of the program, and the revision that it is of. It is called once,
	// before the first build; after an error the value is built. nil if there is no such value.
	Restore func(ctx context.Context) (value T, revision int64, err error)
	// Size returns the number of subjects in the value. If many more have changed since it was built, it is built again.
	Size func(T) int
}

// Follower holds one value and brings it up to date before it is used. It is safe for concurrent use. A build outlives
// the request that started it, so that the next request finds the value.
type Follower[T any] struct {
	model   Model[T]
	log     store.ChangeLog
	flights *flight.Group
	// refreshing is acquired by the one goroutine that refreshes.
	refreshing *semaphore.Weighted
	// readers is acquired once by each reader of the state, and maxReaders times while it changes.
	readers *semaphore.Weighted
	state   *state[T] // nil until the value is built
	// tried is set once Restore was called.
	tried bool
}

type state[T any] struct {
	value    T
	revision int64
	// changed counts the subjects that were read again since the value was built, and so bounds the outdated content
	// in it.
	changed int
}

// maxReaders is the number of concurrent readers of one value.
const maxReaders = 1 << 30

// Follow returns a follower without a value. flights are the background reads of the store.
func Follow[T any](log store.ChangeLog, flights *flight.Group, m Model[T]) *Follower[T] {
	return &Follower[T]{
		model: m, log: log, flights: flights,
		refreshing: semaphore.NewWeighted(1), readers: semaphore.NewWeighted(maxReaders),
	}
}

// Need is a part of the value that is read only when it is needed.
type Need[T any] struct {
	// Met reports whether the value has the part.
	Met func(T) bool
	// Extend reads the part and returns a function that puts it into the value, while no reader uses it.
	Extend func(ctx context.Context, value T) (put func(), err error)
}

// Read refreshes the value and calls use with it. The value does not change during the call, and is at least as new as
// the call of Read.
func (f *Follower[T]) Read(ctx context.Context, use func(T) error) error {
	return f.ReadExtended(ctx, Need[T]{Met: func(T) bool { return true }}, use)
}

// ReadExtended is like Read, and extends the value by the needed part.
func (f *Follower[T]) ReadExtended(ctx context.Context, need Need[T], use func(T) error) error {
	now, err := f.log.Revision(ctx)
	if err != nil {
		return err
	}
	current := func(s *state[T]) bool { return s.revision == now && need.Met(s.value) }
	for {
		done, err := f.use(ctx, current, func(s *state[T]) error { return use(s.value) })
		if done || err != nil {
			return err
		}
		if _, err := flight.Read(ctx, f.flights, f.refreshing, func(ctx context.Context) (none struct{}, err error) {
			return none, f.refresh(ctx, need)
		}); err != nil {
			return err
		}
		// Another goroutine may have changed the state since; it is then at least as new.
		current = func(s *state[T]) bool { return need.Met(s.value) }
	}
}

// use calls use with the state if it is current. done is false if it is not.
func (f *Follower[T]) use(
	ctx context.Context, current func(*state[T]) bool, use func(*state[T]) error,
) (done bool, err error) {
	if err := f.acquire(ctx, 1); err != nil {
		return false, err
	}
	defer f.readers.Release(1)
	if f.state == nil || !current(f.state) {
		return false, nil
	}
	return true, use(f.state)
}

// Peek calls use with the present value and its revision. It returns false if the value is missing or changing.
func (f *Follower[T]) Peek(use func(value T, revision int64)) bool {
	if !f.readers.TryAcquire(1) {
		return false
	}
	defer f.readers.Release(1)
	if f.state != nil {
		use(f.state.value, f.state.revision)
	}
	return f.state != nil
}

// Inspect calls use with the present value and its revision. It does nothing if the value is missing.
func (f *Follower[T]) Inspect(ctx context.Context, use func(value T, revision int64) error) error {
	anyState := func(*state[T]) bool { return true }
	_, err := f.use(ctx, anyState, func(s *state[T]) error { return use(s.value, s.revision) })
	return err
}

// Begin refreshes the value and extends it by the needed part in the background, unless a refresh is running. It calls
// ended with the error.
func (f *Follower[T]) Begin(ctx context.Context, need Need[T], ended func(error)) {
	flight.Begin(ctx, f.flights, f.refreshing, func(ctx context.Context) error {
		err := f.refresh(ctx, need)
		ended(err)
		return err
	})
}

// acquire waits until no other goroutine reads or changes the state in a way that excludes this one.
func (f *Follower[T]) acquire(ctx context.Context, n int64) error {
	if err := f.readers.Acquire(ctx, n); err != nil {
		return kg.Errorf(kg.Timeout, "timed out while other requests were using the projection: %w", err)
	}
	return nil
}

// refresh brings the state up to date and extends its value. The caller holds refreshing.
func (f *Follower[T]) refresh(ctx context.Context, need Need[T]) error {
	for {
		err := f.update(ctx)
		if err == nil && !need.Met(f.state.value) {
			err = f.extend(ctx, need)
		}
		if kg.CodeOf(err) != kg.Conflict { // identity classes changed during a read
			return err
		}
	}
}

// update applies the changes since the state's revision, or builds the value if the change log does not reach back that
// far or if too much has changed.
func (f *Follower[T]) update(ctx context.Context) error {
	now, err := f.log.Revision(ctx)
	if err != nil {
		return err
	}
	if err := f.restore(ctx); err != nil {
		return err
	}
	if s := f.state; s != nil {
		if s.revision == now {
			return nil
		}
		subjects, complete, now, err := f.log.Since(ctx, s.revision)
		if err != nil {
			return err
		}
		if size := f.model.Size(s.value); complete && len(subjects) <= size/4+1000 && s.changed <= size+1000 {
			return f.change(ctx, subjects, now)
		}
	}
	value, err := f.model.Build(ctx)
	if err != nil {
		return err
	}
	return f.replace(ctx, &state[T]{value: value, revision: now})
}

// restore restores the value, once. A value of another store is not used: update builds the value unless its revision
// is in the store's change log.
func (f *Follower[T]) restore(ctx context.Context) error {
	if f.tried || f.model.Restore == nil {
		return nil
	}
	f.tried = true
	value, revision, err := f.model.Restore(ctx)
	if err == nil {
		return f.replace(ctx, &state[T]{value: value, revision: revision})
	}
	return nil // the value is built
}

func (f *Follower[T]) replace(ctx context.Context, s *state[T]) error {
	return f.exclusively(ctx, func() error { f.state = s; return nil })
}

func (f *Follower[T]) extend(ctx context.Context, need Need[T]) error {
	put, err := need.Extend(ctx, f.state.value)
	if err != nil {
		return err
	}
	return f.exclusively(ctx, func() error { put(); return nil })
}

// change applies the changes of subjects to the value, which then is at revision now.
func (f *Follower[T]) change(ctx context.Context, subjects []kg.ID, now int64) error {
	put := func() error { return nil }
	if len(subjects) > 0 {
		var err error
		if put, err = f.model.Changes(ctx, f.state.value, subjects); err != nil {
			return err
		}
	}
	return f.exclusively(ctx, func() error {
		if err := put(); err != nil {
			f.state = nil
			return err
		}
		f.state.revision = now
		f.state.changed += len(subjects)
		return nil
	})
}

// exclusively calls change while no reader uses the state.
func (f *Follower[T]) exclusively(ctx context.Context, change func() error) error {
	if err := f.acquire(ctx, maxReaders); err != nil {
		return err
	}
	defer f.readers.Release(maxReaders)
	return change()
}
