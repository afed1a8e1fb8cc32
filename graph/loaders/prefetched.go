package loaders

import (
	"sync"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// prefetched holds what the lists of one operation returned beside their events.
type prefetched struct {
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

// AddPrefetched remembers what a page has beside its events. Of two lists with the same event the one that was asked for more
// counts.
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

// none is what was read beside an event of which nothing was.
var none store.Prefetched

// Prefetched returns what a list returned beside an event: never nil, and not to be changed. Requested is the zero value where
// nothing was.
func (l *Loaders) Prefetched(v kg.View, event kg.ID) *store.Prefetched {
	p := &l.prefetched
	p.mu.Lock()
	defer p.mu.Unlock()
	if found := p.events[keyOf(v, event)]; found != nil {
		return found
	}
	return &none
}
