package kg

import (
	"context"
	"slices"
)

// EventMoment is a moment at which something about an event may have changed.
type EventMoment struct {
	At    Instant
	Event ID
}

// ChangeSource is what an engine does to find changes; ChangePage does the rest.
type ChangeSource interface {
	// Next lists the next moments, in the order (At, Event), at most limit: those at which a claim about a matching event
	// became known, or an answer to it changed. None are left when it gives none.
	Next(ctx context.Context, limit int) ([]EventMoment, error)
	// Ground reads what is needed to compare what was held before and after each of the moments.
	Ground(ctx context.Context, moments []EventMoment) (ChangeGround, error)
}

// ChangeGround is what was held about events for a while, from just before the first of some moments to the last.
type ChangeGround struct {
	// Histories have, in order, the states, participations, locations and answers that overlap the while.
	Histories map[ID]*History
	// Responses are, by the answered event, the answers to it that do.
	Responses map[ID][]Versioned[Response]
	// Became are the claims that became known at each of the moments, by what they are about, in claim order: those about
	// the events and about what answers them.
	Became map[Instant]map[ID][]ID
}

// While bounds the knowledge that the ground of moments covers, both ends included: from just before the first to the last.
func While(moments []EventMoment) (first, last Instant) {
	return moments[0].At - 1, moments[len(moments)-1].At
}

// History is an event's, made where there was none.
func (g *ChangeGround) History(id ID) *History {
	if g.Histories == nil {
		g.Histories = map[ID]*History{}
	}
	if g.Histories[id] == nil {
		g.Histories[id] = &History{Subject: id}
	}
	return g.Histories[id]
}

// AddResponse adds an answer to what it answers.
func (g *ChangeGround) AddResponse(r Versioned[Response]) {
	if g.Responses == nil {
		g.Responses = map[ID][]Versioned[Response]{}
	}
	g.Responses[r.Edge.To] = append(g.Responses[r.Edge.To], r)
}

// AddClaim adds a claim, in claim order.
func (g *ChangeGround) AddClaim(at Instant, subject, claim ID) {
	if g.Became == nil {
		g.Became = map[Instant]map[ID][]ID{}
	}
	if g.Became[at] == nil {
		g.Became[at] = map[ID][]ID{}
	}
	g.Became[at][subject] = append(g.Became[at][subject], claim)
}

// Speaking lists the events whose claims a ground needs: those of the moments, and what answers them.
func (g *ChangeGround) Speaking(moments []EventMoment) []ID {
	var ids []ID
	for _, m := range moments {
		ids = append(ids, m.Event)
		for _, r := range g.Responses[m.Event] {
			ids = append(ids, r.Edge.By)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (g *ChangeGround) held(event ID, at Instant) Held {
	h := g.History(event)
	held := Held{Edges: EventEdges{
		Participations: heldAt(h.Participations, at), Locations: heldAt(h.Locations, at),
		RespondsTo: heldAt(h.RespondsTo, at), Responses: heldAt(g.Responses[event], at),
	}}
	for i, s := range h.States {
		if s.KnownFrom <= at && at < s.KnownTo {
			held.State = &h.States[i]
		}
	}
	return held
}

func heldAt[T any](versions []Versioned[T], at Instant) []T {
	var all []T
	for _, v := range versions {
		if v.Holds(at) {
			all = append(all, v.Edge)
		}
	}
	return all
}

// ChangesAtOnce is how many moments ChangePage asks for at a time, at most.
const ChangesAtOnce = 200

// Begin is the first moment at which a change on the page may be.
func (q ChangeQuery) Begin() EventMoment {
	begin := EventMoment{At: q.From + 1}
	if p := q.Window.After; p != nil && !q.Total && Instant(p.Int) >= begin.At {
		begin = EventMoment{Instant(p.Int), p.ID}
	}
	return begin
}

// ChangePage answers a query for changes from a source that begins at the query's Begin. To count them all it looks at them
// all.
func ChangePage(ctx context.Context, q ChangeQuery, src ChangeSource) (Page[Change], error) {
	var found []Change
	total := 0
	enough := func() bool { return !q.Total && (q.Window.Limit == 0 || len(found) > q.Window.Limit) }
	for !enough() {
		atOnce := ChangesAtOnce
		if !q.Total { // most moments have a change
			atOnce = min(atOnce, max(10, q.Window.Limit+1-len(found)))
		}
		moments, err := src.Next(ctx, atOnce)
		if err != nil {
			return Page[Change]{}, err
		}
		if len(moments) == 0 {
			break
		}
		ground, err := src.Ground(ctx, moments)
		if err != nil {
			return Page[Change]{}, err
		}
		for _, m := range moments {
			changes := ChangesAt(m.Event, m.At, ground.held(m.Event, m.At-1), ground.held(m.Event, m.At), ground.Became[m.At])
			total += len(changes)
			for _, c := range changes {
				beyond := q.Window.After == nil || CompareChanges(c.Position(), *q.Window.After) > 0
				if beyond && len(found) <= q.Window.Limit {
					found = append(found, c.seenAt(q.View.Moment()))
				}
			}
		}
	}
	if q.Window.Limit == 0 {
		found = nil
	}
	page := CutPage(q.Window, found, Change.Position)
	if q.Total {
		page.Total = &total
	}
	return page, nil
}

// seenAt leaves states without an end that they had only later.
func (c Change) seenAt(moment Instant) Change {
	open := func(s EventState) EventState {
		if s.KnownTo > moment {
			s.KnownTo = EndOfTime
		}
		return s
	}
	c.After = open(c.After)
	if c.Before != nil {
		before := open(*c.Before)
		c.Before = &before
	}
	return c
}
