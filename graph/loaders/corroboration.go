package loaders

import (
	"context"
	"slices"
	"sync/atomic"

	"casus/internal/kg"
	"casus/internal/store"
)

// MaxCorroborations is the number of events on which one operation may select the field corroboration, which reads all
// claims of an event's OCCURRENCE.
const MaxCorroborations = 50

// corroborations loads what the statuses of events rest on.
type corroborations struct {
	store store.Reader
	count atomic.Int64 // the events of the operation so far
}

func (l *corroborations) fetch(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Corroboration, error) {
	if n := l.count.Add(int64(len(ids))); n > MaxCorroborations {
		return nil, kg.Errorf(kg.LimitExceeded,
			"corroboration is selected on %d events, the limit is %d: request a smaller page", n, MaxCorroborations)
	}
	all := make([]kg.Corroboration, len(ids))
	for i, id := range ids {
		claims, err := l.claims(ctx, v, id)
		if err != nil {
			return nil, err
		}
		book, err := l.book(ctx, v, claims)
		if err != nil {
			return nil, err
		}
		all[i] = kg.Corroborate(claims, book, v.Moment())
	}
	return all, nil
}

// claims reads the claims about an event's OCCURRENCE, as many as a Corroboration looks at.
func (l *corroborations) claims(ctx context.Context, v kg.View, id kg.ID) ([]kg.Claim, error) {
	q := store.ClaimQuery{
		View: v, Filter: &store.ClaimFilter{Aspects: []kg.Aspect{kg.AspectOccurrence}},
		Order: (*store.ClaimOrder)(nil).Normalize(), Window: store.Window{Limit: store.MaxPageSize},
		Scope: &store.Scope{Relation: store.SubjectClaims, IDs: []kg.ID{id}},
	}
	var all []kg.Claim
	for {
		pages, err := l.store.Claims(ctx, q)
		if err != nil {
			return nil, err
		}
		page := pages[0]
		all = append(all, page.Items...)
		if !page.HasNext || len(all) >= kg.MaxTellings {
			return all, nil
		}
		q.Window.After = &page.Positions[len(page.Positions)-1]
	}
}

// book reads the documents that the voices of claims depend on, and their reviews. In a view that merges nodes,
// claimants and publishers are read as their classes.
func (l *corroborations) book(ctx context.Context, v kg.View, claims []kg.Claim) (kg.VoiceBook, error) {
	book := kg.VoiceBook{Documents: map[kg.ID]kg.Document{}, Releases: map[kg.ID]kg.Release{}}
	var wanted []kg.ID
	for _, c := range claims {
		wanted = append(wanted, c.SourceDocuments()...)
		if c.Dataset != nil {
			book.Releases[c.Release] = *c.Dataset
		}
	}
	for len(wanted) > 0 {
		slices.Sort(wanted)
		wanted = slices.Compact(wanted)
		nodes, err := l.store.Nodes(ctx, v, wanted)
		if err != nil {
			return book, err
		}
		wanted = nil
		for _, n := range nodes {
			d, ok := n.(kg.Document)
			if !ok {
				continue
			}
			book.Documents[d.ID] = d
			if d.Syndicates != "" {
				wanted = append(wanted, d.Syndicates)
			}
		}
		wanted = slices.DeleteFunc(wanted, func(id kg.ID) bool { _, have := book.Documents[id]; return have })
	}
	var ids []kg.ID
	for i := range claims {
		ids = append(ids, claims[i].ID)
	}
	curations, err := l.store.Curations(ctx, ids)
	if err != nil {
		return book, err
	}
	var reviews []kg.Review
	for _, c := range curations {
		reviews = append(reviews, c.Reviews...)
	}
	book.Reviews = kg.LatestReviews(reviews)
	return book.WithOriginals(), nil
}

// Corroboration returns what an event's status rests on.
func (l *Loaders) Corroboration(ctx context.Context, v kg.View, event kg.ID) (kg.Corroboration, error) {
	return l.corroborations.load(ctx, v, event)
}
