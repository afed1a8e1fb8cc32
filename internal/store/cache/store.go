package cache

import (
	"casus/internal/projection/aggregate"
	"casus/internal/store"
	"casus/internal/store/flight"
	"cmp"
	"context"
	"log/slog"
	"sync/atomic"
)

// The default sizes of Options, in bytes.
const (
	DefaultEventBytes  = 256 << 20
	DefaultResultBytes = 16 << 20
)

// maxIDBytes bounds the cached lists of ids. One list takes at most a sixteenth of it, about 50,000 ids.
const maxIDBytes = 32 << 20

// Options are the sizes of a store's caches in bytes. 0 selects the default, a negative value disables the cache.
type Options struct {
	// EventBytes bounds the cache of listed events and their neighbors. It has an effect only on an engine that
	// prefetches.
	EventBytes int
	// ResultBytes bounds the cache of extents, buckets, facets, clusters and searches. A negative value also disables the
	// cache of lists of ids.
	ResultBytes int
	// Snapshot is the path of the file in which the aggregate index is stored for the next run; "" for none.
	Snapshot string
	// MaxIndexEvents bounds the events of the aggregate index; 0 selects its default.
	MaxIndexEvents int
	// Log receives warnings about the snapshot. Defaults to slog's default logger.
	Log *slog.Logger
}

// Store decorates an engine. It counts events in memory, serves pages of the timeline from memory, and caches results
// that the engine computes from many events. A result is never older than the call that it answers.
type Store struct {
	store.Store
	flights  *flight.Group
	revision *flight.Shared[int64]
	index    *aggregate.Index
	// results are counts and searches, ids lists of the ids of matching events.
	results, ids *Cache[string, any]
	// warming is set while Warm is reading; part is what it reads after the index.
	warming atomic.Bool
	part    atomic.Pointer[Part]
	totals  *totals
	// prefetches reports whether the engine returns prefetched data with events.
	prefetches bool
	events     *eventCache
	neighbors  *neighborCache
}

var _ store.Decorator = (*Store)(nil)

// Decorate returns a store with caches, which closes the engine when it is closed.
func Decorate(engine store.Store, o Options) *Store {
	s := &Store{Store: engine, flights: flight.New()}
	s.revision = flight.Share(s.flights, engine.Revision)
	s.index = aggregate.New(s, s.flights, aggregate.Options{
		Snapshot: o.Snapshot, MaxEvents: o.MaxIndexEvents, Log: o.Log,
	})
	s.results = New(max(cmp.Or(o.ResultBytes, DefaultResultBytes), 0), sizeOfResult)
	idBytes := 0
	if s.results.Enabled() {
		idBytes = maxIDBytes
	}
	s.ids = New(idBytes, sizeOfResult)
	s.totals = newTotals(engine, s.index.Longest)
	eventBytes := max(cmp.Or(o.EventBytes, DefaultEventBytes), 0)
	s.prefetches = engine.Properties().Prefetches
	s.events = newEventCache(eventBytes - eventBytes/8)
	s.neighbors = newNeighborCache(eventBytes / 8)
	return s
}

// Unwrap returns the engine.
func (s *Store) Unwrap() store.Store { return s.Store }

// Revision returns the store's revision. Concurrent calls share one query.
func (s *Store) Revision(ctx context.Context) (int64, error) { return s.revision.Read(ctx) }

// Totals returns the totals that were read last, without waiting, and begins to read them again if they may be old. ok
// is false if none were read yet.
func (s *Store) Totals(ctx context.Context) (t Totals, ok bool) { return s.totals.get(ctx, s.flights) }

// Close cancels the reads that fill caches and closes the engine.
func (s *Store) Close() error {
	s.flights.Close()
	return s.Store.Close()
}
