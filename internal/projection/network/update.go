package network

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// linkBuffer collects the links that a store returns, with numbers in place of ids.
type linkBuffer struct {
	g              *graph
	limit          int64
	states         map[uint32][]store.LinkState // of events that have several
	parts          []bufferedPart
	participations [][]bufferedParticipation // in chunks, which are not copied as their number grows
	affiliations   []affiliation
}

// participationChunk is the number of participations in a chunk.
const participationChunk = 1 << 14

type bufferedPart struct {
	part uint32
	whole
}

type bufferedParticipation struct {
	event uint32
	participation
}

// roleNumbers holds the index of each role in kg.ParticipantRoles.
var roleNumbers = func() map[kg.ParticipantRole]uint8 {
	all := map[kg.ParticipantRole]uint8{}
	for i, r := range kg.ParticipantRoles.Values() {
		all[r] = uint8(i)
	}
	return all
}()

// read returns the links of subjects; nil means all. It adds their actors and events to g, and counts them in p. It
// returns LIMIT_EXCEEDED if g takes more than limit bytes.
func read(
	ctx context.Context, source store.LinkReader, mode kg.IdentityMode, g *graph, subjects []kg.ID, limit int64, p *progress,
) (*linkBuffer, error) {
	t := &linkBuffer{g: g, limit: limit, states: map[uint32][]store.LinkState{}}
	err := source.Links(ctx, mode, subjects, store.LinkSink{
		State: func(id kg.ID, s store.LinkState) error {
			e := g.event(id)
			if old := g.rows[e].LinkState; old.KnownFrom < old.KnownTo {
				if len(t.states[e]) == 0 {
					t.states[e] = append(t.states[e], old)
				}
				t.states[e] = append(t.states[e], s)
				g.memory += bytesOfOther
			}
			g.rows[e].LinkState = s
			p.add(s.Interval)
			return t.checkMemory()
		},
		Part: func(part, of kg.ID, known kg.Interval) error {
			t.parts = append(t.parts, bufferedPart{g.event(part), whole{g.event(of), known}})
			g.memory += bytesOfOther
			return t.checkMemory()
		},
		Participation: func(e, a kg.ID, role kg.ParticipantRole, known kg.Interval) error {
			l := bufferedParticipation{g.event(e), participation{known, g.actor(a), roleNumbers[role]}}
			t.addParticipation(l)
			g.memory += bytesOfParticipation
			p.add(known)
			return t.checkMemory()
		},
		Affiliation: func(a store.LinkAffiliation) error {
			if a.Counterpart.Kind() == kg.KindActor && a.Counterpart != a.Holder {
				joined := affiliation{a.Interval, a.Start, a.ID, g.actor(a.Holder), g.actor(a.Counterpart)}
				t.affiliations = append(t.affiliations, joined)
				g.memory += bytesOfOther
			}
			return t.checkMemory()
		},
	})
	return t, err
}

func (t *linkBuffer) addParticipation(p bufferedParticipation) {
	last := len(t.participations) - 1
	if last < 0 || len(t.participations[last]) == participationChunk {
		t.participations = append(t.participations, nil)
		last++
	}
	t.participations[last] = append(t.participations[last], p)
}

func (t *linkBuffer) checkMemory() error {
	if t.g.memory > t.limit {
		return kg.Errorf(kg.LimitExceeded,
			"the graph needs more than the %d MiB of memory that networks may take: raise --network-memory",
			max(t.limit, 0)>>20)
	}
	return nil
}

// build reads a whole store.
func build(ctx context.Context, source store.LinkReader, mode kg.IdentityMode, limit int64, p *progress) (*graph, error) {
	g := newGraph()
	t, err := read(ctx, source, mode, g, nil, limit, p)
	if err != nil {
		return nil, err
	}
	t.putStates()
	t.putParts()
	t.putAffiliations()
	counts := make([]uint32, len(g.rows))
	total := 0
	for _, chunk := range t.participations {
		for _, l := range chunk {
			counts[l.event]++
		}
		total += len(chunk)
	}
	next := uint32(0)
	for e, n := range counts {
		g.rows[e].first = next
		next += n
	}
	g.participations = make([]participation, total)
	for i, chunk := range t.participations {
		for _, l := range chunk {
			r := &g.rows[l.event]
			g.participations[r.first+r.count] = l.participation
			r.count++
		}
		t.participations[i] = nil
	}
	// The events of all actors share one array.
	sizes := make([]uint32, len(g.eventsByActor))
	total = 0
	g.eachParticipant(func(_, a uint32) { sizes[a]++; total++ })
	all := make([]uint32, total)
	for a, n := range sizes {
		g.eventsByActor[a], all = all[:0:n], all[n:]
	}
	g.eachParticipant(func(e, a uint32) { g.eventsByActor[a] = append(g.eventsByActor[a], e) })
	return g, nil
}

