package memory

import (
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// reading is the graph read in one view.
type reading struct {
	graph
	view kg.View
	at   edtf.Instant
	// one are the classes that ids given by a query stand for; apart is the graph without them.
	one   kg.Identities
	apart graph
}

func (g graph) in(v kg.View) reading {
	r := reading{g, v, v.Moment(), g.classes.InView(v), g}
	if r.one.HasMerged("") {
		r.graph = *g.resolved
	}
	return r
}

// event is an event as it was held then.
func (r reading) event(id kg.ID) (kg.Event, bool) {
	for _, s := range r.histories[id].States {
		if s.KnownFrom <= r.at && r.at < s.KnownTo {
			return kg.Event{ID: id, EventState: s, View: r.view}, true
		}
	}
	return kg.Event{}, false
}

// events are all that were held then, by id.
func (r reading) events() []kg.Event {
	var all []kg.Event
	for _, id := range sortedIDs(r.histories) {
		if e, ok := r.event(id); ok {
			all = append(all, e)
		}
	}
	return all
}

// claim is a claim as of then: with what had withdrawn it.
func (r reading) claim(id kg.ID) (kg.Claim, bool) {
	c, ok := r.claims[id]
	if !ok || c.KnownFrom() > r.at {
		return kg.Claim{}, false
	}
	c.KnownTo, c.WithdrawnBy, c.View = edtf.EndOfTime, nil, r.view
	for _, by := range r.lives[id].WithdrawnBy {
		if w := r.claims[by]; w.KnownFrom() <= r.at {
			c.WithdrawnBy = append(c.WithdrawnBy, by)
			c.KnownTo = min(c.KnownTo, w.KnownFrom())
		}
	}
	if release, ok := r.releases[c.Release]; ok {
		c.Dataset = &release
	}
	return c, true
}

// live are the claims about a subject that stood then, in claim order.
func (r reading) live(subject kg.ID) []kg.Claim {
	var all []kg.Claim
	for _, c := range r.about[subject] {
		if read, ok := r.claim(c.ID); ok && read.Live(r.at) {
			all = append(all, read)
		}
	}
	return all
}

// affiliation is there while a claim supports it.
func (r reading) affiliation(id kg.ID) (kg.Affiliation, bool) {
	a, ok := r.affiliations[id]
	if !ok {
		return a, false
	}
	for _, v := range r.histories[id].Affiliated {
		if v.Holds(r.at) {
			a.Claims, a.View = slices.Clone(v.Edge), r.view
			return a, true
		}
	}
	return a, false
}

// held are the edges that held then.
func held[T any](r reading, versions []kg.Versioned[T]) []T {
	var all []T
	for _, v := range versions {
		if v.Holds(r.at) {
			all = append(all, v.Edge)
		}
	}
	return all
}

func (r reading) participations(event kg.ID) []kg.Participation {
	return held(r, r.histories[event].Participations)
}

func (r reading) places(event kg.ID) []kg.EventLocation { return held(r, r.histories[event].Locations) }

func (r reading) wholes(event kg.ID) []kg.ID {
	var all []kg.ID
	for _, w := range held(r, r.histories[event].Wholes) {
		all = append(all, w.Whole)
	}
	return all
}

// parts are the direct parts of an event.
func (r reading) parts(event kg.ID) []kg.ID {
	var all []kg.ID
	for _, id := range sortedIDs(r.histories) {
		if slices.Contains(r.wholes(id), event) {
			all = append(all, id)
		}
	}
	return all
}

// responses are the answers to an event.
func (r reading) responses(event kg.ID) []kg.Response {
	var all []kg.Response
	for _, id := range sortedIDs(r.histories) {
		for _, a := range held(r, r.histories[id].RespondsTo) {
			if a.To == event {
				all = append(all, a)
			}
		}
	}
	return all
}

// node is a node of any kind; nil where there is none then.
func (r reading) node(id kg.ID) kg.Node {
	if a, ok := r.actors[id]; ok {
		a.View = r.view
		return a
	}
	if l, ok := r.locations[id]; ok {
		l.View = r.view
		return l
	}
	if d, ok := r.documents[id]; ok {
		d.View = r.view
		return d
	}
	if a, ok := r.affiliation(id); ok {
		return a
	}
	if c, ok := r.claim(id); ok {
		return c
	}
	if e, ok := r.event(id); ok {
		return e
	}
	return nil
}
