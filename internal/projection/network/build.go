package network

import (
	"cmp"
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// build reads a whole store.
func build(
	ctx context.Context, source store.LinkReader, mode kg.IdentityMode, limit int64, p *progress,
) (*graph, error) {
	t, err := read(ctx, source, mode, newGraph(), nil, limit, p)
	if err != nil {
		return nil, err
	}
	return t.build(), nil
}

// build puts all links into the graph, which has none yet.
func (t *linkBuffer) build() *graph {
	g := t.g
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
	return g
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

func (t *linkBuffer) putStates() {
	for e, states := range t.states {
		slices.SortFunc(states, func(a, b state) int { return cmp.Compare(a.KnownFrom, b.KnownFrom) })
		last := len(states) - 1
		t.g.rows[e].state, t.g.older[e] = states[last], states[:last]
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
