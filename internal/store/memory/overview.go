package memory

import (
	"context"
	"slices"
	"strconv"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Extent tells what events span.
func (s *Store) Extent(ctx context.Context, q store.ExtentQuery) (store.Extent, error) {
	g, err := s.now(ctx)
	if err != nil {
		return store.Extent{}, err
	}
	var x store.Extent
	var points []kg.Point
	r := g.in(q.Filter.InView(q.View))
	for _, e := range r.matching(q.Filter) {
		x.Events++
		if !e.Time.Earliest.Bounded() {
			x.WithoutTime++
		}
		for _, bound := range []edtf.Instant{e.Time.Earliest, e.Time.Latest} {
			if bound.Bounded() && (x.Earliest == nil || bound < *x.Earliest) {
				x.Earliest = &bound
			}
			if bound.Bounded() && (x.Latest == nil || bound > *x.Latest) {
				x.Latest = &bound
			}
		}
		on := r.onMap(e.ID)
		if len(on) == 0 {
			x.WithoutPlace++
		}
		for _, l := range on {
			points = append(points, *l.Point)
		}
	}
	x.Box = store.BoxAround(points)
	return x, nil
}

// Facets divides events.
func (s *Store) Facets(ctx context.Context, q store.FacetQuery) ([]store.Facet, error) {
	g, err := s.now(ctx)
	if err != nil {
		return nil, err
	}
	if err := q.Check(); err != nil {
		return nil, err
	}
	r := g.in(q.Filter.InView(q.View))
	events := r.matching(q.Filter)
	var all []store.Facet
	for _, field := range q.Fields {
		c := store.NewFacetCounter(field)
		for _, e := range events {
			keys := r.values(field, e)
			slices.Sort(keys)
			if keys = slices.Compact(keys); len(keys) == 0 {
				keys = []string{""}
			}
			for _, k := range keys {
				c.Add(k, 1, r.toll(q.Killed, e))
			}
		}
		all = append(all, c.Facet(q.Top))
	}
	return all, nil
}

// Clusters gathers events on a map.
func (s *Store) Clusters(ctx context.Context, q store.ClusterQuery) ([]store.Cluster, error) {
	g, err := s.now(ctx)
	if err != nil {
		return nil, err
	}
	if err := q.Check(); err != nil {
		return nil, err
	}
	r := g.in(q.Filter.InView(q.View))
	places := map[kg.ID]store.PlacedEvents{}
	for _, e := range r.matching(q.Filter) {
		on := r.onMap(e.ID)
		if len(on) == 0 {
			continue
		}
		p := places[on[0].ID]
		p.Place, p.Point, p.Event = on[0].ID, *on[0].Point, e.ID
		p.Events++
		p.Killed = p.Killed.Plus(r.toll(q.Killed, e))
		places[p.Place] = p
	}
	var all []store.PlacedEvents
	for _, p := range places {
		all = append(all, p)
	}
	return store.Clusters(q.Zoom, all)
}

// matching are the events that a filter as it was given selects.
func (r reading) matching(f *store.EventFilter) []kg.Event {
	f = store.ResolveEventFilter(r.one, f)
	return slices.DeleteFunc(r.events(), func(e kg.Event) bool { return !r.matchesEvent(f, e) })
}

// onMap are the places of an event that have a point, in the order of SortEdges.
func (r reading) onMap(event kg.ID) []kg.Location {
	var all []kg.Location
	for _, at := range r.edges(event, kg.WantLocations).Locations {
		if l := r.locations[at.Location]; l.Point != nil {
			all = append(all, l)
		}
	}
	return all
}

// toll is an event's where it is wanted and counts.
func (r reading) toll(wanted bool, e kg.Event) *kg.Estimate {
	if !wanted || len(r.parts(e.ID)) > 0 {
		return nil
	}
	return e.Toll.Killed
}

// values are an event's of a field, perhaps repeated.
func (r reading) values(field store.FacetField, e kg.Event) []string {
	var values []string
	add := func(v string) {
		if v != "" {
			values = append(values, v)
		}
	}
	switch field {
	case store.FacetActor:
		for _, p := range r.participations(e.ID) {
			add(string(p.Actor))
		}
	case store.FacetDataset:
		for _, c := range r.live(e.ID) {
			if c.Dataset != nil {
				add(c.Dataset.Name)
			}
		}
	case store.FacetLanguage:
		for _, c := range r.live(e.ID) {
			add(r.documents[c.Document].Language)
		}
	case store.FacetYear:
		if e.Time.Earliest.Bounded() {
			add(year(e.Time.Earliest))
		}
	default:
		return r.keys(store.BucketSplit(field), e)
	}
	return values
}

// year is written as kg.YearKey does within the years that have four digits.
func year(i edtf.Instant) string {
	y := i.Time().Year()
	if y < 1000 || y > 9999 {
		return store.YearKey(i)
	}
	return strconv.Itoa(y)
}
