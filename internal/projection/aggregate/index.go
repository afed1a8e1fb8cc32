// Package aggregate holds columns of all events in memory, from which it counts buckets, facets and clusters and orders
// pages. The columns have all versions of events in the RESOLVED view, so that events are counted as of any moment of
// knowledge. A column is loaded when a query first needs it and refreshed from the store's change log before each
// result, so writes by other processes are seen.
package aggregate

import (
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/flight"
)

// Store is the part of a store that an index reads.
type Store interface {
	store.ChangeLog
	store.AggregateReader
	EventIDs(ctx context.Context, v kg.View, f *store.EventFilter, yield func(kg.ID) error) error
}

// Index is the in-memory aggregate index of one store. It is safe for concurrent use.
type Index struct {
	store Store
	reads *flight.Group
	// refreshSem serialises refreshes.
	refreshSem *semaphore.Weighted
	// mu guards table and nextRefresh. Only the holder of refreshSem changes the table.
	mu    sync.RWMutex
	table *table
	// staleRevision is the last revision that a caller marked as stale, or -1.
	staleRevision atomic.Int64
	// nextRefresh is the earliest time of the next refresh for pages. requests counts the pages that were left to the
	// engine.
	nextRefresh time.Time
	requests    atomic.Int64
}

// New returns an empty index of a store. reads are the store's background reads.
func New(st Store, reads *flight.Group) *Index {
	c := &Index{store: st, reads: reads, refreshSem: semaphore.NewWeighted(1)}
	c.staleRevision.Store(-1)
	return c
}

// withTable calls f with the refreshed table, with the fields loaded. done is false if there are too many events.
func (c *Index) withTable(ctx context.Context, fields []store.FacetField, f func(*table) error) (done bool, err error) {
	for {
		if err := c.waitRefreshed(ctx, fields); err != nil {
			return false, err
		}
		c.mu.RLock()
		if t := c.table; t.tooMany || t.has(fields) { // otherwise another goroutine has replaced the table
			defer c.mu.RUnlock()
			if t.tooMany {
				return false, nil
			}
			return true, f(t)
		}
		c.mu.RUnlock()
	}
}

// supportsView reports whether the columns are in the view of a query.
func supportsView(v kg.View, f *store.EventFilter) bool {
	return f.InView(v).Identity != kg.IdentityExact
}

// waitRefreshed waits until the table is up to date and has the fields.
func (c *Index) waitRefreshed(ctx context.Context, fields []store.FacetField) error {
	_, err := flight.Read(ctx, c.reads, c.refreshSem, func(ctx context.Context) (none struct{}, err error) {
		return none, c.refresh(ctx, fields)
	})
	return err
}

// refresh updates the table and loads the fields. The caller holds refreshSem.
func (c *Index) refresh(ctx context.Context, fields []store.FacetField) error {
	return retryOnConflict(func() error {
		if err := c.update(ctx); err != nil {
			return err
		}
		return c.loadFields(ctx, fields)
	})
}

// retryOnConflict repeats f until it does not return CONFLICT, which reports that identity classes changed during a
// read.
func retryOnConflict(f func() error) error {
	for {
		if err := f(); kg.CodeOf(err) != kg.Conflict {
			return err
		}
	}
}

// update applies the changes since the table's revision, or reads all events. A write during the read makes the rows
// newer than the revision, never older.
func (c *Index) update(ctx context.Context) error {
	now, err := c.store.Revision(ctx)
	if err != nil {
		return err
	}
	t := c.table
	if t != nil && (t.revision == now || t.tooMany) {
		c.staleRevision.Store(-1)
		return nil
	}
	if t != nil {
		subjects, complete, now, err := c.store.Since(ctx, t.revision)
		if err != nil {
			return err
		}
		if complete && len(subjects) <= len(t.ids)/4+1000 && t.reread <= len(t.ids)+1000 {
			return c.applyChanges(ctx, subjects, now)
		}
	}
	t = newTable()
	t.revision = now
	if err := c.store.EventRows(ctx, nil, t.sink()); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.table = t
	return nil
}

