package aggregate

import (
	"context"

	"casus/internal/store"
	"casus/internal/store/bucket"
)

// Knowledge counts what became known about events. It calls fallback if the index cannot answer; see querySelection.
func (c *Index) Knowledge(
	ctx context.Context, q store.KnowledgeQuery,
	fallback func(*store.EventFilter) ([]store.KnowledgeBucket, error),
) ([]store.KnowledgeBucket, error) {
	compute := func(t *table, selected []selection) ([]store.KnowledgeBucket, error) {
		return t.countKnowledge(q, selected)
	}
	return querySelection(ctx, c, q.View, q.Filter, []store.FacetField{claimMoments}, compute, fallback)
}

func (t *table) countKnowledge(q store.KnowledgeQuery, selected []selection) ([]store.KnowledgeBucket, error) {
	k, wanted, begins := bucket.NewKnowledge(q), make([]bool, len(t.ids)), t.begins()
	for _, s := range selected {
		for _, event := range s.events {
			wanted[event] = true
			for i := t.claims.first[event]; i != 0; i = t.claims.claims[i].next {
				if err := k.Claim(t.claims.claims[i].from); err != nil {
					return nil, err
				}
			}
		}
	}
	for _, v := range []*versions{&t.latest, &t.earlier} {
		for i, present := range v.present {
			event := v.eventOf(uint32(i))
			if !present || !wanted[event] {
				continue
			}
			if err := k.Version(v.from[i], v.from[i] == begins[event]); err != nil {
				return nil, err
			}
		}
	}
	return k.Buckets()
}
