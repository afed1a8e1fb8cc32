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

// Totals say how many elements lists of a store can have. They are for estimates: writes of the last seconds, in a large
// store of the last minutes, may be missing.
type Totals struct {
	// Nodes counts nodes by kind, States the state versions of events.
	Nodes  map[kg.NodeKind]int
	States int
	// Longest has the lengths of lists below one node, as far as they are in memory.
	Longest aggregate.Longest
}

// totals holds the last Totals that were read.
type totals struct {
	value    atomic.Pointer[Totals]
	revision atomic.Int64 // the store's when the value was read
	next     atomic.Int64 // the earliest time of the next read, as a Unix time in nanoseconds
	reading  *semaphore.Weighted
}

const (
	// totalsInterval is the shortest time between two reads of totals, and totalsBackoff how many times as long as the
	// last read: an engine counts rows, which may take seconds.
	totalsInterval = 5 * time.Second
	totalsBackoff  = 20
)

// Totals returns the totals that were read last, without waiting, and begins to read them again if they may be old. ok
// is false if none were read yet.
func (s *Store) Totals(ctx context.Context) (t Totals, ok bool) {
	if time.Now().UnixNano() >= s.totals.next.Load() {
		flight.Begin(ctx, s.flights, s.totals.reading, s.readTotals)
	}
	if found := s.totals.value.Load(); found != nil {
		return *found, true
	}
	return Totals{}, false
}

// readTotals counts the store's nodes, unless nothing was written since they were counted.
func (s *Store) readTotals(ctx context.Context) error {
	began := time.Now()
	defer func() {
		pause := max(totalsInterval, totalsBackoff*time.Since(began))
		s.totals.next.Store(time.Now().Add(pause).UnixNano())
	}()
	revision, err := s.Store.Revision(ctx)
	if err != nil || s.totals.value.Load() != nil && s.totals.revision.Load() == revision {
		return err
	}
	stats, err := s.Store.Stats(ctx)
	if err != nil {
		return err
	}
	s.totals.set(stats, revision, s.index.Longest())
	return nil
}

// set replaces the totals by those of a revision or a later one.
func (t *totals) set(stats store.Stats, revision int64, longest aggregate.Longest) {
	t.revision.Store(revision)
	t.value.Store(&Totals{Nodes: stats.Nodes, States: stats.States, Longest: longest})
}
