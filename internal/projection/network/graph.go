package network

import (
	"sync"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// graph is who took part in what and who belongs to whom, in all versions: numbers in place of ids, one record for each
// participation. It is changed only while nobody reads it.
type graph struct {
	revision       int64
	actors, events numbers
	// rows are the events, by number.
	rows []event
	// older are the versions of events that have more than one, but the last.
	older map[uint32][]store.LinkState
	// wholes are what events are part of; parts, made of it, when events had parts.
	wholes map[uint32][]whole
	parts  map[uint32][]kg.Interval
	// participations are the participations: an event's lie together. Those of events that changed are left behind.
	participations []participation
	// eventsByActor are the events that an actor ever took part in, each once; some perhaps no more.
	eventsByActor [][]uint32
	// affiliations are affiliations, of those by an actor's number; tied by their id.
	affiliations        []affiliation
	affiliationsByActor map[uint32][]uint32
	affiliationsByID    map[kg.ID][]uint32
	memory              int64
	// scratches are *scratch of searches.
	scratches sync.Pool
}

// event is an event's last version, and where its participations lie.
type event struct {
	store.LinkState
	first, count uint32
}

// participation is an actor's part in an event.
type participation struct {
	kg.Interval
	actor uint32
	role  uint8
}

// affiliation is an affiliation of two actors.
type affiliation struct {
	kg.Interval
	start edtf.Instant
	id    kg.ID
	a, b  uint32
}

type whole struct {
	event uint32
	known kg.Interval
}

// numbers gives ids numbers, in the order in which they come.
type numbers struct {
	ids []kg.ID
	by  map[kg.ID]uint32
}

func (n *numbers) add(id kg.ID) (number uint32, is bool) {
	number, known := n.by[id]
	if !known {
		number = uint32(len(n.ids))
		n.ids = append(n.ids, id)
		n.by[id] = number
	}
	return number, !known
}

func newGraph() *graph {
	return &graph{
		actors: numbers{by: map[kg.ID]uint32{}}, events: numbers{by: map[kg.ID]uint32{}},
		older: map[uint32][]store.LinkState{}, wholes: map[uint32][]whole{}, parts: map[uint32][]kg.Interval{},
		affiliationsByActor: map[uint32][]uint32{}, affiliationsByID: map[kg.ID][]uint32{},
	}
}

// What things take in memory, in bytes, reckoned from the sizes of what is kept of each; an id's letters come on top.
const (
	bytesOfParticipation = 72
	bytesOfEvent         = 136
	bytesOfOther         = 128
)

func (g *graph) actor(id kg.ID) uint32 {
	n, is := g.actors.add(id)
	if is {
		g.eventsByActor = append(g.eventsByActor, nil)
		g.memory += bytesOfOther + int64(len(id))
	}
	return n
}

func (g *graph) event(id kg.ID) uint32 {
	n, is := g.events.add(id)
	if is {
		g.rows = append(g.rows, event{})
		g.memory += bytesOfEvent + int64(len(id))
	}
	return n
}

// stateAt is an event as it was held at a moment.
func (g *graph) stateAt(e uint32, moment edtf.Instant) (store.LinkState, bool) {
	if g.rows[e].Holds(moment) {
		return g.rows[e].LinkState, true
	}
	for _, s := range g.older[e] {
		if s.Holds(moment) {
			return s, true
		}
	}
	return store.LinkState{}, false
}

// hadParts says whether an event had parts at a moment.
func (g *graph) hadParts(e uint32, moment edtf.Instant) bool {
	for _, known := range g.parts[e] {
		if known.Holds(moment) {
			return true
		}
	}
	return false
}

// participationsOf are an event's participations, in all versions.
func (g *graph) participationsOf(e uint32) []participation {
	r := g.rows[e]
	return g.participations[r.first : r.first+r.count]
}
