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

// ChangeSource is the part of an engine that ChangePage needs. States and edges of an event, and edges from its
// responses, change only at moments at which a claim becomes known.
type ChangeSource interface {
	// Window returns the end of a window that begins at from and in which span claims become known. It returns last if
	// there are fewer claims, or if the engine prefers a single window.
	Window(ctx context.Context, from, last edtf.Instant, span int) (edtf.Instant, error)
	// Moments returns at most limit moments of a window in the order (At, Event) at which a claim about a matching event
	// became known or a response to the event changed.
	Moments(ctx context.Context, w KnowledgeWindow, limit int) ([]EventMoment, error)
	// Context reads the data to compare the versions of events before and after each of the moments.
	Context(ctx context.Context, moments []EventMoment) (ChangeContext, error)
}

// ChangeContext holds what was known about events in an interval, from just before the first of some moments to the
// last.
type ChangeContext struct {
	// Histories hold the states that overlap the interval, in order. For ComparedEvents they also hold the participations,
	// locations and responses that overlap it.
	Histories map[kg.ID]*kg.History
	// Responses are the responses to ComparedEvents that overlap the interval, by the event they respond to.
	Responses map[kg.ID][]kg.Versioned[kg.Response]
	// Claims are the claims about the events and about their responses that became known at each moment, by subject and in
	// claim order.
	Claims map[edtf.Instant]map[kg.ID][]kg.ID
}

// MomentRange returns the interval that the context of moments covers: from just before the first to the last,
// inclusive.
func MomentRange(moments []EventMoment) (first, last edtf.Instant) {
	return moments[0].At - 1, moments[len(moments)-1].At
}

// History returns the history of an event. It adds an empty one if there is none.
func (c *ChangeContext) History(id kg.ID) *kg.History {
	if c.Histories == nil {
		c.Histories = map[kg.ID]*kg.History{}
	}
	if c.Histories[id] == nil {
		c.Histories[id] = &kg.History{Subject: id}
	}
	return c.Histories[id]
}

// AddResponse adds a response under the event that it responds to.
func (c *ChangeContext) AddResponse(r kg.Versioned[kg.Response]) {
	if c.Responses == nil {
		c.Responses = map[kg.ID][]kg.Versioned[kg.Response]{}
	}
	c.Responses[r.Edge.To] = append(c.Responses[r.Edge.To], r)
}

// AddClaim adds a claim. Callers add claims in claim order.
func (c *ChangeContext) AddClaim(at edtf.Instant, subject, claim kg.ID) {
	if c.Claims == nil {
		c.Claims = map[edtf.Instant]map[kg.ID][]kg.ID{}
	}
	if c.Claims[at] == nil {
		c.Claims[at] = map[kg.ID][]kg.ID{}
	}
	c.Claims[at][subject] = append(c.Claims[at][subject], claim)
}

