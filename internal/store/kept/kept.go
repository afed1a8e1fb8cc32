// Package kept keeps answers that tell of all events, as long as nothing is written: so that what a page asks first need not go
// over every event each time.
package kept

import (
	"context"
	"sync"
	"time"

	"casus/internal/kg"
)

// most bounds how many rows are kept of one answer, and answers how many answers there are.
const (
	most    = 100_000
	answers = 64
)

// longest bounds the reading of an answer. It goes on when nobody waits for it any more, for the next who asks.
const longest = 10 * time.Minute

// Answers are those of one store. They are safe for concurrent use.
type Answers struct {
	log kg.ChangeLog
	// life ends with the store, by end; going are the readings under way.
	life  context.Context
	end   context.CancelFunc
	going sync.WaitGroup

	mu       sync.Mutex
	closed   bool
	revision int64
	of       map[string]*answer // by what was asked
}

// answer is the rows of one. Whoever asks first has it to itself while they are read.
type answer struct {
	reading chan struct{}
	rows    any // nil: none are kept
}

// New keeps answers of a store, of which the log tells whether anything was written, by whatever process.
func New(log kg.ChangeLog) *Answers {
	life, end := context.WithCancel(context.Background())
	return &Answers{log: log, life: life, end: end}
}

// Close ends what is being read, and waits until it has ended: the store may be closed then.
func (a *Answers) Close() {
	a.mu.Lock()
	a.closed = true
	a.mu.Unlock()
	a.end()
	a.going.Wait()
}

// Rows gives the rows that a question was answered with before, or those that read gives; they are not to be changed. That there are
// none is not kept. What read uses it must have to itself: it may go on when Rows has returned.
func Rows[T any](ctx context.Context, a *Answers, question string, read func(context.Context) ([]T, error)) ([]T, error) {
	now, err := a.log.Revision(ctx)
	if err != nil {
		return nil, err
	}
	one := a.at(now, question)
	select {
	case one.reading <- struct{}{}:
	case <-ctx.Done():
		return nil, kg.Errorf(kg.Timeout, "wait for who asks the same: %w", ctx.Err())
	}
	if rows, ok := one.rows.([]T); ok {
		<-one.reading
		return rows, nil
	}
	if !a.begin() {
		<-one.reading
		return nil, kg.Errorf(kg.Unavailable, "the store is closed")
	}
	type result struct {
		rows []T
		err  error
	}
	done := make(chan result, 1)
	go func() {
		defer a.going.Done()
		defer func() { <-one.reading }()
		going, cancel := context.WithTimeout(context.WithoutCancel(ctx), longest)
		defer cancel()
		defer context.AfterFunc(a.life, cancel)()
		// What is written meanwhile makes the rows newer than the revision, never older.
		rows, err := read(going)
		if err == nil && 0 < len(rows) && len(rows) <= most {
			one.rows = rows
		}
		done <- result{rows, err}
	}()
	select {
	case r := <-done:
		return r.rows, r.err
	case <-ctx.Done():
		return nil, kg.Errorf(kg.Timeout, "the answer is being read: ask again: %w", ctx.Err())
	}
}

// begin counts one more reading, unless the store is closed.
func (a *Answers) begin() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.closed {
		a.going.Add(1)
	}
	return !a.closed
}

// at is where the answer to a question is kept, or is to be.
func (a *Answers) at(revision int64, question string) *answer {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.revision != revision || len(a.of) >= answers {
		a.revision, a.of = revision, nil
	}
	if a.of == nil {
		a.of = map[string]*answer{}
	}
	one := a.of[question]
	if one == nil {
		one = &answer{reading: make(chan struct{}, 1)}
		a.of[question] = one
	}
	return one
}
