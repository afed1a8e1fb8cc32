package memory

import (
	"context"
	"slices"
	"strconv"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/place"
	"casus/internal/kg/sums"
	"casus/internal/store"
	"casus/internal/store/cluster"
)

// Extent returns the span of events in time and space.
func (s *Store) Extent(ctx context.Context, q store.ExtentQuery) (store.Extent, error) {
	g, err := s.snapshot(ctx)
	if err != nil {
		return store.Extent{}, err
	}
	var x store.Extent
	var points []kg.Point
	r := g.reader(q.Filter.InView(q.View))
	events := r.matchingEvents(q.Filter)
	for _, e := range events {
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
		places := r.mapPlaces(e.ID)
		if len(places) == 0 {
			x.WithoutPlace++
		}
		for _, l := range places {
			points = append(points, l.At.Point)
		}
	}
	x.Box = store.BoxAround(points)
	if q.Known {
		for _, e := range events {
			first, last := r.histories[e.ID].States[0].KnownFrom, e.KnownFrom
			if x.FirstKnown == nil || first < *x.FirstKnown {
				x.FirstKnown = &first
			}
			if x.LastKnown == nil || last > *x.LastKnown {
				x.LastKnown = &last
			}
		}
	}
	if q.Bulk {
		x.Bulk = bulk(events)
	}
	selected, err := r.sums(ctx, q.Sums, events)
	if err != nil {
		return store.Extent{}, err
	}
	x.Sums, err = selected.Total(ctx)
	return x, err
}

// bulk sorts the events one by one, to check store.NewBulk.
func bulk(events []kg.Event) *store.Bulk {
	var all []edtf.Instant
	for _, e := range events {
		if at, _, _ := store.CountedAt(e.Time, e.Nominal.Start(), time.UTC); at.Bounded() {
			all = append(all, at)
		}
	}
	slices.Sort(all)
	if len(all) == 0 {
		return nil
	}
	// first returns the first moment by which some twentieths of the events have begun.
	first := func(twentieths int) edtf.Instant {
		n := 1
		for 20*n < twentieths*len(all) {
			n++
		}
		return all[n-1]
	}
	most := &store.Bulk{Start: first(1), End: first(19)}
	if len(all) < 20 {
		return most
	}
	others := len(all) / 4 // that begin before or after the core
	var core *store.Bulk
	for i := range others + 1 {
		b := store.Bulk{Start: all[i], End: all[i+len(all)-others-1]}
		if core == nil || b.End-b.Start <= core.End-core.Start {
			core = &b
		}
	}
	if 10*(core.End-core.Start) <= most.End-most.Start {
		return core
	}
	return most
}

// sums prepares the sums over events.
func (r viewReader) sums(ctx context.Context, set sums.Set, events []kg.Event) (*store.EventSums, error) {
	var selected []store.SelectedEvent
	wholes := func(id kg.ID) (all []kg.ID) {
		for _, w := range r.edges(id, kg.WantWholes).Wholes {
			all = append(all, w.Whole)
		}
		return all
	}
	for _, e := range events {
		selected = append(selected, store.SelectedEvent{
			ID: e.ID, Counts: store.CountsInSums(e.Modality, e.Status), Toll: e.Toll, Wholes: wholes(e.ID),
		})
	}
	return store.NewEventSums(ctx, set, selected, func(_ context.Context, ids []kg.ID) (links []sums.Link, err error) {
		for _, id := range ids {
			for _, w := range wholes(id) {
				links = append(links, sums.Link{Part: id, Whole: w})
			}
		}
		return links, nil
	})
}

