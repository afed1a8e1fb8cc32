// Package kept keeps answers that tell of all events, as long as nothing is written: so that what a page asks first need not go
// over every event each time.
package kept

import (
	"context"
	"sync"

	"casus/internal/kg"
	"casus/internal/store/onward"
)

// most bounds how many rows are kept of one answer, and answers how many answers there are.
const (
	most    = 100_000
	answers = 64
)

// Answers are those of one store. They are safe for concurrent use.
type Answers struct {
	log      kg.ChangeLog
	readings *onward.Readings

	mu       sync.Mutex
	revision int64
	of       map[string]*answer // by what was asked
}

// answer is the rows of one. Whoever asks first has it to itself while they are read.
type answer struct {
	reading onward.Turn
	rows    any // nil: none are kept
}

// New keeps answers of a store, of which the log tells whether anything was written, by whatever process. The readings are the store's.
func New(log kg.ChangeLog, readings *onward.Readings) *Answers {
	return &Answers{log: log, readings: readings}
}

// Rows gives the rows that a question was answered with before, or those that read gives; they are not to be changed. That there are
// none is not kept. What read uses it must have to itself: it may go on when Rows has returned.
func Rows[T any](ctx context.Context, a *Answers, question string, read func(context.Context) ([]T, error)) ([]T, error) {
	now, err := a.log.Revision(ctx)
	if err != nil {
		return nil, err
	}
	one := a.at(now, question)
	return onward.Read(ctx, a.readings, one.reading, func(ctx context.Context) ([]T, error) {
		if rows, ok := one.rows.([]T); ok {
			return rows, nil
		}
		// What is written meanwhile makes the rows newer than the revision, never older.
		rows, err := read(ctx)
		if err == nil && 0 < len(rows) && len(rows) <= most {
			one.rows = rows
		}
		return rows, err
	})
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
		one = &answer{reading: onward.NewTurn()}
		a.of[question] = one
	}
	return one
}
