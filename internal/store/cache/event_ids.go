package cache

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
)

// idQuery is the key of a list of ids.
type idQuery struct {
	View   kg.View            `json:"view"`
	Filter *store.EventFilter `json:"filter"`
}

// EventIDs yields the ids of the matching events. The list is cached, because all overviews of a page ask for the same
// filter, and the engine takes long for one that the aggregate index does not cover, such as words.
func (s *Store) EventIDs(ctx context.Context, v kg.View, f *store.EventFilter, yield func(kg.ID) error) error {
	read := func(ctx context.Context, q idQuery) (ids []kg.ID, err error) {
		err = s.Store.EventIDs(ctx, q.View, q.Filter, func(id kg.ID) error { ids = append(ids, id); return nil })
		return ids, err
	}
	ids, err := cached(ctx, s, s.ids, "ids", idQuery{v, f}, read)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := yield(id); err != nil {
			return err
		}
	}
	return nil
}
