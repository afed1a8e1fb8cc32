package network

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// given are links as a store gives them, numbered.
type given struct {
	g      *graph
	limit  int64
	states map[uint32][]store.LinkState // of events that have several
	parts  []givenPart
	links  []givenLink
	ties   []tie
}

type givenPart struct {
	part uint32
	whole
}

type givenLink struct {
	event uint32
	link
}

// roleNumbers are the places of roles in their vocabulary.
var roleNumbers = func() map[kg.ParticipantRole]uint8 {
	all := map[kg.ParticipantRole]uint8{}
	for i, r := range kg.ParticipantRoles() {
		all[r] = uint8(i)
	}
	return all
}()

// read takes the links of subjects, or of everything.
func read(ctx context.Context, from store.LinkReader, mode kg.IdentityMode, g *graph, subjects []kg.ID, limit int64) (*given, error) {
	t := &given{g: g, limit: limit, states: map[uint32][]store.LinkState{}}
	err := from.Links(ctx, mode, subjects, store.LinkSink{
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
			return t.fits()
		},
		Part: func(part, of kg.ID, known kg.Interval) error {
			t.parts = append(t.parts, givenPart{g.event(part), whole{g.event(of), known}})
			g.memory += bytesOfOther
			return t.fits()
		},
		Participation: func(e, a kg.ID, role kg.ParticipantRole, known kg.Interval) error {
			t.links = append(t.links, givenLink{g.event(e), link{known, g.actor(a), roleNumbers[role]}})
			g.memory += bytesOfParticipation
			return t.fits()
		},
		Affiliation: func(a store.LinkAffiliation) error {
			if a.Counterpart.Kind() == kg.KindActor && a.Counterpart != a.Holder {
				t.ties = append(t.ties, tie{a.Interval, a.Start, a.ID, g.actor(a.Holder), g.actor(a.Counterpart)})
				g.memory += bytesOfOther
			}
			return t.fits()
		},
	})
	return t, err
}

func (t *given) fits() error {
	if t.limit > 0 && t.g.memory > t.limit {
		return kg.Errorf(kg.LimitExceeded, "the graph needs more than the %d MiB of memory that networks may take: raise --network-memory", t.limit>>20)
	}
	return nil
}

// build reads everything.
func build(ctx context.Context, from store.LinkReader, mode kg.IdentityMode, limit int64) (*graph, error) {
	g := newGraph()
	t, err := read(ctx, from, mode, g, nil, limit)
	if err != nil {
		return nil, err
	}
	t.putStates()
	t.putParts()
	t.putTies()
	counts := make([]uint32, len(g.rows))
	for _, l := range t.links {
		counts[l.event]++
	}
	next := uint32(0)
	for e, n := range counts {
		g.rows[e].first = next
		next += n
	}
	g.links = make([]link, len(t.links))
	for _, l := range t.links {
		r := &g.rows[l.event]
		g.links[r.first+r.count] = l.link
		r.count++
	}
	t.links = nil
	// An actor's events, all actors' in one piece.
	sizes := make([]uint32, len(g.in))
	g.eachPart(func(_, a uint32) { sizes[a]++ })
	total := uint32(0)
	for _, n := range sizes {
		total += n
	}
	all := make([]uint32, total)
	for a, n := range sizes {
		g.in[a], all = all[:0:n], all[n:]
	}
	g.eachPart(func(e, a uint32) { g.in[a] = append(g.in[a], e) })
	return g, nil
}

// eachPart gives the actors of each event, each once.
func (g *graph) eachPart(do func(event, actor uint32)) {
	for e := range g.rows {
		links := g.linksOf(uint32(e))
		for i, l := range links {
			if !has(links[:i], l.actor) {
				do(uint32(e), l.actor)
			}
		}
	}
}

func has(links []link, actor uint32) bool {
	return slices.ContainsFunc(links, func(l link) bool { return l.actor == actor })
}

func (t *given) putStates() {
	for e, states := range t.states {
		slices.SortFunc(states, func(a, b store.LinkState) int { return int(min(1, max(-1, a.KnownFrom-b.KnownFrom))) })
		last := len(states) - 1
		t.g.rows[e].LinkState, t.g.older[e] = states[last], states[:last]
	}
}

func (t *given) putParts() {
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

func (t *given) putTies() {
	for _, tie := range t.ties {
		n := uint32(len(t.g.ties))
		t.g.ties = append(t.g.ties, tie)
		t.g.of[tie.a], t.g.of[tie.b] = append(t.g.of[tie.a], n), append(t.g.of[tie.b], n)
		t.g.tied[tie.id] = append(t.g.tied[tie.id], n)
	}
}

// update makes anew what is held of some subjects, from another graph that holds nothing but what a store gave of them.
func (g *graph) update(subjects []kg.ID, fresh *given, limit int64) error {
	before := fresh.g
	for _, id := range subjects {
		if e, known := g.events.by[id]; known {
			g.rows[e].LinkState = store.LinkState{}
			g.rows[e].count = 0 // where they were is left behind
			delete(g.older, e)
			delete(g.wholes, e)
		}
		for _, n := range g.tied[id] {
			g.ties[n].Interval = kg.Interval{}
		}
		delete(g.tied, id)
	}
	here := given{g: g, limit: limit, states: map[uint32][]store.LinkState{}}
	for e, states := range fresh.states {
		here.states[g.event(before.events.ids[e])] = states
	}
	for e, r := range before.rows {
		if r.KnownFrom < r.KnownTo {
			g.rows[g.event(before.events.ids[e])].LinkState = r.LinkState
		}
	}
	for _, p := range fresh.parts {
		here.parts = append(here.parts, givenPart{g.event(before.events.ids[p.part]), whole{g.event(before.events.ids[p.event]), p.known}})
	}
	for _, t := range fresh.ties {
		t.a, t.b = g.actor(before.actors.ids[t.a]), g.actor(before.actors.ids[t.b])
		here.ties = append(here.ties, t)
	}
	here.putStates()
	here.putParts()
	here.putTies()
	slices.SortStableFunc(fresh.links, func(a, b givenLink) int { return int(a.event) - int(b.event) })
	for len(fresh.links) > 0 {
		n := 1
		for n < len(fresh.links) && fresh.links[n].event == fresh.links[0].event {
			n++
		}
		g.putLinks(g.event(before.events.ids[fresh.links[0].event]), before, fresh.links[:n])
		fresh.links = fresh.links[n:]
	}
	return here.fits()
}

func (g *graph) putLinks(e uint32, before *graph, links []givenLink) {
	first := uint32(len(g.links))
	for _, l := range links {
		a := g.actor(before.actors.ids[l.actor])
		if !has(g.links[first:], a) && !slices.Contains(g.in[a], e) {
			g.in[a] = append(g.in[a], e)
		}
		l.actor = a
		g.links = append(g.links, l.link)
		g.memory += bytesOfParticipation
	}
	g.rows[e].first, g.rows[e].count = first, uint32(len(links))
}
