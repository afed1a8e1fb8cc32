package memory

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// Buckets counts events by calendar bucket.
func (s *Store) Buckets(ctx context.Context, q store.BucketQuery) ([]store.Bucket, error) {
	g, err := s.now(ctx)
	if err != nil {
		return nil, err
	}
	r, b := g.in(q.Filter.InView(q.View)), store.NewBucketCounter(q)
	q.Filter = store.ResolveEventFilter(r.one, q.Filter)
	for _, e := range r.events() {
		if !r.matchesEvent(q.Filter, e) {
			continue
		}
		keys := r.keys(q.SplitBy, e)
		slices.Sort(keys)
		row := store.BucketRow{Time: e.Time, Killed: e.Toll.Killed, HasParts: len(r.parts(e.ID)) > 0, Keys: slices.Compact(keys)}
		if err := b.Add(row); err != nil {
			return nil, err
		}
	}
	return b.Buckets()
}

// keys are an event's values of a split, perhaps repeated.
func (r reading) keys(split store.BucketSplit, e kg.Event) []string {
	var keys []string
	switch split {
	case store.SplitByCategory:
		return []string{string(e.Category)}
	case store.SplitByModality:
		return []string{string(e.Modality)}
	case store.SplitByStatus:
		return []string{string(e.Status)}
	case store.SplitByCountry:
		for _, l := range r.places(e.ID) {
			if country := r.locations[l.Location].Country; country != "" {
				keys = append(keys, country)
			}
		}
	case store.SplitByAdmin1:
		for _, l := range r.places(e.ID) {
			keys = append(keys, r.admin1(l.Location, nil)...)
		}
	case store.SplitByPublisher:
		for _, c := range r.live(e.ID) {
			if p := r.documents[c.Document].Publisher; p != "" {
				keys = append(keys, string(p))
			}
		}
	case store.SplitByClaimant:
		for _, c := range r.live(e.ID) {
			for _, a := range c.Claimants {
				keys = append(keys, string(a))
			}
		}
	}
	return keys
}

// admin1 are the first provinces on every way up from a place, itself among them. Places that are one with others may lie
// in a circle: no way goes through a place twice.
func (r reading) admin1(place kg.ID, way []kg.ID) []string {
	l := r.locations[place]
	if l.Kind == kg.LocationAdmin1 {
		return []string{string(place)}
	}
	var found []string
	for _, parent := range l.Parents {
		if !slices.Contains(way, parent) {
			found = append(found, r.admin1(parent, append(slices.Clone(way), place))...)
		}
	}
	return found
}
