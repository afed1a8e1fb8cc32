package cache

import (
	"casus/internal/kg"
	"casus/internal/store"
)

// eventCache caches events with their prefetched data. The events are in the view that lists use by default: RESOLVED,
// all claims known. A page of cached events needs only their ids.
type eventCache struct {
	*Cache[kg.ID, store.PrefetchedEvent]
}

func newEventCache(maxBytes int) *eventCache {
	return &eventCache{New(maxBytes, sizeOfEvent)}
}

// find copies cached events into dst, which is parallel to ids, and returns the ids that are not cached at this
// revision with all requested data.
func (c *eventCache) find(
	revision int64, requested store.Prefetch, ids []kg.ID, dst []store.PrefetchedEvent,
) (missing []kg.ID) {
	for i, id := range ids {
		event, at, ok := c.Get(id)
		if ok && at == revision && event.Prefetched.Requested.Has(requested) {
			dst[i] = event
		} else {
			missing = append(missing, id)
		}
	}
	return missing
}

// add caches the events of a page for which data was prefetched. They must have been read at the revision or a later
// one.
func (c *eventCache) add(page store.Page[kg.Event]) {
	if len(page.Prefetched) == 0 { // an empty page has no revision
		return
	}
	c.SetRevision(page.Revision)
	for i, p := range page.Prefetched {
		if p == nil {
			continue
		}
		id := page.Items[i].ID
		if cached, at, ok := c.Get(id); ok && at == page.Revision && cached.Prefetched.Requested.Has(p.Requested) {
			continue
		}
		c.Put(id, store.PrefetchedEvent{Event: page.Items[i], Prefetched: p}, page.Revision)
	}
}

// sizeOfEvent estimates the bytes of memory of an event. Its neighbors count in part, since events share them.
func sizeOfEvent(id kg.ID, e store.PrefetchedEvent) int {
	const fixed, name, code, claim, edge = 1000, 120, 100, 60, 300
	bytes := fixed + len(id) + code*len(e.Codes) + claim*len(e.Because)
	for _, names := range [][]kg.Name{e.Titles, e.Summaries} {
		for _, n := range names {
			bytes += name + len(n.Value)
		}
	}
	for _, p := range e.Prefetched.Edges.Participations {
		bytes += edge + claim*len(p.Claims)
	}
	for _, l := range e.Prefetched.Edges.Locations {
		bytes += edge + claim*len(l.Claims)
	}
	return bytes
}
