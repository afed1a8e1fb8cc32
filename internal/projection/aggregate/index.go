// Package columns keeps of every event what counts are made of, column by column in memory: with everything known, and
// nodes that are one read as one. Each is read when it is first asked for, and brought up to date by a store's change log
// before each answer, whichever process wrote.
package aggregate

import (
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/flight"
)

// Store is what an index needs of a store.
type Store interface {
	store.ChangeLog
	store.AggregateReader
	EventIDs(ctx context.Context, v kg.View, f *store.EventFilter, give func(kg.ID) error) error
}

// Most is how many events are kept: about 130 bytes each with its id; and of each field with any number of values four bytes, or eight and
// four for each value where there are several; and four for the order of pages. A larger graph has to be counted by its engine.
const Most = 4_000_000

// Index are a store's. They are safe for concurrent use.
type Index struct {
	store Store
	reads *flight.Group
	// updating is had by whoever brings the table up to date.
	updating flight.Turn
	// looking is taken while the table is read, and alone while it is changed.
	looking sync.RWMutex
	table   *table
	// outdated is the revision that was last seen not to be the store's any more; -1: none.
	outdated atomic.Int64
	// rests is until when it is not brought up to date for pages, asked how many of these it could not answer.
	rests time.Time
	asked atomic.Int64
}

// New keeps columns of what a store's own functions read. The readings are the store's.
func New(st Store, readings *flight.Group) *Index {
	c := &Index{store: st, reads: readings, updating: flight.NewTurn()}
	c.outdated.Store(-1)
	return c
}

// Buckets counts events, where the columns can tell which: answered is false where the query asks for another moment, for
// nodes apart, or filters by what no column has, or where there are too many events.
func (c *Index) Buckets(ctx context.Context, q store.BucketQuery) (buckets []store.Bucket, answered bool, err error) {
	if !here(q.View, q.Filter) || !knows(q.Filter) || !splits(q.SplitBy) {
		return nil, false, nil
	}
	answered, err = c.look(ctx, needs(q.Filter), func(t *table) (err error) {
		buckets, err = t.count(q)
		return err
	})
	return buckets, answered, err
}

// look shows the table as the store is now, with some fields' values; where there are too many events it is not done.
func (c *Index) look(ctx context.Context, fields []store.FacetField, at func(*table) error) (done bool, err error) {
	for {
		if err := c.refresh(ctx, fields); err != nil {
			return false, err
		}
		c.looking.RLock()
		if t := c.table; t.tooMany || t.has(fields) { // else somebody has read everything since
			defer c.looking.RUnlock()
			if t.tooMany {
				return false, nil
			}
			return true, at(t)
		}
		c.looking.RUnlock()
	}
}

// here says whether columns are of the view that a query asks for.
func here(v kg.View, f *store.EventFilter) bool {
	v = f.InView(v)
	return v.KnownAt == nil && v.Identity != kg.IdentityExact
}

// refresh waits until the table is as the store is now, and has some fields' values.
func (c *Index) refresh(ctx context.Context, fields []store.FacetField) error {
	_, err := flight.Read(ctx, c.reads, c.updating, func(ctx context.Context) (none struct{}, err error) {
		return none, c.bring(ctx, fields)
	})
	return err
}

// bring makes the table as the store is now, with some fields' values, for whoever has the turn.
func (c *Index) bring(ctx context.Context, fields []store.FacetField) error {
	return again(func() error {
		if err := c.update(ctx); err != nil {
			return err
		}
		return c.readValues(ctx, fields)
	})
}

// again does something until it is not said that it was decided meanwhile what is one.
func again(do func() error) error {
	for {
		if err := do(); kg.CodeOf(err) != kg.Conflict {
			return err
		}
	}
}

