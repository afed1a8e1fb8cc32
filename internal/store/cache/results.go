// Package kept keeps answers that tell of all events, as long as nothing is written: so that what a page asks first need not go
// over every event each time.
package cache

import (
	"context"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"casus/internal/store"
	"casus/internal/store/flight"
)

// most bounds how many rows are kept of one answer, and answers how many answers there are.
const (
	most    = 100_000
	answers = 64
)

// Results are those of one store. They are safe for concurrent use.
type Results struct {
	log      store.ChangeLog
	readings *flight.Group

	mu       sync.Mutex
	revision int64
	of       *simplelru.LRU[string, *answer] // by question
}

// answer is the rows of one. Whoever asks first has it to itself while they are read.
type answer struct {
	reading flight.Turn
	rows    any // nil: none are kept
}

// NewResults keeps answers of a store, of which the log tells whether anything was written, by whatever process. The readings are the store's.
func NewResults(log store.ChangeLog, readings *flight.Group) *Results {
	a := &Results{log: log, readings: readings}
	a.of, _ = simplelru.NewLRU[string, *answer](answers, nil) // only a size below 1 is an error
	return a
}

// Rows gives the rows that a question was answered with before, or those that read gives; they are not to be changed. That there are
// none is not kept. What read uses it must have to itself: it may go on when Rows has returned.
func Rows[T any](ctx context.Context, a *Results, question string, read func(context.Context) ([]T, error)) ([]T, error) {
	now, err := a.log.Revision(ctx)
	if err != nil {
		return nil, err
	}
	one := a.at(now, question)
	return flight.Read(ctx, a.readings, one.reading, func(ctx context.Context) ([]T, error) {
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

// at returns the entry of a question, the most recently used now. Answers of another revision are dropped; where there are too
// many, the least recently used one is evicted.
func (a *Results) at(revision int64, question string) *answer {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.revision != revision {
		a.revision = revision
		a.of.Purge()
	}
	one, found := a.of.Get(question)
	if !found {
		one = &answer{reading: flight.NewTurn()}
		a.of.Add(question, one)
	}
	return one
}
