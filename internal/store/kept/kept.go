// Package kept keeps answers that tell of all events, as long as nothing is written: so that what a page asks first need not go
// over every event each time.
package kept

import (
	"context"
	"sync"

	"casus/internal/kg"
)

// most bounds how many rows are kept of one answer, and answers how many answers there are.
const (
	most    = 100_000
	answers = 64
)

// Answers are those of one store. The zero value has none yet.
type Answers struct {
	mu       sync.Mutex
	revision int64
	of       map[string]*answer // by what was asked
}

// answer is the rows of one. Whoever asks first has it to itself while they are read.
type answer struct {
	reading chan struct{}
	rows    any // nil: none are kept
}

// Rows gives the rows that a question was answered with before, or those that read gives; they are not to be changed. The log tells
// whether anything was written since, by whatever process. That there are none is not kept.
func Rows[T any](ctx context.Context, a *Answers, log kg.ChangeLog, question string, read func() ([]T, error)) ([]T, error) {
	now, err := log.Revision(ctx)
	if err != nil {
		return nil, err
	}
	one := a.at(now, question)
	select {
	case one.reading <- struct{}{}:
		defer func() { <-one.reading }()
	case <-ctx.Done():
		return nil, kg.Errorf(kg.Timeout, "wait for who asks the same: %w", ctx.Err())
	}
	if rows, ok := one.rows.([]T); ok {
		return rows, nil
	}
	// What is written meanwhile makes the rows newer than the revision, never older.
	rows, err := read()
	if err == nil && 0 < len(rows) && len(rows) <= most {
		one.rows = rows
	}
	return rows, err
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