// update asks what changed and takes it in, or reads everything. What is written meanwhile makes the rows newer than the
// revision, never older.
func (c *Index) update(ctx context.Context) error {
	now, err := c.store.Revision(ctx)
	if err != nil {
		return err
	}
	t := c.table
	if t != nil && (t.revision == now || t.tooMany) {
		c.outdated.Store(-1)
		return nil
	}
	if t != nil {
		subjects, complete, now, err := c.store.Since(ctx, t.revision)
		if err != nil {
			return err
		}
		if complete && len(subjects) <= len(t.hull)/4+1000 && t.followed <= len(t.hull)+1000 {
			return c.follow(ctx, subjects, now)
		}
	}
	t = newTable()
	t.revision = now
	if err := c.store.EventRows(ctx, nil, t.sink()); err != nil {
		return err
	}
	c.looking.Lock()
	defer c.looking.Unlock()
	c.table = t
	return nil
}

// follow reads some events anew.
func (c *Index) follow(ctx context.Context, subjects []kg.ID, now int64) error {
	var fresh []func(*table)
	if len(subjects) > 0 {
		if err := c.store.EventRows(ctx, subjects, store.EventRowSink{
			Event: func(id kg.ID, r store.EventRow) error {
				fresh = append(fresh, func(t *table) { t.put(id, r) })
				return nil
			},
			Part: func(part, whole kg.ID) error {
				fresh = append(fresh, func(t *table) { t.join(part, whole) })
				return nil
			},
		}); err != nil {
			return err
		}
	}
	var fields, stale []store.FacetField
	for field := range c.table.lists {
		if byPlace(field) && anyPlace(subjects) {
			stale = append(stale, field)
		} else {
			fields = append(fields, field)
		}
	}
	points := c.table.points
	if len(subjects) > 0 {
		var taking sync.Mutex
		strange := false
		if err := c.store.FieldValues(ctx, fields, subjects, func(field store.FacetField, event kg.ID, value string) {
			taking.Lock()
			defer taking.Unlock()
			if field == store.FieldOnMap {
				_, known := points[kg.ID(value)]
				strange = strange || !known
			}
			fresh = append(fresh, func(t *table) { t.lists[field].add(t.rows, event, value) })
		}); err != nil {
			return err
		}
		if strange {
			var err error
			if points, err = c.readPoints(ctx); err != nil {
				return err
			}
		}
	}
	c.looking.Lock()
	defer c.looking.Unlock()
	c.table.points = points
	for _, field := range stale {
		delete(c.table.lists, field)
	}
	for _, id := range subjects {
		c.table.drop(id)
	}
	for _, put := range fresh {
		put(c.table)
	}
	if c.table.order != nil {
		c.table.order = c.table.reordered(c.table.order, subjects)
	}
	c.table.revision = now
	c.table.followed += len(subjects)
	return nil
}

// readValues reads fields that were not read yet.
func (c *Index) readValues(ctx context.Context, fields []store.FacetField) error {
	t := c.table
	fields = slices.DeleteFunc(slices.Clone(fields), func(f store.FacetField) bool { return t.lists[f] != nil })
	if t.tooMany || len(fields) == 0 {
		return nil
	}
	fresh := map[store.FacetField]*lists{}
	for _, f := range fields {
		fresh[f] = newLists(len(t.there))
	}
	if err := c.store.FieldValues(ctx, fields, nil, func(field store.FacetField, event kg.ID, value string) { fresh[field].add(t.rows, event, value) }); err != nil {
		return err
	}
	points := t.points
	if fresh[store.FieldOnMap] != nil { // after the places, so that there are points for all of them
		var err error
		if points, err = c.readPoints(ctx); err != nil {
			return err
		}
	}
	c.looking.Lock()
	defer c.looking.Unlock()
	t.points = points
	maps.Copy(t.lists, fresh)
	return nil
}

func (c *Index) readPoints(ctx context.Context) (map[kg.ID]kg.Point, error) {
	points := map[kg.ID]kg.Point{}
	return points, c.store.LocationPoints(ctx, func(place kg.ID, at kg.Point) { points[place] = at })
}
