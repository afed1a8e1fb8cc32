package network

import (
	"slices"

	"casus/internal/kg"
)

// update replaces the links of subjects with the ones in fresh, whose graph holds only these subjects.
func (g *graph) update(subjects []kg.ID, fresh *linkBuffer, limit int64) error {
	other := fresh.g
	old := make([][]participation, len(g.rows)) // of the events that are replaced
	for _, id := range subjects {
		if e, known := g.events.by[id]; known {
			old[e] = g.participationsOf(e)
			g.rows[e].state = state{}
			g.rows[e].count = 0 // the outdated participations stay in the array
			delete(g.older, e)
			delete(g.wholes, e)
		}
		for _, n := range g.affiliationsByID[id] {
			g.affiliations[n].Interval = kg.Interval{}
		}
		delete(g.affiliationsByID, id)
	}
	buffer := linkBuffer{g: g, limit: limit, states: map[uint32][]state{}}
	for e, states := range fresh.states {
		buffer.states[g.event(other.events.ids[e])] = states
	}
	for e, r := range other.rows {
		if r.KnownFrom < r.KnownTo {
			g.rows[g.event(other.events.ids[e])].state = r.state
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
		e, isNew := g.event(other.events.ids[links[0].event]), true
		var before []participation
		if int(e) < len(old) {
			before, isNew = old[e], false
		}
		g.putParticipations(e, before, isNew, other, links[:n])
		links = links[n:]
	}
	return buffer.checkMemory()
}

// putParticipations appends the participations of event e, whose actors are numbered as in other. They replace
// old; isNew reports whether the graph did not have the event.
func (g *graph) putParticipations(
	e uint32, old []participation, isNew bool, other *graph, links []bufferedParticipation,
) {
	listed := map[uint32]bool{} // the actors that list the event
	for _, l := range old {
		listed[l.actor] = true
	}
	first := uint32(len(g.participations))
	for _, l := range links {
		a := g.actor(other.actors.ids[l.actor])
		if !listed[a] {
			listed[a] = true
			if isNew || !slices.Contains(g.eventsByActor[a], e) { // an actor that had left may be listed already
				g.eventsByActor[a] = append(g.eventsByActor[a], e)
			}
		}
		l.actor = a
		g.participations = append(g.participations, l.participation)
		g.memory += bytesOfParticipation
	}
	g.rows[e].first, g.rows[e].count = first, uint32(len(links))
}