// eachParticipant calls f for each actor of each event once.
func (g *graph) eachParticipant(f func(event, actor uint32)) {
	latest := make([]uint32, len(g.actors.ids)) // one more than the actor's latest event
	for e := range g.rows {
		for _, l := range g.participationsOf(uint32(e)) {
			if latest[l.actor] != uint32(e)+1 {
				latest[l.actor] = uint32(e) + 1
				f(uint32(e), l.actor)
			}
		}
	}
}

func hasActor(links []participation, actor uint32) bool {
	return slices.ContainsFunc(links, func(l participation) bool { return l.actor == actor })
}

func (t *linkBuffer) putStates() {
	for e, states := range t.states {
		slices.SortFunc(states, func(a, b store.LinkState) int { return int(min(1, max(-1, a.KnownFrom-b.KnownFrom))) })
		last := len(states) - 1
		t.g.rows[e].LinkState, t.g.older[e] = states[last], states[:last]
	}
}

func (t *linkBuffer) putParts() {
	for _, p := range t.parts {
		t.g.wholes[p.part] = append(t.g.wholes[p.part], p.whole)
	}
	clear(t.g.parts)
	for _, wholes := range t.g.wholes {
		for _, w := range wholes {
			t.g.parts[w.event] = append(t.g.parts[w.event], w.known)
		}
	}
}

func (t *linkBuffer) putAffiliations() {
	g := t.g
	for _, a := range t.affiliations {
		n := uint32(len(g.affiliations))
		g.affiliations = append(g.affiliations, a)
		g.affiliationsByActor[a.a] = append(g.affiliationsByActor[a.a], n)
		g.affiliationsByActor[a.b] = append(g.affiliationsByActor[a.b], n)
		g.affiliationsByID[a.id] = append(g.affiliationsByID[a.id], n)
	}
}

// update replaces the links of subjects with the ones in fresh, whose graph holds only these subjects.
func (g *graph) update(subjects []kg.ID, fresh *linkBuffer, limit int64) error {
	other := fresh.g
	for _, id := range subjects {
		if e, known := g.events.by[id]; known {
			g.rows[e].LinkState = store.LinkState{}
			g.rows[e].count = 0 // the outdated participations stay in the array
			delete(g.older, e)
			delete(g.wholes, e)
		}
		for _, n := range g.affiliationsByID[id] {
			g.affiliations[n].Interval = kg.Interval{}
		}
		delete(g.affiliationsByID, id)
	}
	buffer := linkBuffer{g: g, limit: limit, states: map[uint32][]store.LinkState{}}
	for e, states := range fresh.states {
		buffer.states[g.event(other.events.ids[e])] = states
	}
	for e, r := range other.rows {
		if r.KnownFrom < r.KnownTo {
			g.rows[g.event(other.events.ids[e])].LinkState = r.LinkState
		}
	}
	for _, p := range fresh.parts {
		part, of := g.event(other.events.ids[p.part]), g.event(other.events.ids[p.event])
		buffer.parts = append(buffer.parts, bufferedPart{part, whole{of, p.known}})
	}
	for _, a := range fresh.affiliations {
		a.a, a.b = g.actor(other.actors.ids[a.a]), g.actor(other.actors.ids[a.b])
		buffer.affiliations = append(buffer.affiliations, a)
	}
	buffer.putStates()
	buffer.putParts()
	buffer.putAffiliations()
	links := slices.Concat(fresh.participations...)
	slices.SortStableFunc(links, func(a, b bufferedParticipation) int { return int(a.event) - int(b.event) })
	for len(links) > 0 {
		n := 1
		for n < len(links) && links[n].event == links[0].event {
			n++
		}
		g.putParticipations(g.event(other.events.ids[links[0].event]), other, links[:n])
		links = links[n:]
	}
	return buffer.checkMemory()
}

// putParticipations appends the participations of event e, whose actors are numbered as in other.
func (g *graph) putParticipations(e uint32, other *graph, links []bufferedParticipation) {
	first := uint32(len(g.participations))
	for _, l := range links {
		a := g.actor(other.actors.ids[l.actor])
		if !hasActor(g.participations[first:], a) && !slices.Contains(g.eventsByActor[a], e) {
			g.eventsByActor[a] = append(g.eventsByActor[a], e)
		}
		l.actor = a
		g.participations = append(g.participations, l.participation)
		g.memory += bytesOfParticipation
	}
	g.rows[e].first, g.rows[e].count = first, uint32(len(links))
}
