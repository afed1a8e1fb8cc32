package cache

import (
	"context"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"casus/internal/kg"
	"casus/internal/projection/aggregate"
	"casus/internal/store"
	"casus/internal/store/flight"
)

// Totals are numbers from which the lengths of a store's lists are estimated. Writes of the last seconds, in a large
// store of the last minutes, may be missing.
type Totals struct {
	// Nodes counts nodes by kind, Edges the edges with everything known, States the state versions of events.
	Nodes  map[kg.NodeKind]int
	Edges  map[store.EdgeType]int
	States int
	// Longest has the lengths of lists below one node, as far as they are in memory.
	Longest aggregate.Longest
}

// totals holds the last Totals that were read from an engine.
type totals struct {
	engine  store.Store
	longest func() aggregate.Longest

	value    atomic.Pointer[Totals]
	revision atomic.Int64 // the store's when the value was read
	next     atomic.Int64 // the earliest time of the next read, as a Unix time in nanoseconds
	reading  *semaphore.Weighted
}

const (
	// totalsInterval is the minimum pause between two reads of totals. After a read that took d the pause is at least
	// totalsBackoff*d, since an engine counts rows, which may take seconds.
	totalsInterval = 5 * time.Second
	totalsBackoff  = 20
)

func newTotals(engine store.Store, longest func() aggregate.Longest) *totals {
	return &totals{engine: engine, longest: longest, reading: semaphore.NewWeighted(1)}
}

// get returns the last totals, and begins to read them again if they may be old. ok is false if there are none yet.
func (t *totals) get(ctx context.Context, flights *flight.Group) (found Totals, ok bool) {
	if time.Now().UnixNano() >= t.next.Load() {
		flight.Begin(ctx, flights, t.reading, t.read)
	}
	if last := t.value.Load(); last != nil {
		return *last, true
	}
	return Totals{}, false
}

// expire lets the next call of get begin to read the totals again.
func (t *totals) expire() { t.next.Store(0) }

// read counts the store's nodes, unless nothing was written since they were counted. The longest lists are those in
// memory, which may be older.
func (t *totals) read(ctx context.Context) error {
	began := time.Now()
	defer func() {
		pause := max(totalsInterval, totalsBackoff*time.Since(began))
		t.next.Store(time.Now().Add(pause).UnixNano())
	}()
	revision, err := t.engine.Revision(ctx)
	if err != nil {
		return err
	}
	var found Totals
	if last := t.value.Load(); last != nil && t.revision.Load() == revision {
		found = *last
	} else {
		stats, err := t.engine.Stats(ctx)
		if err != nil {
			return err
		}
		found.Nodes, found.Edges, found.States = stats.Nodes, stats.Edges, stats.States
	}
	found.Longest = t.longest()
	t.revision.Store(revision)
	t.value.Store(&found)
	return nil
}
