package store

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"context"
	"slices"
)

// EventMoment is a moment at which something about an event may have changed.
type EventMoment struct {
	At    edtf.Instant
	Event kg.ID
}

// ChangeSource is what an engine does to find changes; ChangePage does the rest. An event's states and edges, its answers'
// edges too, change at no other moments than those at which a claim becomes known.
type ChangeSource interface {
	// Window gives the moment up to which a number of the claims that are known from a moment on became known; last where
	// there are fewer, or where all are best looked at together.
	Window(ctx context.Context, from, last edtf.Instant, span int) (edtf.Instant, error)
	// Moments lists moments of a stretch in the order (At, Event), at most limit: those at which a claim about a matching
	// event became known, or an answer to it changed.
	Moments(ctx context.Context, s KnowledgeWindow, limit int) ([]EventMoment, error)
	// Context reads what is needed to compare what was held before and after each of the moments.
	Context(ctx context.Context, moments []EventMoment) (ChangeContext, error)
}

// ChangeContext is what was held about events for a while, from just before the first of some moments to the last.
type ChangeContext struct {
	// Histories have, in order, the states that overlap the while, and for Compared events the participations, locations and
	// answers that do.
	Histories map[kg.ID]*kg.History
	// Responses are, by the answered event, the answers to Compared ones that do.
	Responses map[kg.ID][]kg.Versioned[kg.Response]
	// Claims are the claims that became known at each of the moments, by what they are about, in claim order: those about
	// the events and about what answers them.
	Claims map[edtf.Instant]map[kg.ID][]kg.ID
}

// MomentRange bounds the knowledge that the ground of moments covers, both ends included: from just before the first to the last.
func MomentRange(moments []EventMoment) (first, last edtf.Instant) {
	return moments[0].At - 1, moments[len(moments)-1].At
}

// History is an event's, made where there was none.
func (g *ChangeContext) History(id kg.ID) *kg.History {
	if g.Histories == nil {
		g.Histories = map[kg.ID]*kg.History{}
	}
	if g.Histories[id] == nil {
		g.Histories[id] = &kg.History{Subject: id}
	}
	return g.Histories[id]
}

// AddResponse adds an answer to what it answers.
func (g *ChangeContext) AddResponse(r kg.Versioned[kg.Response]) {
	if g.Responses == nil {
		g.Responses = map[kg.ID][]kg.Versioned[kg.Response]{}
	}
	g.Responses[r.Edge.To] = append(g.Responses[r.Edge.To], r)
}

// AddClaim adds a claim, in claim order.
func (g *ChangeContext) AddClaim(at edtf.Instant, subject, claim kg.ID) {
	if g.Claims == nil {
		g.Claims = map[edtf.Instant]map[kg.ID][]kg.ID{}
	}
	if g.Claims[at] == nil {
		g.Claims[at] = map[kg.ID][]kg.ID{}
	}
	g.Claims[at][subject] = append(g.Claims[at][subject], claim)
}

// Compared lists the events that were there before one of their moments, once their states are known: of one that only
// appeared no edges are compared.
func (g *ChangeContext) Compared(moments []EventMoment) []kg.ID {
	var ids []kg.ID
	for _, m := range moments {
		if g.state(m.Event, m.At-1) != nil {
			ids = append(ids, m.Event)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Speakers lists the events whose claims a ground needs: those of the moments, and what answers them.
func (g *ChangeContext) Speakers(moments []EventMoment) []kg.ID {
	var ids []kg.ID
	for _, m := range moments {
		ids = append(ids, m.Event)
		for _, r := range g.Responses[m.Event] {
			ids = append(ids, r.Edge.By)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (g *ChangeContext) held(event kg.ID, at edtf.Instant) EventVersion {
	h := g.History(event)
	held := EventVersion{Edges: kg.EventEdges{
		Participations: heldAt(h.Participations, at), Locations: heldAt(h.Locations, at),
		RespondsTo: heldAt(h.RespondsTo, at), Responses: heldAt(g.Responses[event], at),
	}}
	held.State = g.state(event, at)
	return held
}

func (g *ChangeContext) state(event kg.ID, at edtf.Instant) *kg.EventState {
	states := g.History(event).States
	for i, s := range states {
		if s.KnownFrom <= at && at < s.KnownTo {
			return &states[i]
		}
	}
	return nil
}

func heldAt[T any](versions []kg.Versioned[T], at edtf.Instant) []T {
	var all []T
	for _, v := range versions {
		if v.Holds(at) {
			all = append(all, v.Edge)
		}
	}
	return all
}

// KnowledgeWindow is a while of knowledge, both ends included, in which moments are looked for: those after Beyond, and that one
// itself where Itself is set.
type KnowledgeWindow struct {
	From, To  edtf.Instant
	After     EventMoment
	Inclusive bool
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
	next  KnowledgeWindow // its To is where the walk ends
	span  int
	ready []EventMoment // found, and not given yet
}

func (q ChangeQuery) walk(src ChangeSource) *changeWalk {
	begin := EventMoment{At: q.From + 1}
	if p := q.Window.After; p != nil && !q.Total && edtf.Instant(p.Int) >= begin.At {
		begin = EventMoment{edtf.Instant(p.Int), p.ID}
	}
	return &changeWalk{src, KnowledgeWindow{From: begin.At, To: q.View.Moment(), After: begin, Inclusive: true}, firstSpan, nil}
}

// moments gives the next moments, at most limit; none are left when it gives none.
func (w *changeWalk) moments(ctx context.Context, limit int) ([]EventMoment, error) {
	for len(w.ready) == 0 && w.next.From <= w.next.To {
		s := w.next
		var err error
		if s.To, err = w.Window(ctx, s.From, s.To, w.span); err != nil {
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
			w.next.After, w.next.Inclusive = w.ready[found-1], false
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
		ground, err := src.Context(ctx, moments)
		if err != nil {
			return Page[Change]{}, err
		}
		for _, m := range moments {
			changes := ChangesAt(m.Event, m.At, ground.held(m.Event, m.At-1), ground.held(m.Event, m.At), ground.Claims[m.At])
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
func (c Change) seenAt(moment edtf.Instant) Change {
	open := func(s kg.EventState) kg.EventState {
		if s.KnownTo > moment {
			s.KnownTo = edtf.EndOfTime
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
