// Package cache provides a cache of values computed from a store, and a decorator that caches a store's results.
package cache

import (
	"sync/atomic"

	"github.com/maypok86/otter/v2"
)

// Cache holds values computed from a store, up to a number of bytes. A value is valid at one revision of the store.
// Safe for concurrent use; callers must not change the values.
type Cache[K comparable, V any] struct {
	maxBytes int
	sizeOf   func(K, V) int
	entries  *otter.Cache[K, entry[V]]
	// latest is the revision of the last SetRevision, or noRevision.
	latest atomic.Int64
}

type entry[V any] struct {
	value    V
	revision int64
}

// noRevision stands for an unknown revision; revisions are not negative.
const noRevision = -1

// minEntries is the number of entries of the maximum size that fill a cache: an entry takes at most 1/16 of it, so that
// it does not evict all others.
const minEntries = 16

// New returns an empty cache. sizeOf estimates the bytes of memory of an entry. With maxBytes 0 the cache stays empty.
func New[K comparable, V any](maxBytes int, sizeOf func(K, V) int) *Cache[K, V] {
	c := &Cache[K, V]{maxBytes: maxBytes, sizeOf: sizeOf}
	c.latest.Store(noRevision)
	c.entries = otter.Must(&otter.Options[K, entry[V]]{
		MaximumWeight: uint64(max(maxBytes, 1)),
		Weigher:       func(key K, e entry[V]) uint32 { return uint32(c.sizeOf(key, e.value)) },
	})
	return c
}

// Enabled reports whether the cache can hold anything.
func (c *Cache[K, V]) Enabled() bool { return c.maxBytes > 0 }

// Get returns the value of a key, and the revision at which it is valid.
func (c *Cache[K, V]) Get(key K) (value V, revision int64, ok bool) {
	e, ok := c.entries.GetIfPresent(key)
	return e.value, e.revision, ok
}

// Revision returns the latest revision that was passed to SetRevision. ok is false if there was none.
func (c *Cache[K, V]) Revision() (revision int64, ok bool) {
	revision = c.latest.Load()
	return revision, revision != noRevision
}

// SetRevision invalidates the values of other revisions. Revisions only grow, unless the database was replaced.
func (c *Cache[K, V]) SetRevision(revision int64) {
	if c.latest.Swap(revision) != revision {
		c.entries.InvalidateAll()
	}
}

// Put adds a value that was computed from the store at a revision or a later one. It has no effect if the revision is
// not the latest, or if the value takes more than 1/16 of the cache.
func (c *Cache[K, V]) Put(key K, value V, revision int64) {
	if c.latest.Load() == revision && c.sizeOf(key, value) <= c.maxBytes/minEntries {
		c.entries.Set(key, entry[V]{value, revision})
	}
}
