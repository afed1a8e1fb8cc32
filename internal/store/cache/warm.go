package cache

import (
	"context"
	"errors"
	"fmt"

	"casus/internal/kg"
	"casus/internal/projection"
	"casus/internal/store"
)

// Part is something that Warm reads into memory after the events.
type Part interface {
	// Load reads the part, from its snapshot or else from the store.
	Load(ctx context.Context) error
	// Progress describes what Load is reading, in words.
	Progress() string
	// SaveSnapshot writes the part's snapshot, if there is one and it does not have the same content already.
	SaveSnapshot(ctx context.Context) error
}

// Warm reads all that overviews and pages need into memory, from the snapshot or else from the engine, then the parts
// in their order, and then writes the snapshots. Until everything is read, Ready returns an error. After an error of a
// part it reads the next ones, and returns the error at the end.
func (s *Store) Warm(ctx context.Context, parts ...Part) error {
	s.part.Store(nil)
	s.warming.Store(true)
	defer s.warming.Store(false)
	counting, cancel := context.WithCancel(ctx)
	defer cancel()
	// A snapshot is read faster than the nodes are counted.
	go projection.CountIfSlow(counting, func(ctx context.Context) { s.Totals(ctx) })
	if err := s.index.Load(ctx); err != nil {
		return err
	}
	s.totals.expire() // the longest lists are in memory now
	s.Totals(ctx)
	var errs []error
	for _, part := range parts {
		s.part.Store(&part)
		errs = append(errs, part.Load(ctx))
	}
	s.warming.Store(false)
	return errors.Join(append(errs, s.SaveSnapshot(ctx, parts...))...)
}

// SaveSnapshot writes the snapshots of the store and its parts that do not have the same content already.
func (s *Store) SaveSnapshot(ctx context.Context, parts ...Part) error {
	errs := []error{s.index.Save(ctx)}
	for _, part := range parts {
		errs = append(errs, part.SaveSnapshot(ctx))
	}
	return errors.Join(errs...)
}

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
	if part := s.part.Load(); part != nil && s.warming.Load() {
		return (*part).Progress(), true
	}
	return s.indexProgress()
}

// indexProgress describes what Warm is reading for overviews. warming is false if it has that.
func (s *Store) indexProgress() (reading string, warming bool) {
	read, all, warming := s.EventsRead()
	switch {
	case !warming || s.part.Load() != nil:
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
func (s *Store) explain(err error) error { return projection.Explain(err, s.indexProgress) }
