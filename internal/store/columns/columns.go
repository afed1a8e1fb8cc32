// Package columns keeps of every event what counts are made of, column by column in memory: with everything known, and
// nodes that are one read as one. It is read when it is first asked for, and brought up to date by a store's change log
// before each answer, whichever process wrote.
package columns

import (
	"context"
	"sync"
	"time"

	"casus/internal/kg"
)

// Row is what is kept of an event.
type Row struct {
	// Time's hull and precision count.
	Time     kg.Time
	Status   kg.ClaimStatus
	Category kg.EventCategory
	Mode     string
	Modality kg.Modality
	Voices   int
	Killed   *kg.Estimate
}

// Sink takes rows, one at a time. An error that it returns ends the reading.
type Sink struct {
	Event func(kg.ID, Row) error
	// Part says that an event is a part of another.
	Part func(part, whole kg.ID) error
}

// Read gives the rows and wholes of events, or of all where subjects is nil: those that are there with everything known, each
// once. Subjects may name others than events.
type Read func(ctx context.Context, subjects []kg.ID, to Sink) error

// Most is how many events are kept: about 150 bytes each, and their ids. A larger graph has to be counted by its engine.
const Most = 4_000_000

// longestRead bounds the reading of everything. It goes on when nobody waits for it any more, for the next who asks.
const longestRead = 10 * time.Minute

// Columns are a store's. They are safe for concurrent use.
type Columns struct {
	log  kg.ChangeLog
	read Read
	// life ends with the store, by end.
	life context.Context
	end  context.CancelFunc
	// updating is had by whoever brings the table up to date.
	updating chan struct{}
	// looking is taken while the table is read, and alone while it is changed.
	looking sync.RWMutex
	table   *table
}

// New keeps columns of what a store's own function reads.
func New(log kg.ChangeLog, read Read) *Columns {
	life, end := context.WithCancel(context.Background())
	return &Columns{log: log, read: read, life: life, end: end, updating: make(chan struct{}, 1)}
}

// Close ends what is being read for nobody any more, and waits until it has ended: the store may be closed then. Nothing is
// answered from then on.
func (c *Columns) Close() {
	c.end()
	c.updating <- struct{}{}
	<-c.updating
}

// Buckets counts events, where the columns can tell which: answered is false where the query asks for another moment, for
// nodes apart, or filters by what no column has, or where there are too many events.
func (c *Columns) Buckets(ctx context.Context, q kg.BucketQuery) (buckets []kg.Bucket, answered bool, err error) {
	view := q.Filter.In(q.View)
	if view.KnownAt != nil || view.Identity == kg.IdentityExact || !knows(q.Filter) || !splits(q.SplitBy) {
		return nil, false, nil
	}
	if err := c.refresh(ctx); err != nil {
		return nil, false, err
	}
	c.looking.RLock()
	defer c.looking.RUnlock()
	if c.table.tooMany {
		return nil, false, nil
	}
	buckets, err = c.table.count(q)
	return buckets, true, err
}

// refresh waits until the table is as the store is now.
func (c *Columns) refresh(ctx context.Context) error {
	select {
	case c.updating <- struct{}{}:
	case <-ctx.Done():
		return kg.Errorf(kg.Timeout, "the events were being read: %w", ctx.Err())
	}
	if c.life.Err() != nil {
		<-c.updating
		return kg.Errorf(kg.Unavailable, "the store is closed")
	}
	done := make(chan error, 1)
	go func() {
		defer func() { <-c.updating }()
		going, cancel := context.WithTimeout(context.WithoutCancel(ctx), longestRead)
		defer cancel()
		defer context.AfterFunc(c.life, cancel)()
		done <- c.update(going)
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return kg.Errorf(kg.Timeout, "the events are being read: ask again: %w", ctx.Err())
	}
}

// update asks what changed and takes it in, or reads everything. What is written meanwhile makes the rows newer than the
// revision, never older.
func (c *Columns) update(ctx context.Context) error {
	now, err := c.log.Revision(ctx)
	if err != nil {
		return err
	}
	t := c.table
	if t != nil && (t.revision == now || t.tooMany) {
		return nil
	}
	if t != nil {
		subjects, complete, now, err := c.log.Since(ctx, t.revision)
		if err != nil {
			return err
		}
		if complete && len(subjects) <= len(t.hull)/4+1000 {
			return c.follow(ctx, subjects, now)
		}
	}
	t = newTable()
	t.revision = now
	if err := c.read(ctx, nil, t.sink()); err != nil {
		return err
	}
	c.looking.Lock()
	defer c.looking.Unlock()
	c.table = t
	return nil
}

// follow reads some events anew.
func (c *Columns) follow(ctx context.Context, subjects []kg.ID, now int64) error {
	var fresh []func(*table)
	if len(subjects) > 0 {
		if err := c.read(ctx, subjects, Sink{
			Event: func(id kg.ID, r Row) error { fresh = append(fresh, func(t *table) { t.put(id, r) }); return nil },
			Part: func(part, whole kg.ID) error {
				fresh = append(fresh, func(t *table) { t.join(part, whole) })
				return nil
			},
		}); err != nil {
			return err
		}
	}
	c.looking.Lock()
	defer c.looking.Unlock()
	for _, id := range subjects {
		c.table.drop(id)
	}
	for _, put := range fresh {
		put(c.table)
	}
	c.table.revision = now
	return nil
}
