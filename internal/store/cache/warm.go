package cache

import (
	"context"
	"sync/atomic"

	"casus/internal/kg"
)

// warming is the progress of Warm.
type warming struct {
	running atomic.Bool
	events  atomic.Int64 // to be read; 0 until they are counted
}

// Warm reads all that overviews and pages need into memory, from the snapshot or else from the engine, and then writes
// the snapshot. Until everything is read, Ready returns an error.
func (s *Store) Warm(ctx context.Context) error {
	s.warming.running.Store(true)
	defer s.warming.running.Store(false)
	stats, err := s.Store.Stats(ctx)
	if err != nil {
		return err
	}
	s.warming.events.Store(int64(stats.Nodes[kg.KindEvent]))
	if err := s.index.Load(ctx); err != nil {
		return err
	}
	s.warming.running.Store(false)
	return s.SaveSnapshot(ctx)
}

// SaveSnapshot writes the snapshot, if there is one and it does not have the same content already.
func (s *Store) SaveSnapshot(ctx context.Context) error { return s.index.Save(ctx) }

// Progress returns how many events Warm has read, and of how many. warming is false if it is not running.
func (s *Store) Progress() (read, all int64, warming bool) {
	if !s.warming.running.Load() {
		return 0, 0, false
	}
	all = s.warming.events.Load()
	return min(s.index.EventsRead(), all), all, true
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
	if read, all, warming := s.Progress(); warming {
		return kg.Errorf(kg.Unavailable, "events are being read into memory (%d of %d): retry in a moment", read, all)
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
