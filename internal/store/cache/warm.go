package cache

import (
	"context"
	"fmt"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
)

// Warm reads all that overviews and pages need into memory, from the snapshot or else from the engine, and then writes
// the snapshot. Until everything is read, Ready returns an error.
func (s *Store) Warm(ctx context.Context) error {
	s.warming.Store(true)
	defer s.warming.Store(false)
	counting, cancel := context.WithCancel(ctx)
	defer cancel()
	go s.countIfSlow(counting)
	if err := s.index.Load(ctx); err != nil {
		return err
	}
	s.warming.Store(false)
	s.totals.expire() // the longest lists are in memory now
	s.Totals(ctx)
	return s.SaveSnapshot(ctx)
}

// countIfSlow begins to count the nodes, for the progress of Warm, if that takes long: a snapshot is read faster than
// they are counted.
func (s *Store) countIfSlow(ctx context.Context) {
	select {
	case <-time.After(time.Second):
		s.Totals(ctx)
	case <-ctx.Done():
	}
}

// SaveSnapshot writes the snapshot, if there is one and it does not have the same content already.
func (s *Store) SaveSnapshot(ctx context.Context) error { return s.index.Save(ctx) }

// Progress returns what Warm is reading, for people. warming is false if it is not running.
func (s *Store) Progress() (reading string, warming bool) {
	if !s.warming.Load() {
		return "", false
	}
	all := int64(0) // until they are counted
	if counted := s.totals.value.Load(); counted != nil {
		all = int64(counted.Nodes[kg.KindEvent])
	}
	read := min(s.index.EventsRead(), all)
	switch {
	case all == 0:
		return "reading events into memory", true
	case read < all:
		return fmt.Sprintf("reading events into memory (%d of %d)", read, all), true
	}
	return fmt.Sprintf("reading the actors, places and sources of %d events into memory", all), true
}

// Ready returns nil if the store can answer queries fast, and UNAVAILABLE while Warm is reading.
func (s *Store) Ready(ctx context.Context) error {
	if err := s.notWarm(); err != nil {
		return err
	}
	return s.Store.Ready(ctx)
}

// notWarm returns UNAVAILABLE with the progress while Warm is reading, else nil.
func (s *Store) notWarm() error {
	if reading, warming := s.Progress(); warming {
		return store.NotReady(reading)
	}
	return nil
}

// explain returns the error of an overview, or UNAVAILABLE with the progress if it waited in vain for Warm.
func (s *Store) explain(err error) error {
	if kg.CodeOf(err) == kg.Timeout {
		if notWarm := s.notWarm(); notWarm != nil {
			return notWarm
		}
	}
	return err
}
