package memory

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/bucket"
)

// Buckets counts events by calendar bucket.
func (s *Store) Buckets(ctx context.Context, q store.BucketQuery) ([]store.Bucket, error) {
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	if err := q.Check(); err != nil {
		return nil, err
	}
	r := g.reader(q.Filter.InView(q.View))
	var rows []bucket.Row
	events := r.matchingEvents(q.Filter)
	for _, e := range events {
		keys := r.keys(q.SplitBy, e)
		slices.Sort(keys)
		rows = append(rows, bucket.Row{Time: e.Time, Nominal: e.Nominal.Start(), Keys: slices.Compact(keys), Events: 1})
	}
	selected, err := r.sums(ctx, q.Sums, events)
	if err != nil {
		return nil, err
	}
	return bucket.Sum(ctx, q, rows, selected)
}

// Knowledge counts what became known about events by calendar bucket.
func (s *Store) Knowledge(ctx context.Context, q store.KnowledgeQuery) ([]store.KnowledgeBucket, error) {
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	r, k := g.reader(q.Filter.InView(q.View)), bucket.NewKnowledge(q)
	for _, e := range r.matchingEvents(q.Filter) {
		for i, state := range r.histories[e.ID].States {
			if err := k.Version(state.KnownFrom, i == 0); err != nil {
				return nil, err
			}
		}
		for _, c := range r.claimsBySubject[e.ID] {
			if err := k.Claim(c.KnownFrom()); err != nil {
				return nil, err
			}
		}
	}
	return k.Buckets()
}

// keys returns an event's values of a split, possibly repeated.
func (r viewReader) keys(split store.BucketSplit, e kg.Event) []string {
	var keys []string
	switch split {
	case store.SplitByCategory:
		return []string{string(e.Category)}
	case store.SplitByModality:
		return []string{string(e.Modality)}
	case store.SplitByStatus:
		return []string{string(e.Status)}
	case store.SplitByActor:
		for _, p := range r.participations(e.ID) {
			keys = append(keys, string(p.Actor))
		}
	case store.SplitByLocation:
		for _, l := range r.places(e.ID) {
			keys = append(keys, string(l.Location))
		}
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
		for _, c := range r.liveClaims(e.ID) {
			for _, d := range c.SourceDocuments() {
				if p := r.documents[d].Publisher; p != "" {
					keys = append(keys, string(p))
				}
			}
		}
	case store.SplitByClaimant:
		for _, c := range r.liveClaims(e.ID) {
			for _, a := range c.Claimants {
				keys = append(keys, string(a))
			}
		}
	}
	return keys
}

// admin1 returns the nearest provinces above a place, on every path; a province belongs to itself. Merged places can
// form a cycle, so no path visits a place twice.
func (r viewReader) admin1(place kg.ID, path []kg.ID) []string {
	l := r.locations[place]
	if l.Kind == kg.LocationAdmin1 {
		return []string{string(place)}
	}
	var found []string
	for _, parent := range l.Parents {
		if !slices.Contains(path, parent) {
			found = append(found, r.admin1(parent, append(slices.Clone(path), place))...)
		}
	}
	return found
}
