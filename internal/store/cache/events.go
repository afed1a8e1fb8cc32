package cache

import (
	"math"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"casus/internal/kg"
	"casus/internal/store"
)

// Events keeps events as lists show them with everything known, and what was read along with them, as long as nothing is
// written: a list whose events are kept need only be asked which they are. It is safe for concurrent use.
type Events struct {
	most int

	mu       sync.Mutex
	revision int64
	bytes    int
	of       *simplelru.LRU[kg.ID, *sized]
	// ends are the actors and places that edges lead to, by their records: many edges lead to one.
	ends     *simplelru.LRU[string, kg.Node]
	endBytes int
	// share is that of the events asked for lately that were there.
	share float64
}

type sized struct {
	store.PrefetchedEvent
	bytes int
}

// NewEvents keeps events of about so many bytes, those that were least recently asked for let go first.
func NewEvents(most int) *Events {
	e := &Events{most: most}
	e.of, _ = simplelru.NewLRU(math.MaxInt, func(_ kg.ID, s *sized) { e.bytes -= s.bytes }) // only a size below 1 is an error
	e.ends, _ = simplelru.NewLRU(math.MaxInt, func(record string, _ kg.Node) { e.endBytes -= len(record) })
	return e
}

// HitRateHigh says whether most of the events that were asked for lately were there.
func (e *Events) HitRateHigh() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.share >= 0.5
}

// Get puts those that are kept of a revision, with all that is asked for, where their ids are, and gives the ids of the others.
// What they hold is not to be changed.
func (e *Events) Get(revision int64, asked store.Prefetch, ids []kg.ID, into []store.PrefetchedEvent) (missing []kg.ID) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i, id := range ids {
		kept, ok := e.find(revision, id, asked)
		if ok {
			into[i] = kept.PrefetchedEvent
		} else {
			missing = append(missing, id)
		}
	}
	return missing
}

// Put takes events that were read, with what was asked for, after the store was at the revision.
func (e *Events) Put(revision int64, asked store.Prefetch, events []store.PrefetchedEvent) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.at(revision)
	for _, event := range events {
		bytes := weight(event)
		if _, ok := e.find(revision, event.ID, asked); ok || bytes > e.most/16 { // one does not drive out many
			continue
		}
		e.of.Remove(event.ID)
		e.of.Add(event.ID, &sized{event, bytes})
		e.bytes += bytes
	}
	for e.bytes > e.most {
		e.of.RemoveOldest()
	}
}

// find counts, too, whether it was there.
func (e *Events) find(revision int64, id kg.ID, asked store.Prefetch) (*sized, bool) {
	kept, ok := e.of.Get(id)
	ok = ok && e.revision == revision && kept.Prefetched.Requested.Has(asked)
	there := 0.0
	if ok {
		there = 1
	}
	e.share += (there - e.share) / 64
	return kept, ok
}

// Neighbor gives what a record says, which decode reads where it is not kept. That is so whatever was written.
func (e *Events) Neighbor(record string, decode func(string) (kg.Node, error)) (kg.Node, error) {
	e.mu.Lock()
	n, ok := e.ends.Get(record)
	e.mu.Unlock()
	if ok {
		return n, nil
	}
	n, err := decode(record)
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.ends.Contains(record) { // decoded twice at once
		return n, nil
	}
	e.ends.Add(record, n)
	for e.endBytes += len(record); e.endBytes > e.most/8; { // a decoded record takes some times as much
		e.ends.RemoveOldest()
	}
	return n, nil
}

// weight is about how many bytes of memory an event takes, without the ends.
func weight(e store.PrefetchedEvent) int {
	texts := func(of []kg.Name) (bytes int) {
		for _, n := range of {
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

// at lets all events go that are of an older revision. Revisions only grow, but for a store put in another's place.
func (e *Events) at(revision int64) {
	if e.revision != revision {
		e.of.Purge()
		e.revision = revision
	}
}
