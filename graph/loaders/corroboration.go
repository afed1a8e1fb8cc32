package loaders

import (
	"context"
	"sync/atomic"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/voices"
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
		q := claimsOf(v, id)
		q.Filter = &store.ClaimFilter{Aspects: []kg.Aspect{kg.AspectOccurrence}}
		claims, _, err := readClaims(ctx, l.store, q, kg.MaxTellings)
		if err != nil {
			return nil, err
		}
		book, err := voices.Read(ctx, l.store, v, claims)
		if err != nil {
			return nil, err
		}
		all[i] = kg.Corroborate(claims, book, v.Moment())
	}
	return all, nil
}
