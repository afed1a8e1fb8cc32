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

// ChangeSource is what an engine does to find changes; ChangePage does the rest. An event's states and edges, its answers'
// edges too, change at no other moments than those at which a claim becomes known.
type ChangeSource interface {
	// Stretch gives the moment up to which a number of the claims that are known from a moment on became known; last where
	// there are fewer, or where all are best looked at together.
	Stretch(ctx context.Context, from, last Instant, span int) (Instant, error)
	// Moments lists moments of a stretch in the order (At, Event), at most limit: those at which a claim about a matching
	// event became known, or an answer to it changed.
	Moments(ctx context.Context, s Stretch, limit int) ([]EventMoment, error)
	// Ground reads what is needed to compare what was held before and after each of the moments.
	Ground(ctx context.Context, moments []EventMoment) (ChangeGround, error)
}

// ChangeGround is what was held about events for a while, from just before the first of some moments to the last.
type ChangeGround struct {
	// Histories have, in order, the states that overlap the while, and for Compared events the participations, locations and
	// answers that do.
	Histories map[ID]*History
	// Responses are, by the answered event, the answers to Compared ones that do.
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

// Compared lists the events that were there before one of their moments, once their states are known: of one that only
// appeared no edges are compared.
func (g *ChangeGround) Compared(moments []EventMoment) []ID {
	var ids []ID
	for _, m := range moments {
		if g.state(m.Event, m.At-1) != nil {
			ids = append(ids, m.Event)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
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
	held.State = g.state(event, at)
	return held
}

func (g *ChangeGround) state(event ID, at Instant) *EventState {
	states := g.History(event).States
	for i, s := range states {
		if s.KnownFrom <= at && at < s.KnownTo {
			return &states[i]
		}
	}
	return nil
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

// Stretch is a while of knowledge, both ends included, in which moments are looked for: those after Beyond, and that one
// itself where Itself is set.
type Stretch struct {
	From, To Instant
	Beyond   EventMoment
	Itself   bool
}

const (
	// ChangesAtOnce is how many moments ChangePage asks for the ground of at a time, at most.
	ChangesAtOnce = 400
	// firstSpan is how many claims are looked at first. A stretch after one that had few moments has four times as many.
	firstSpan, fewMoments = 250, 60
	// inStretch is how many moments of a stretch are listed at once, at most.
	inStretch = 1000
)

// changeWalk walks through what became known, stretch by stretch.
type changeWalk struct {
	ChangeSource
	next  Stretch // its To is where the walk ends
	span  int
	ready []EventMoment // found, and not given yet
}

func (q ChangeQuery) walk(src ChangeSource) *changeWalk {
	begin := EventMoment{At: q.From + 1}
	if p := q.Window.After; p != nil && !q.Total && Instant(p.Int) >= begin.At {
		begin = EventMoment{Instant(p.Int), p.ID}
	}
	return &changeWalk{src, Stretch{From: begin.At, To: q.View.Moment(), Beyond: begin, Itself: true}, firstSpan, nil}
}

// moments gives the next moments, at most limit; none are left when it gives none.
func (w *changeWalk) moments(ctx context.Context, limit int) ([]EventMoment, error) {
	for len(w.ready) == 0 && w.next.From <= w.next.To {
		s := w.next
		var err error
		if s.To, err = w.Stretch(ctx, s.From, s.To, w.span); err != nil {
			return nil, err
		}
		if w.ready, err = w.Moments(ctx, s, inStretch); err != nil {
			return nil, err
		}
		found := len(w.ready)
		if w.next.From = s.To + 1; found == inStretch { // there may be more
			w.next.From = w.ready[found-1].At
		}
		switch {
		case found < fewMoments:
			w.span *= 4
		case found >= 4*fewMoments:
			w.span = max(w.span/4, firstSpan)
		}
		if found > 0 {
			w.next.Beyond, w.next.Itself = w.ready[found-1], false
		}
	}
	n := min(limit, len(w.ready))
	given := w.ready[:n]
	w.ready = w.ready[n:]
	return given, nil
}

// ChangePage answers a query for changes from a source. To count them all it looks at them all.
func ChangePage(ctx context.Context, q ChangeQuery, src ChangeSource) (Page[Change], error) {
	walk := q.walk(src)
	var found []Change
	total := 0
	enough := func() bool { return !q.Total && (q.Window.Limit == 0 || len(found) > q.Window.Limit) }
	for !enough() {
		atOnce := ChangesAtOnce
		if !q.Total { // most moments have a change
			atOnce = min(atOnce, max(10, q.Window.Limit+1-len(found)))
		}
		moments, err := walk.moments(ctx, atOnce)
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
