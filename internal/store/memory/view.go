package memory

import (
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// viewReader reads the graph in one view.
type viewReader struct {
	graph
	view kg.View
	at   edtf.Instant
	// identities are the classes that the view merges; exact is the graph without merged nodes.
	identities kg.Identities
	exact      graph
}

func (g graph) reader(v kg.View) viewReader {
	r := viewReader{g, v, v.Moment(), g.classes.InView(v), g}
	if r.identities.HasMerged("") {
		r.graph = *g.resolved
	}
	return r
}

// event returns an event as known at the view's moment.
func (r viewReader) event(id kg.ID) (kg.Event, bool) {
	for _, s := range r.histories[id].States {
		if s.KnownFrom <= r.at && r.at < s.KnownTo {
			return kg.Event{ID: id, EventState: s, View: r.view}, true
		}
	}
	return kg.Event{}, false
}

// events returns all events known at the view's moment, by id.
func (r viewReader) events() []kg.Event {
	var all []kg.Event
	for _, id := range sortedIDs(r.histories) {
		if e, ok := r.event(id); ok {
			all = append(all, e)
		}
	}
	return all
}

// claim returns a claim as known at the view's moment, with the claims that had withdrawn it by then.
func (r viewReader) claim(id kg.ID) (kg.Claim, bool) {
	c, ok := r.claims[id]
	if !ok || c.KnownFrom() > r.at {
		return kg.Claim{}, false
	}
	c.KnownTo, c.WithdrawnBy, c.View = edtf.EndOfTime, nil, r.view
	for _, by := range r.lifetimes[id].WithdrawnBy {
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

// liveClaims returns the claims about a subject that were live at the view's moment, in claim order.
func (r viewReader) liveClaims(subject kg.ID) []kg.Claim {
	var all []kg.Claim
	for _, c := range r.claimsBySubject[subject] {
		if read, ok := r.claim(c.ID); ok && read.Live(r.at) {
			all = append(all, read)
		}
	}
	return all
}

// affiliation returns an affiliation if a claim supports it at the view's moment.
func (r viewReader) affiliation(id kg.ID) (kg.Affiliation, bool) {
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

// currentEdges returns the edges known at the view's moment.
func currentEdges[T any](r viewReader, versions []kg.Versioned[T]) []T {
	var all []T
	for _, v := range versions {
		if v.Holds(r.at) {
			all = append(all, v.Edge)
		}
	}
	return all
}

func (r viewReader) participations(event kg.ID) []kg.Participation {
	return currentEdges(r, r.histories[event].Participations)
}

func (r viewReader) places(event kg.ID) []kg.EventLocation {
	return currentEdges(r, r.histories[event].Locations)
}

func (r viewReader) wholes(event kg.ID) []kg.ID {
	var all []kg.ID
	for _, w := range currentEdges(r, r.histories[event].Wholes) {
		all = append(all, w.Whole)
	}
	return all
}

// parts returns the direct parts of an event.
func (r viewReader) parts(event kg.ID) []kg.ID {
	var all []kg.ID
	for _, id := range sortedIDs(r.histories) {
		if slices.Contains(r.wholes(id), event) {
			all = append(all, id)
		}
	}
	return all
}

// responses returns the responses to an event.
func (r viewReader) responses(event kg.ID) []kg.Response {
	var all []kg.Response
	for _, id := range sortedIDs(r.histories) {
		for _, a := range currentEdges(r, r.histories[id].RespondsTo) {
			if a.To == event {
				all = append(all, a)
			}
		}
	}
	return all
}

// node returns a node of any kind, or nil if there is none at the view's moment.
func (r viewReader) node(id kg.ID) kg.Node {
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
