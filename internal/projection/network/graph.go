package network

import (
	"sync"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// graph holds all versions of participations and affiliations, with numbers in place of ids. It is changed only under
// the projection's write lock.
type graph struct {
	actors, events numbers
	// rows are indexed by event number.
	rows []event
	// older holds the earlier versions of events that have more than one.
	older map[uint32][]state
	// wholes holds the events that an event is part of. parts, derived from wholes, holds the intervals in which an event
	// had parts.
	wholes map[uint32][]whole
	parts  map[uint32][]kg.Interval
	// participations of one event are adjacent. Outdated ones of changed events stay until the next full build.
	participations []participation
	// eventsByActor lists each event that an actor ever took part in once. Some may be outdated.
	eventsByActor [][]uint32
	// affiliations holds every version. affiliationsByActor and affiliationsByID hold indexes into it, by actor number and
	// by id.
	affiliations        []affiliation
	affiliationsByActor map[uint32][]uint32
	affiliationsByID    map[kg.ID][]uint32
	// memory is the estimated size in bytes.
	memory int64
	// scratches pools *scratch.
	scratches sync.Pool
}

// event is the last version of an event, and the range of its participations in graph.participations.
type event struct {
	state
	first, count uint32
}

// state is a version of an event. status is an index into kg.ClaimStatuses, modality into kg.Modalities.
type state struct {
	kg.Interval
	start            edtf.Instant
	status, modality uint8
}

// participation is the role of one actor in an event. role is an index into kg.ParticipantRoles, status into
// kg.ClaimStatuses.
type participation struct {
	kg.Interval
	actor        uint32
	role, status uint8
}

// affiliation joins two actors.
type affiliation struct {
	kg.Interval
	start edtf.Instant
	id    kg.ID
	a, b  uint32
}

// whole is an event that another one is part of, while that is known.
type whole struct {
	event uint32
	known kg.Interval
}

// numbers assigns consecutive numbers to ids.
type numbers struct {
	ids []kg.ID
	by  map[kg.ID]uint32
	// latest is the number of the latest call of add. Stores often return the links of one event one after another.
	latest uint32
}

// add returns the number of an id, and whether the id is new.
func (n *numbers) add(id kg.ID) (number uint32, isNew bool) {
	if n.latest < uint32(len(n.ids)) && n.ids[n.latest] == id {
		return n.latest, false
	}
	number, known := n.by[id]
	if !known {
		number = uint32(len(n.ids))
		n.ids = append(n.ids, id)
		n.by[id] = number
	}
	n.latest = number
	return number, !known
}

func newGraph() *graph {
	return &graph{
		actors: numbers{by: map[kg.ID]uint32{}}, events: numbers{by: map[kg.ID]uint32{}},
		older: map[uint32][]state{}, wholes: map[uint32][]whole{}, parts: map[uint32][]kg.Interval{},
		affiliationsByActor: map[uint32][]uint32{}, affiliationsByID: map[kg.ID][]uint32{},
	}
}

// Estimated memory in bytes of one record with its index entries, without the bytes of its id.
const (
	bytesOfParticipation = 72
	bytesOfEvent         = 144
	bytesOfOther         = 128
)

// actor returns the number of an actor, and adds the actor if it is new.
func (g *graph) actor(id kg.ID) uint32 {
	n, isNew := g.actors.add(id)
	if isNew {
		g.eventsByActor = append(g.eventsByActor, nil)
		g.memory += bytesOfOther + int64(len(id))
	}
	return n
}

// event returns the number of an event, and adds the event if it is new.
func (g *graph) event(id kg.ID) uint32 {
	n, isNew := g.events.add(id)
	if isNew {
		g.rows = append(g.rows, event{})
		g.memory += bytesOfEvent + int64(len(id))
	}
	return n
}

// stateAt returns the version of an event that holds at a moment of knowledge, and whether there is one.
func (g *graph) stateAt(e uint32, moment edtf.Instant) (state, bool) {
	if g.rows[e].Holds(moment) {
		return g.rows[e].state, true
	}
	for _, s := range g.older[e] {
		if s.Holds(moment) {
			return s, true
		}
	}
	return state{}, false
}

// hadParts reports whether an event had parts at a moment.
func (g *graph) hadParts(e uint32, moment edtf.Instant) bool {
	for _, known := range g.parts[e] {
		if known.Holds(moment) {
			return true
		}
	}
	return false
}

// participationsOf returns the participations of an event, in all versions.
func (g *graph) participationsOf(e uint32) []participation {
	r := g.rows[e]
	return g.participations[r.first : r.first+r.count]
}