// Facets counts events by their values of fields.
func (s *Store) Facets(ctx context.Context, q store.FacetQuery) ([]store.Facet, error) {
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	if err := q.Check(); err != nil {
		return nil, err
	}
	r := g.reader(q.Filter.InView(q.View))
	events := r.matchingEvents(q.Filter)
	selected, err := r.sums(ctx, q.Sums, events)
	if err != nil {
		return nil, err
	}
	var all []store.Facet
	for _, field := range q.Fields {
		c, byValue := store.NewFacetCounter(field), selected.ByValue()
		for i, e := range events {
			keys := r.values(field, e)
			slices.Sort(keys)
			if keys = slices.Compact(keys); len(keys) == 0 {
				keys = []string{""}
			}
			for _, k := range keys {
				byValue.Add(i, k)
			}
		}
		if err := byValue.Each(ctx, c.Add); err != nil {
			return nil, err
		}
		all = append(all, c.Facet(q.Top))
	}
	return all, nil
}

// Clusters clusters events on a map.
func (s *Store) Clusters(ctx context.Context, q store.ClusterQuery) ([]store.Cluster, error) {
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	if err := q.Check(); err != nil {
		return nil, err
	}
	r := g.reader(q.Filter.InView(q.View))
	events := r.matchingEvents(q.Filter)
	rows := make([]cluster.Row, len(events))
	for i, e := range events {
		rows[i].Event = e.ID
		if places := r.mapPlaces(e.ID); len(places) > 0 {
			rows[i].Placed = places[0]
		}
		keys := r.keys(q.SplitBy, e)
		slices.Sort(keys)
		rows[i].Keys = slices.Compact(keys)
	}
	selected, err := r.sums(ctx, q.Sums, events)
	if err != nil {
		return nil, err
	}
	return cluster.Sum(ctx, q, rows, selected)
}

// matchingEvents returns the events that match an unresolved filter.
func (r viewReader) matchingEvents(f *store.EventFilter) []kg.Event {
	f = store.ResolveEventFilter(r.identities, f)
	return slices.DeleteFunc(r.events(), func(e kg.Event) bool { return !r.matchesEvent(f, e) })
}

// mapPlaces returns the places of an event that have a point, in the order of kg.SortEdges.
func (r viewReader) mapPlaces(event kg.ID) (all []cluster.Placed) {
	for _, at := range r.edges(event, kg.WantLocations).Locations {
		if l := r.locations[at.Location]; l.Point != nil {
			all = append(all, cluster.Placed{Place: l.ID, At: mapPlace(l), Precision: at.Precision})
		}
	}
	return all
}

// mapPlace returns what a map shows of a location that has a point.
func mapPlace(l kg.Location) store.MapPlace {
	return store.MapPlace{Point: *l.Point, Kind: l.Kind, Country: l.Country, ExtentKm: place.ExtentKm(l)}
}

// values returns an event's values of a field, possibly repeated.
func (r viewReader) values(field store.FacetField, e kg.Event) []string {
	var values []string
	add := func(v string) {
		if v != "" {
			values = append(values, v)
		}
	}
	switch field {
	case store.FacetDataset:
		for _, c := range r.liveClaims(e.ID) {
			if c.Dataset != nil {
				add(c.Dataset.Name)
			}
		}
	case store.FacetLanguage:
		for _, c := range r.liveClaims(e.ID) {
			for _, d := range c.SourceDocuments() {
				add(r.documents[d].Language)
			}
		}
	case store.FacetYear:
		if at, _, _ := store.CountedAt(e.Time, e.Nominal.Start(), time.UTC); at.Bounded() {
			add(year(at))
		}
	case store.FacetDocumentCount:
		add(strconv.Itoa(e.Sources.Documents))
	case store.FacetPublisherCount:
		add(strconv.Itoa(e.Sources.Publishers))
	case store.FacetVoiceCount:
		add(strconv.Itoa(e.Sources.Voices))
	case store.FacetDatasetCount:
		add(strconv.Itoa(e.Sources.Datasets))
	default:
		return r.keys(store.BucketSplit(field), e)
	}
	return values
}

// year formats four-digit years itself, to check store.YearKey.
func year(i edtf.Instant) string {
	y := i.Time().Year()
	if y < 1000 || y > 9999 {
		return store.YearKeyAt(i)
	}
	return strconv.Itoa(y)
}
