package network

import (
	"context"
	"encoding/json"
	"iter"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// filteredGraph is a graph restricted to one view, filter and set of roles.
type filteredGraph struct {
	*graph
	moment edtf.Instant
	// roles and statuses have a bit for each role and status of participations that count.
	roles, statuses uint16
	// shown holds the events that exist in the view and match the filter with the defaults of EventFilter.Connecting.
	shown bitset
	// denied holds the events that are not shown only because they are DENIED.
	denied bitset
	// starts holds the starts of events; EndOfTime if unknown.
	starts []edtf.Instant
	// meetingCache holds the meetings of requested actors; cachedMeetings counts them.
	meetingCache   []atomic.Pointer[meetings]
	cachedMeetings atomic.Int64
}

type bitset []uint64

func (b bitset) has(n uint32) bool { return b[n/64]&(1<<(n%64)) != 0 }
func (b bitset) add(n uint32)      { b[n/64] |= 1 << (n % 64) }

// counts reports whether a participation has one of the roles and statuses, and holds at the moment.
func (l *filteredGraph) counts(p *participation) bool {
	return l.statuses&(1<<p.status) != 0 && l.countsIfNotDenied(p)
}

// countsIfNotDenied reports the same of a participation of any status.
func (l *filteredGraph) countsIfNotDenied(p *participation) bool {
	return l.roles&(1<<p.role) != 0 && p.Holds(l.moment)
}

// takesPart reports whether any of links, the participations of one event, is the actor's and counts.
func (l *filteredGraph) takesPart(links []participation, actor uint32) bool {
	for i := range links {
		if links[i].actor == actor && l.counts(&links[i]) {
			return true
		}
	}
	return false
}

// eventsOf iterates over the shown events in which an actor has a participation that counts, with all participations of
// each.
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

// eachAffiliation calls f for each affiliation of an actor that holds: its start, the other actor, and its index.
func (l *filteredGraph) eachAffiliation(from uint32, f func(start edtf.Instant, to, n uint32)) {
	for _, n := range l.affiliationsByActor[from] {
		if t := &l.affiliations[n]; t.Holds(l.moment) {
			f(t.start, t.a+t.b-from, n)
		}
	}
}

// part returns the role and status of the actor's participation in an event that counts, the first in the order of
// roles if there are several.
func (l *filteredGraph) part(e, actor uint32) (kg.ParticipantRole, kg.ClaimStatus) {
	first, _ := l.firstPart(l.participationsOf(e), actor)
	if first == nil {
		return "", ""
	}
	return kg.ParticipantRoles.Values()[first.role], kg.ClaimStatuses.Values()[first.status]
}

// firstPart returns the first of the actor's participations that count in the order of roles, or nil, and whether the
// actor has one that would count if it were not denied.
func (l *filteredGraph) firstPart(links []participation, actor uint32) (first *participation, named bool) {
	for i := range links {
		if p := &links[i]; p.actor == actor {
			first, named = l.earlierPart(first, p), named || l.countsIfNotDenied(p)
		}
	}
	return first, named
}

// earlierPart returns p if it counts and comes before first in the order of roles, otherwise first.
func (l *filteredGraph) earlierPart(first, p *participation) *participation {
	if l.counts(p) && (first == nil || p.role < first.role) {
		return p
	}
	return first
}

// maxCachedFilters bounds the filtered graphs that are cached.
const maxCachedFilters = 8

// filterCache holds the most recently used filtered graphs until the graph changes.
type filterCache struct {
	mu      sync.Mutex
	entries []filterEntry // the most recently used is the last
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

// get returns the filtered graph of a view, filter and roles, from the cache if possible. Otherwise it reads the events
// that match the filter from the store. All but the most recently used are evicted if they take more than room bytes.
func (c *filterCache) get(
	ctx context.Context, source store.LinkReader, g *graph, room int64,
	v kg.View, f *store.EventFilter, roles []kg.ParticipantRole,
) (*filteredGraph, error) {
	b, err := json.Marshal([]any{v.KnownAt, f, roles})
	if err != nil {
		return nil, kg.Errorf(kg.Internal, "encode a filter: %w", err)
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
	l, err := newFilteredGraph(ctx, source, g, v, f, roles)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries = append(c.entries, filterEntry{key, l})
	c.evict(room)
	return l, nil
}

// evict removes the least recently used graphs.
func (c *filterCache) evict(room int64) {
	fit := 0
	for ; fit < min(len(c.entries), maxCachedFilters); fit++ {
		if room -= c.entries[len(c.entries)-1-fit].size(); room < 0 && fit > 0 {
			break
		}
	}
	c.entries = slices.Clone(c.entries[len(c.entries)-fit:])
}

// size estimates the bytes that l takes in addition to its graph.
func (l *filteredGraph) size() int64 {
	return 8*int64(len(l.shown)+len(l.denied)+len(l.starts)+len(l.meetingCache)) + bytesOfMeeting*l.cachedMeetings.Load()
}

func newFilteredGraph(
	ctx context.Context, source store.LinkReader, g *graph, v kg.View, f *store.EventFilter, roles []kg.ParticipantRole,
) (*filteredGraph, error) {
	l := &filteredGraph{
		graph:        g,
		moment:       v.Moment(),
		shown:        make(bitset, len(g.rows)/64+1),
		denied:       make(bitset, len(g.rows)/64+1),
		starts:       make([]edtf.Instant, len(g.rows)),
		meetingCache: make([]atomic.Pointer[meetings], len(g.actors.ids)),
	}
	l.roles = bitsOf(store.ConnectingRoles(roles), roleNumbers)
	l.statuses = bitsOf(f.ConnectingStatuses(), statusNumbers)
	defaults := f.ConnectingDefaults()
	statuses, modalities := bitsOf(defaults.Statuses, statusNumbers), bitsOf(defaults.Modalities, modalityNumbers)
	show := func(e uint32) {
		s, found := g.stateAt(e, l.moment)
		if !found || modalities&(1<<s.modality) == 0 || defaults.HasParts != nil && g.hadParts(e, l.moment) {
			return
		}
		if statuses&(1<<s.status) != 0 {
			l.shown.add(e)
			l.starts[e] = s.start
		} else if s.status == statusNumbers[kg.StatusDenied] {
			l.denied.add(e)
		}
	}
	if f == nil {
		for e := range g.rows {
			show(uint32(e))
		}
		return l, nil
	}
	err := source.EventIDs(ctx, v, f, func(id kg.ID) error {
		if e, known := g.events.by[id]; known { // events stored since the refresh are left out
			show(e)
		}
		return nil
	})
	return l, err
}

// bitsOf returns a set with a bit for each of the values, or for all if values is nil.
func bitsOf[T ~string](values []T, numbers map[T]uint8) (set uint16) {
	if values == nil {
		return math.MaxUint16
	}
	for _, v := range values {
		set |= 1 << numbers[v]
	}
	return set
}
