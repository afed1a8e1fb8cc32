package loaders

import (
	"context"
	"sync/atomic"

	"casus/internal/kg"
	"casus/internal/kg/disagree"
	"casus/internal/store"
	"casus/internal/store/voices"
)

// MaxDisagreements is the number of events on which one operation may select the field disagreements, which reads all
// claims about an event.
const MaxDisagreements = 50

// disagreements lists where the claims about events exclude each other.
type disagreements struct {
	store store.Reader
	count atomic.Int64 // the events of the operation so far
}

func (l *disagreements) fetch(ctx context.Context, v kg.View, ids []kg.ID) ([][]disagree.Disagreement, error) {
	if n := l.count.Add(int64(len(ids))); n > MaxDisagreements {
		return nil, kg.Errorf(kg.LimitExceeded,
			"disagreements is selected on %d events, the limit is %d: request a smaller page", n, MaxDisagreements)
	}
	events, err := l.store.Nodes(ctx, v, ids)
	if err != nil {
		return nil, err
	}
	all := make([][]disagree.Disagreement, len(ids))
	for i, id := range ids {
		e, ok := events[i].(kg.Event)
		if !ok || e.Disagreements == 0 {
			continue
		}
		claims, more, err := readClaims(ctx, l.store, claimsOf(v, id), disagree.MaxClaims)
		if err != nil {
			return nil, err
		}
		if more {
			return nil, kg.Errorf(kg.LimitExceeded, "%s has more than %d claims", id, disagree.MaxClaims)
		}
		book, err := voices.Read(ctx, l.store, v, claims)
		if err != nil {
			return nil, err
		}
		parents, err := l.parents(ctx, v, disagree.RivalPlaces(claims))
		if err != nil {
			return nil, err
		}
		all[i] = disagree.At(claims, e.Modality, book, parents, v.Moment())
	}
	return all, nil
}

// parents reads what places lie in, at any depth.
func (l *disagreements) parents(ctx context.Context, v kg.View, places []kg.ID) (disagree.Parents, error) {
	links := map[kg.ID][]kg.ID{}
	for len(places) > 0 {
		nodes, err := l.store.Nodes(ctx, v, places)
		if err != nil {
			return nil, err
		}
		for _, id := range places {
			links[id] = nil
		}
		places = nil
		for _, n := range nodes {
			place, ok := n.(kg.Location)
			if !ok {
				continue
			}
			links[place.ID] = place.Parents
			for _, p := range place.Parents {
				if _, read := links[p]; !read {
					links[p], places = nil, append(places, p)
				}
			}
		}
	}
	return func(location kg.ID) []kg.ID { return links[location] }, nil
}
