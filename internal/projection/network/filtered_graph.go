package network

import (
	"context"
	"encoding/json"
	"iter"
	"slices"
	"sync"
	"sync/atomic"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// filteredGraph is a graph as one view, filter and set of roles show it.
type filteredGraph struct {
	*graph
	moment edtf.Instant
	roles  uint16 // a bit for each that counts
	// shown are the events that are there, match, and have no parts or may have some.
	shown bitset
	// starts are when they begin; EndOfTime where that is not known.
	starts []edtf.Instant
	// meetingCache are the meetings of actors that were asked for; metCount how many these are.
	meetingCache   []atomic.Pointer[meetings]
	cachedMeetings atomic.Int64
}

type bitset []uint64

func (b bitset) has(n uint32) bool { return b[n/64]&(1<<(n%64)) != 0 }
func (b bitset) add(n uint32)      { b[n/64] |= 1 << (n % 64) }

// counts says whether a participation counts.
func (l *filteredGraph) counts(p *participation) bool {
	return l.roles&(1<<p.role) != 0 && p.Holds(l.moment)
}

// takesPart says whether an actor has a part in an event that counts.
func (l *filteredGraph) takesPart(links []participation, actor uint32) bool {
	for i := range links {
		if links[i].actor == actor && l.counts(&links[i]) {
			return true
		}
	}
	return false
}

// eventsOf goes through the events that are shown and in which an actor has a part that counts, with all who took part.
func (l *filteredGraph) eventsOf(actor uint32) iter.Seq2[uint32, []participation] {
	return func(yield func(uint32, []participation) bool) {
		for _, e := range l.eventsByActor[actor] {
			if !l.shown.has(e) {
				continue
			}
			if links := l.participationsOf(e); l.takesPart(links, actor) && !yield(e, links) {
				return
			}
		}
	}
}

// role is the first of an actor's roles in an event, by the vocabulary.
func (l *filteredGraph) role(e, actor uint32) kg.ParticipantRole {
	all := kg.ParticipantRoles()
	best := len(all)
	links := l.participationsOf(e)
	for i := range links {
		if links[i].actor == actor && l.counts(&links[i]) {
			best = min(best, int(links[i].role))
		}
	}
	if best == len(all) {
		return ""
	}
	return all[best]
}

// maxCachedFilters bounds how many are remembered: each takes eight bytes for every event, and the meetings that were asked for.
const maxCachedFilters = 8

// filterCache remembers those used last, as long as the graph stays as it is.
type filterCache struct {
	mu      sync.Mutex
	entries []filterEntry // the one used last is the last
}

type filterEntry struct {
	key string
	*filteredGraph
}

func (c *filterCache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries = nil
}

// get makes a lens, or finds it. The store is asked for the events that match a filter.
func (c *filterCache) get(ctx context.Context, from store.LinkReader, g *graph, v kg.View, f *store.EventFilter, roles []kg.ParticipantRole) (*filteredGraph, error) {
	b, err := json.Marshal([]any{v.KnownAt, f, roles})
	if err != nil {
		return nil, kg.Errorf(kg.Internal, "name a filter: %w", err)
	}
	key := string(b)
	c.mu.Lock()
	if i := slices.IndexFunc(c.entries, func(k filterEntry) bool { return k.key == key }); i >= 0 {
		k := c.entries[i]
		c.entries = append(slices.Delete(c.entries, i, i+1), k)
		c.mu.Unlock()
		return k.filteredGraph, nil
	}
	c.mu.Unlock()
	l, err := newFilteredGraph(ctx, from, g, v, f, roles)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries = append(c.entries, filterEntry{key, l})
	c.entries = c.entries[max(0, len(c.entries)-maxCachedFilters):]
	return l, nil
}

func newFilteredGraph(ctx context.Context, from store.LinkReader, g *graph, v kg.View, f *store.EventFilter, roles []kg.ParticipantRole) (*filteredGraph, error) {
	if roles == nil {
		roles = store.WalkedRoles()
	}
	l := &filteredGraph{
		graph: g, moment: v.Moment(), shown: make(bitset, len(g.rows)/64+1), starts: make([]edtf.Instant, len(g.rows)),
		meetingCache: make([]atomic.Pointer[meetings], len(g.actors.ids)),
	}
	for _, r := range roles {
		l.roles |= 1 << roleNumbers[r]
	}
	withParts := f != nil && f.HasParts != nil
	show := func(e uint32) {
		s, there := g.stateAt(e, l.moment)
		if there && (withParts || !g.hadParts(e, l.moment)) {
			l.shown.add(e)
			l.starts[e] = s.Start
		}
	}
	if f == nil {
		for e := range g.rows {
			show(uint32(e))
		}
		return l, nil
	}
	err := from.EventIDs(ctx, v, f, func(id kg.ID) error {
		if e, known := g.events.by[id]; known { // what was stored meanwhile is for the next answer
			show(e)
		}
		return nil
	})
	return l, err
}