// ComparedEvents returns the events that existed before one of their moments, for which edges must be read. States must
// have been added before.
func (c *ChangeContext) ComparedEvents(moments []EventMoment) []kg.ID {
	var ids []kg.ID
	for _, m := range moments {
		if c.state(m.Event, m.At-1) != nil {
			ids = append(ids, m.Event)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// ClaimSubjects returns the events whose claims the context needs: the events of the moments and their responses.
func (c *ChangeContext) ClaimSubjects(moments []EventMoment) []kg.ID {
	var ids []kg.ID
	for _, m := range moments {
		ids = append(ids, m.Event)
		for _, r := range c.Responses[m.Event] {
			ids = append(ids, r.Edge.By)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (c *ChangeContext) version(event kg.ID, at edtf.Instant) EventVersion {
	h := c.History(event)
	v := EventVersion{Edges: kg.EventEdges{
		Participations: edgesAt(h.Participations, at), Locations: edgesAt(h.Locations, at),
		RespondsTo: edgesAt(h.RespondsTo, at), Responses: edgesAt(c.Responses[event], at),
	}}
	v.State = c.state(event, at)
	return v
}

func (c *ChangeContext) state(event kg.ID, at edtf.Instant) *kg.EventState {
	states := c.History(event).States
	for i, s := range states {
		if s.KnownFrom <= at && at < s.KnownTo {
			return &states[i]
		}
	}
	return nil
}

func edgesAt[T any](versions []kg.Versioned[T], at edtf.Instant) []T {
	var all []T
	for _, v := range versions {
		if v.Holds(at) {
			all = append(all, v.Edge)
		}
	}
	return all
}

// KnowledgeWindow selects the moments between From and To, inclusive, that are later than After in the order (At,
// Event), or equal to it if Inclusive is set.
type KnowledgeWindow struct {
	From, To  edtf.Instant
	After     EventMoment
	Inclusive bool
}

const (
	// MaxContextMoments bounds the moments for which ChangePage reads a context.
	MaxContextMoments = 400
	// minSpan is the number of claims in the first window. The number grows fourfold after a window with fewer than
	// fewMoments moments, and shrinks to a quarter, but not below minSpan, after one with at least four times as many.
	minSpan, fewMoments = 250, 60
	// maxWindowMoments bounds the moments that are listed at once.
	maxWindowMoments = 1000
)

// changeWalk iterates over moments, window by window.
type changeWalk struct {
	ChangeSource
	window  KnowledgeWindow // its To is where the walk ends
	span    int
	pending []EventMoment // found, but not returned yet
}

func (q ChangeQuery) newWalk(src ChangeSource) *changeWalk {
	begin := EventMoment{At: q.From + 1}
	if p := q.Window.After; p != nil && !q.Total && edtf.Instant(p.Int) >= begin.At {
		begin = EventMoment{edtf.Instant(p.Int), p.ID}
	}
	window := KnowledgeWindow{From: begin.At, To: q.View.Moment(), After: begin, Inclusive: true}
	return &changeWalk{src, window, minSpan, nil}
}

// next returns at most limit moments, and none at the end.
func (w *changeWalk) next(ctx context.Context, limit int) ([]EventMoment, error) {
	for len(w.pending) == 0 && w.window.From <= w.window.To {
		s := w.window
		var err error
		if s.To, err = w.Window(ctx, s.From, s.To, w.span); err != nil {
			return nil, err
		}
		if w.pending, err = w.Moments(ctx, s, maxWindowMoments); err != nil {
			return nil, err
		}
		found := len(w.pending)
		if w.window.From = s.To + 1; found == maxWindowMoments { // there may be more
			w.window.From = w.pending[found-1].At
		}
		switch {
		case found < fewMoments:
			w.span *= 4
		case found >= 4*fewMoments:
			w.span = max(w.span/4, minSpan)
		}
		if found > 0 {
			w.window.After, w.window.Inclusive = w.pending[found-1], false
		}
	}
	n := min(limit, len(w.pending))
	moments := w.pending[:n]
	w.pending = w.pending[n:]
	return moments, nil
}

// ChangePage returns a page of changes from a source. A query with Total reads all changes.
func ChangePage(ctx context.Context, q ChangeQuery, src ChangeSource) (Page[Change], error) {
	walk := q.newWalk(src)
	var found []Change
	total := 0
	enough := func() bool { return !q.Total && (q.Window.Limit == 0 || len(found) > q.Window.Limit) }
	for !enough() {
		atOnce := MaxContextMoments
		if !q.Total { // most moments have a change
			atOnce = min(atOnce, max(10, q.Window.Limit+1-len(found)))
		}
		moments, err := walk.next(ctx, atOnce)
		if err != nil {
			return Page[Change]{}, err
		}
		if len(moments) == 0 {
			break
		}
		known, err := src.Context(ctx, moments)
		if err != nil {
			return Page[Change]{}, err
		}
		for _, m := range moments {
			before, after := known.version(m.Event, m.At-1), known.version(m.Event, m.At)
			changes := ChangesAt(m.Event, m.At, before, after, known.Claims[m.At])
			total += len(changes)
			for _, c := range changes {
				beyond := q.Window.After == nil || CompareChanges(c.Position(), *q.Window.After) > 0
				if beyond && len(found) <= q.Window.Limit {
					found = append(found, c.cutAt(q.View.Moment()))
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

// cutAt removes the ends of states that were not known by the moment.
func (c Change) cutAt(moment edtf.Instant) Change {
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