// applyChanges reads the changed events again and replaces their rows.
func (c *Index) applyChanges(ctx context.Context, subjects []kg.ID, now int64) error {
	var fresh []func(*table)
	begins := map[kg.ID]edtf.Instant{} // the moments from which the events are known
	if len(subjects) > 0 {
		if err := c.store.EventRows(ctx, subjects, store.EventRowSink{
			Event: func(id kg.ID, r store.EventRow) error {
				fresh = append(fresh, func(t *table) { t.put(id, r) })
				if begin, known := begins[id]; !known || r.Known.KnownFrom < begin {
					begins[id] = r.Known.KnownFrom
				}
				return nil
			},
			Part: func(part, whole kg.ID, known kg.Interval) error {
				fresh = append(fresh, func(t *table) { t.addPart(part, whole, known) })
				return nil
			},
		}); err != nil {
			return err
		}
	}
	var fields, stale []store.FacetField
	for field := range c.table.lists {
		if dependsOnPlaces(field) && containsLocation(subjects) {
			stale = append(stale, field)
		} else {
			fields = append(fields, field)
		}
	}
	points := c.table.points
	if len(subjects) > 0 {
		var mu sync.Mutex
		unknownPoint := false
		add := func(field store.FacetField, event kg.ID, value string, known kg.Interval) {
			mu.Lock()
			defer mu.Unlock()
			if field == store.FieldOnMap {
				_, known := points[kg.ID(value)]
				unknownPoint = unknownPoint || !known
			}
			fresh = append(fresh, func(t *table) {
				if n, there := t.rows[event]; there {
					t.lists[field].add(n, value, duringLife(known, begins[event]))
				}
			})
		}
		if err := c.store.FieldValues(ctx, fields, subjects, add); err != nil {
			return err
		}
		if unknownPoint {
			var err error
			if points, err = c.loadPoints(ctx); err != nil {
				return err
			}
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.table.points = points
	for _, field := range stale {
		delete(c.table.lists, field)
	}
	c.table.remove(subjects)
	for _, put := range fresh {
		put(c.table)
	}
	if c.table.order != nil {
		c.table.order = c.table.mergedOrder(c.table.order, subjects)
	}
	c.table.revision = now
	c.table.reread += len(subjects)
	return nil
}

// loadFields reads the fields that are not loaded yet.
func (c *Index) loadFields(ctx context.Context, fields []store.FacetField) error {
	t := c.table
	fields = slices.DeleteFunc(slices.Clone(fields), func(f store.FacetField) bool { return t.lists[f] != nil })
	if t.tooMany || len(fields) == 0 {
		return nil
	}
	fresh := map[store.FacetField]*listColumn{}
	for _, f := range fields {
		fresh[f] = newListColumn(f, len(t.ids))
	}
	begins := t.begins()
	add := func(field store.FacetField, event kg.ID, value string, known kg.Interval) {
		l := fresh[field]
		if n, there := l.find(t.rows, event); there {
			l.add(n, value, duringLife(known, begins[n]))
		}
	}
	if err := c.store.FieldValues(ctx, fields, nil, add); err != nil {
		return err
	}
	for _, l := range fresh {
		l.trim()
	}
	points := t.points
	if fresh[store.FieldOnMap] != nil { // after the values, so that every location has its point
		var err error
		if points, err = c.loadPoints(ctx); err != nil {
			return err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	t.points = points
	maps.Copy(t.lists, fresh)
	return nil
}

func (c *Index) loadPoints(ctx context.Context) (map[kg.ID]kg.Point, error) {
	points := map[kg.ID]kg.Point{}
	return points, c.store.LocationPoints(ctx, func(place kg.ID, at kg.Point) { points[place] = at })
}
