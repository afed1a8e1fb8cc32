package cache

import (
	"context"
	"fmt"
	"slices"

	"casus/internal/store"
	"casus/internal/store/flight"
)

// hitBlock is the number of hits that are read for a page after the first one. Finding where a page begins costs an
// engine more than the hits themselves, so the pages after it are read along with it.
const hitBlock = 200

// hits are consecutive hits of a search, after a position.
type hits struct {
	after store.Position
	store.Page[store.Hit]
}

// Search returns the cached result of a search, or the engine's. Pages after the first one are cut from blocks.
func (s *Store) Search(ctx context.Context, q store.SearchQuery) (store.Page[store.Hit], error) {
	w := q.Window
	if w.After == nil || w.Backward || w.Before != nil || w.Limit == 0 || q.Total {
		return result(ctx, s, "search", q, s.Store.Search)
	}
	if err := w.Check(); err != nil {
		return store.Page[store.Hit]{}, err
	}
	ahead := q
	ahead.Window = store.Window{Limit: max(hitBlock, w.Limit)}
	key, revision, err := s.cacheKey(ctx, s.results, "hits", ahead)
	switch {
	case err != nil:
		return store.Page[store.Hit]{}, err
	case key == "":
		return s.Store.Search(ctx, q)
	}
	if found, _, ok := s.results.Get(key); ok {
		if page, ok := found.(hits).cut(w); ok {
			return page, nil
		}
	}
	block, err := flight.Do(ctx, s.flights, fmt.Sprint(key, *w.After), func(ctx context.Context) (hits, error) {
		ahead.Window.After = w.After
		page, err := s.Store.Search(ctx, ahead)
		block := hits{*w.After, page}
		if err == nil {
			s.results.Put(key, any(block), revision)
		}
		return block, err
	})
	if err != nil {
		return store.Page[store.Hit]{}, err
	}
	page, _ := block.cut(w)
	return page, nil
}

// cut returns the page of a window that begins after a position. ok is false if not all of it is in the block.
func (h hits) cut(w store.Window) (page store.Page[store.Hit], ok bool) {
	first := 0
	if *w.After != h.after {
		first = slices.Index(h.Positions, *w.After) + 1
		if first == 0 {
			return page, false
		}
	}
	last := min(first+w.Limit, len(h.Items))
	page = store.Page[store.Hit]{
		Items: h.Items[first:last:last], Positions: h.Positions[first:last:last],
		HasNext: h.HasNext || last < len(h.Items), HasPrevious: true,
	}
	return page, last == first+w.Limit || !h.HasNext
}
