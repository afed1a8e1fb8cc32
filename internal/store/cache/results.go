// Package cache caches results of queries over all events, and the events of lists, until a store's revision changes.
package cache

import (
	"context"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/sync/semaphore"

	"casus/internal/store"
	"casus/internal/store/flight"
)

// maxRows bounds the rows of one cached result, maxResults the number of results.
const (
	maxRows    = 100_000
	maxResults = 64
)

// Results caches query results of one store until the store's revision changes. It is safe for concurrent use.
type Results struct {
	log   store.ChangeLog
	reads *flight.Group

	mu       sync.Mutex
	revision int64
	entries  *simplelru.LRU[string, *resultEntry] // by key
}

// resultEntry is the result of one query. sem guards rows while they are read.
type resultEntry struct {
	sem  *semaphore.Weighted
	rows any // nil if no result is cached
}

// NewResults returns an empty cache. log reports writes by any process; reads are the store's background reads.
func NewResults(log store.ChangeLog, reads *flight.Group) *Results {
	c := &Results{log: log, reads: reads}
	c.entries, _ = simplelru.NewLRU[string, *resultEntry](maxResults, nil) // only a size below 1 is an error
	return c
}

// Rows returns the cached rows of a key, or the rows that read returns. Callers must not change them. An empty result
// is not cached. read may continue after Rows has returned and must not share variables with the caller.
func Rows[T any](
	ctx context.Context, c *Results, key string, read func(context.Context) ([]T, error),
) ([]T, error) {
	revision, err := c.log.Revision(ctx)
	if err != nil {
		return nil, err
	}
	entry := c.entry(revision, key)
	return flight.Read(ctx, c.reads, entry.sem, func(ctx context.Context) ([]T, error) {
		if rows, ok := entry.rows.([]T); ok {
			return rows, nil
		}
		// A write during the read makes the rows newer than the revision, never older.
		rows, err := read(ctx)
		if err == nil && 0 < len(rows) && len(rows) <= maxRows {
			entry.rows = rows
		}
		return rows, err
	})
}

// entry returns the entry of a key, adding it if needed, and marks it as the most recently used one. It invalidates the
// cache if the revision has changed, and evicts the least recently used entry if there are too many.
func (c *Results) entry(revision int64, key string) *resultEntry {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.revision != revision {
		c.revision = revision
		c.entries.Purge()
	}
	entry, found := c.entries.Get(key)
	if !found {
		entry = &resultEntry{sem: semaphore.NewWeighted(1)}
		c.entries.Add(key, entry)
	}
	return entry
}
