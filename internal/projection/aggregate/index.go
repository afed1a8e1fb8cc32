// Package aggregate holds columns of all events in memory, from which it counts buckets, facets and clusters and orders
// pages. The columns have all versions of events in the RESOLVED view, so that events are counted as of any moment of
// knowledge. A column is loaded when a query first needs it and refreshed from the store's change log before each
// result, so writes by other processes are seen.
package aggregate

import (
	"cmp"
	"context"
	"log/slog"
	"sync/atomic"

	"casus/internal/kg"
	"casus/internal/projection"
	"casus/internal/store"
	"casus/internal/store/flight"
)

// Store is the part of a store that an index reads.
type Store interface {
	store.ChangeLog
	store.AggregateReader
	EventIDs(ctx context.Context, v kg.View, f *store.EventFilter, yield func(kg.ID) error) error
	Locations(ctx context.Context, q store.LocationQuery) ([]store.Page[kg.Location], error)
}

// Options of an index.
type Options struct {
	// Snapshot is the path of the file that Save writes and from which the index is restored; "" for none.
	Snapshot string
	// MaxEvents bounds the events of the index, whose engine counts a larger graph. Defaults to DefaultMaxEvents.
	MaxEvents int
	// Log receives why a snapshot was not used. Defaults to slog's default logger.
	Log *slog.Logger
}

// Index is the in-memory aggregate index of one store. It is safe for concurrent use.
type Index struct {
	store    Store
	options  Options
	follower *projection.Follower[*table]
	// saved is what the snapshot holds.
	saved atomic.Pointer[saved]
	// read counts the events that were read by the current build or the last one.
	read atomic.Int64
	// tooMany is set once there were too many events: they are not read again.
	tooMany atomic.Bool
	// staleRevision is the last revision that a caller marked as stale, or -1.
	staleRevision atomic.Int64
	// nextRefresh is the earliest time of the next refresh for pages, as a Unix time in nanoseconds. requests counts the
	// pages that were left to the engine.
	nextRefresh, requests atomic.Int64
}

// New returns an empty index of a store. flights are the store's background reads.
func New(st Store, flights *flight.Group, o Options) *Index {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	o.MaxEvents = cmp.Or(o.MaxEvents, DefaultMaxEvents)
	c := &Index{store: st, options: o}
	c.staleRevision.Store(-1)
	m := projection.Model[*table]{
		Build: c.build, Changes: c.changes, Size: func(t *table) int { return len(t.ids) },
	}
	if o.Snapshot != "" {
		m.Restore = c.restore
	}
	c.follower = projection.Follow(st, flights, m)
	return c
}

// Load refreshes the index and reads all that queries may need.
func (c *Index) Load(ctx context.Context) error {
	all := []store.FacetField{store.FieldOnMap, store.FieldPrecision, claimMoments}
	for _, f := range store.FacetFields.Values() {
		if hasList(f) {
			all = append(all, f)
		}
	}
	return c.follower.ReadExtended(ctx, c.need(all, true), func(*table) error { return nil })
}

// EventsRead returns how many events the current build of the index, or the last one, has read.
func (c *Index) EventsRead() int64 { return c.read.Load() }

// withTable calls f with the refreshed table, with the fields loaded. done is false if there are too many events.
func (c *Index) withTable(ctx context.Context, fields []store.FacetField, f func(*table) error) (done bool, err error) {
	err = c.follower.ReadExtended(ctx, c.need(fields, false), func(t *table) error {
		if done = !t.tooMany; done {
			return f(t)
		}
		return nil
	})
	return done, err
}

// has reports whether the fields are loaded.
func (c *Index) has(fields []store.FacetField) (loaded bool) {
	c.follower.Peek(func(t *table, _ int64) { loaded = t.has(fields) })
	return loaded
}

// supportsView reports whether the columns are in the view of a query.
func supportsView(v kg.View, f *store.EventFilter) bool {
	return f.InView(v).Identity != kg.IdentityExact
}
