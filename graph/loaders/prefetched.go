package loaders

import (
	"sync"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// prefetchCache holds the data that the lists of one operation prefetched with their events.
type prefetchCache struct {
	mu     sync.Mutex
	events map[prefetchKey]*store.Prefetched
}

// prefetchKey is an event in a view.
type prefetchKey struct {
	event    kg.ID
	known    edtf.Instant
	identity kg.IdentityMode
}

func keyOf(v kg.View, event kg.ID) prefetchKey { return prefetchKey{event, v.Moment(), v.Identity} }

// AddPrefetched caches the data that was prefetched with the events of a page. If two lists have the same event, the
// data of the larger request is kept.
func (l *Loaders) AddPrefetched(page store.Page[kg.Event]) {
	if page.Prefetched == nil {
		return
	}
	p := &l.prefetched
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.events == nil {
		p.events = map[prefetchKey]*store.Prefetched{}
	}
	for i, found := range page.Prefetched {
		key := keyOf(page.Items[i].View, page.Items[i].ID)
		if before := p.events[key]; found != nil && (before == nil || found.Requested.Has(before.Requested)) {
			p.events[key] = found
		}
	}
}

// none is the result for an event without prefetched data.
var none store.Prefetched

// Prefetched returns the data that was prefetched with an event. It is never nil and must not be changed. If nothing
// was prefetched, Requested is the zero value.
func (l *Loaders) Prefetched(v kg.View, event kg.ID) *store.Prefetched {
	p := &l.prefetched
	p.mu.Lock()
	defer p.mu.Unlock()
	if found := p.events[keyOf(v, event)]; found != nil {
		return found
	}
	return &none
}
