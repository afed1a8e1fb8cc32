package cache

import (
	"math"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"casus/internal/kg"
	"casus/internal/store"
)

// Events caches events with their prefetched data until the store's revision changes. The events are in the view that
// lists use by default: RESOLVED, all claims known. A list of cached events needs only their ids from the store. It is
// safe for concurrent use.
type Events struct {
	maxBytes int

	mu       sync.Mutex
	revision int64
	bytes    int
	events   *simplelru.LRU[kg.ID, *sizedEvent]
	// neighbors holds decoded actors and locations, which many edges share, by their encoded records.
	neighbors     *simplelru.LRU[string, kg.Node]
	neighborBytes int
	// hitRate is a moving average over recent lookups.
	hitRate float64
}

type sizedEvent struct {
	store.PrefetchedEvent
	bytes int
}

// NewEvents returns a cache of about maxBytes bytes, which evicts the least recently used events.
func NewEvents(maxBytes int) *Events {
	c := &Events{maxBytes: maxBytes}
	evictEvent := func(_ kg.ID, e *sizedEvent) { c.bytes -= e.bytes }
	evictNeighbor := func(record string, _ kg.Node) { c.neighborBytes -= len(record) }
	c.events, _ = simplelru.NewLRU(math.MaxInt, evictEvent) // only a size below 1 is an error
	c.neighbors, _ = simplelru.NewLRU(math.MaxInt, evictNeighbor)
	return c
}

// HitRateHigh reports whether at least half of recent lookups were hits.
func (c *Events) HitRateHigh() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.hitRate >= 0.5
}

// Get copies cached events into dst, which is parallel to ids, and returns the ids that are not cached at this revision
// with all requested data. Callers must not change the events.
func (c *Events) Get(
	revision int64, requested store.Prefetch, ids []kg.ID, dst []store.PrefetchedEvent,
) (missing []kg.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, id := range ids {
		event, ok := c.find(revision, id, requested)
		if ok {
			dst[i] = event.PrefetchedEvent
		} else {
			missing = append(missing, id)
		}
	}
	return missing
}

// Put adds events with their requested data. They must have been read at the revision or a later one.
func (c *Events) Put(revision int64, requested store.Prefetch, events []store.PrefetchedEvent) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.setRevision(revision)
	for _, event := range events {
		bytes := weight(event)
		// Skip entries larger than 1/16 of the cache.
		if _, ok := c.find(revision, event.ID, requested); ok || bytes > c.maxBytes/16 {
			continue
		}
		c.events.Remove(event.ID)
		c.events.Add(event.ID, &sizedEvent{event, bytes})
		c.bytes += bytes
	}
	for c.bytes > c.maxBytes {
		c.events.RemoveOldest()
	}
}

// find looks an event up and updates the hit rate.
func (c *Events) find(revision int64, id kg.ID, requested store.Prefetch) (*sizedEvent, bool) {
	event, ok := c.events.Get(id)
	ok = ok && c.revision == revision && event.Prefetched.Requested.Has(requested)
	hit := 0.0
	if ok {
		hit = 1
	}
	c.hitRate += (hit - c.hitRate) / 64
	return event, ok
}

// Neighbor returns the node of a record, from the cache or from decode. The cache is keyed by the record itself, so a
// write cannot make it stale.
func (c *Events) Neighbor(record string, decode func(string) (kg.Node, error)) (kg.Node, error) {
	c.mu.Lock()
	n, ok := c.neighbors.Get(record)
	c.mu.Unlock()
	if ok {
		return n, nil
	}
	n, err := decode(record)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.neighbors.Contains(record) { // another goroutine has decoded it
		return n, nil
	}
	c.neighbors.Add(record, n)
	c.neighborBytes += len(record)
	for c.neighborBytes > c.maxBytes/8 { // a decoded record takes several times the memory of its text
		c.neighbors.RemoveOldest()
	}
	return n, nil
}

// weight estimates the bytes of memory of an event without its neighbors.
func weight(e store.PrefetchedEvent) int {
	texts := func(names []kg.Name) (bytes int) {
		for _, n := range names {
			bytes += 120 + len(n.Value)
		}
		return bytes
	}
	bytes := 1000 + texts(e.Titles) + texts(e.Summaries) + 100*len(e.Codes) + 60*len(e.Because)
	for _, p := range e.Prefetched.Edges.Participations {
		bytes += 300 + 60*len(p.Claims)
	}
	for _, l := range e.Prefetched.Edges.Locations {
		bytes += 300 + 60*len(l.Claims)
	}
	return bytes
}

// setRevision invalidates the events of another revision. Revisions only grow, unless the database was replaced.
func (c *Events) setRevision(revision int64) {
	if c.revision != revision {
		c.events.Purge()
		c.revision = revision
	}
}
