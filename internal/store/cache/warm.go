package cache

import (
	"context"
	"fmt"

	"casus/internal/kg"
	"casus/internal/projection"
	"casus/internal/store"
)

// Warm reads all that overviews and pages need into memory, from the snapshot or else from the engine, and then writes
// the snapshot. Until everything is read, Ready returns an error.
func (s *Store) Warm(ctx context.Context) error {
	s.warming.Store(true)
	defer s.warming.Store(false)
	counting, cancel := context.WithCancel(ctx)
	defer cancel()
	// A snapshot is read faster than the nodes are counted.
	go projection.CountIfSlow(counting, func(ctx context.Context) { s.Totals(ctx) })
	if err := s.index.Load(ctx); err != nil {
		return err
	}
	s.warming.Store(false)
	s.totals.expire() // the longest lists are in memory now
	s.Totals(ctx)
	return s.SaveSnapshot(ctx)
}

// SaveSnapshot writes the snapshot, if there is one and it does not have the same content already.
func (s *Store) SaveSnapshot(ctx context.Context) error { return s.index.Save(ctx) }

// EventsRead returns how many events Warm has read, and how many there are, 0 until they are counted. warming is false
// if Warm is not running.
func (s *Store) EventsRead() (read, all int64, warming bool) {
	if !s.warming.Load() {
		return 0, 0, false
	}
	if counted := s.totals.value.Load(); counted != nil {
		all = int64(counted.Nodes[kg.KindEvent])
	}
	return min(s.index.EventsRead(), all), all, true
}

// Progress describes what Warm is reading, in words. warming is false if Warm is not running.
func (s *Store) Progress() (reading string, warming bool) {
	read, all, warming := s.EventsRead()
	switch {
	case !warming:
		return "", false
	case all == 0:
		return "reading events into memory", true
	case read < all:
		return fmt.Sprintf("reading events into memory (%d of %d)", read, all), true
	}
	return fmt.Sprintf("reading the actors, places and sources of %d events into memory", all), true
}

// Ready returns nil if the store can answer queries fast, and UNAVAILABLE while Warm is reading.
func (s *Store) Ready(ctx context.Context) error {
	if reading, warming := s.Progress(); warming {
		return store.NotReady(reading)
	}
	return s.Store.Ready(ctx)
}

// explain returns the error of an overview, or UNAVAILABLE with the progress if it timed out while waiting for Warm.
func (s *Store) explain(err error) error { return projection.Explain(err, s.Progress) }
