package cache

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
)

// Events lists events. If the engine prefetches, a page of the timeline gets its order from the aggregate index and its
// events from the event cache, as far as they have them. Other pages get the length of their list from the index, which
// an engine counts event by event.
func (s *Store) Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	if !s.cachesEvents(q) {
		if pages, ok, err := s.pagesWithTotal(ctx, q); ok || err != nil {
			return pages, err
		}
		return s.Store.Events(ctx, q)
	}
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	if page, ok, err := s.pageFromIndex(ctx, q); ok || err != nil {
		return []store.Page[kg.Event]{page}, err
	}
	return s.readEvents(ctx, q)
}

// pagesWithTotal returns the engine's page with the length of its list from the aggregate index. ok is false if the
// length is not requested, or if the index cannot count or is stale.
func (s *Store) pagesWithTotal(
	ctx context.Context, q store.EventQuery,
) (pages []store.Page[kg.Event], ok bool, err error) {
	if !q.Total {
		return nil, false, nil
	}
	total, at, ok := s.index.Total(ctx, q)
	if !ok {
		return nil, false, nil
	}
	q.Total = false
	if pages, err = s.Store.Events(ctx, q); err != nil {
		return nil, false, err
	}
	now, err := s.Revision(ctx)
	if err != nil {
		return nil, false, err
	}
	if now != at {
		s.index.MarkStale(at)
		return nil, false, nil
	}
	for i := range pages {
		pages[i].Total = &total
	}
	return pages, true, nil
}

// cachesEvents reports whether the events of a list are cached: the engine must prefetch, and the view must be the
// default one.
func (s *Store) cachesEvents(q store.EventQuery) bool {
	return s.prefetches && s.events.Enabled() && q.Prefetch != store.Prefetch{} && q.Filter.InView(q.View) == kg.View{}
}

// readEvents returns the engine's pages with the requested data, and caches the events.
func (s *Store) readEvents(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	q.Prefetch.Records = q.Prefetch.Neighbors
	pages, err := s.Store.Events(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, page := range pages {
		if err := s.neighbors.decode(page); err != nil {
			return nil, err
		}
		s.events.add(page)
	}
	return pages, nil
}

// pageFromIndex returns a page whose ids come from the aggregate index. ok is false if the index cannot serve q or is
// stale.
func (s *Store) pageFromIndex(ctx context.Context, q store.EventQuery) (page store.Page[kg.Event], ok bool, err error) {
	ids, at, ok := s.index.Page(ctx, q)
	if !ok {
		return page, false, nil
	}
	events := store.Page[store.PrefetchedEvent]{
		Items: make([]store.PrefetchedEvent, len(ids.Items)), Positions: ids.Positions,
		HasNext: ids.HasNext, HasPrevious: ids.HasPrevious, Total: ids.Total, Revision: at,
	}
	var now int64
	if missing := s.events.find(at, q.Prefetch, ids.Items, events.Items); len(missing) == 0 {
		now, err = s.Revision(ctx)
	} else {
		now, err = s.readMissing(ctx, q, missing, ids.Items, events.Items)
	}
	if err != nil {
		return page, false, err
	}
	if now != at {
		s.index.MarkStale(at)
		return page, false, nil
	}
	return store.SplitPrefetched(events), true, nil
}

// readMissing reads events by id and puts them into dst, which is parallel to ids. It returns the revision at which
// they were read, or noRevision if one of them no longer exists.
func (s *Store) readMissing(
	ctx context.Context, q store.EventQuery, missing, ids []kg.ID, dst []store.PrefetchedEvent,
) (revision int64, err error) {
	pages, err := s.readEvents(ctx, store.EventQuery{
		Filter: &store.EventFilter{IDs: missing}, Order: q.Order, Prefetch: q.Prefetch,
		Window: store.Window{Limit: len(missing)},
	})
	if err != nil {
		return 0, err
	}
	page := pages[0]
	if len(page.Items) != len(missing) {
		return noRevision, nil
	}
	read := make(map[kg.ID]store.PrefetchedEvent, len(page.Items))
	for i, e := range page.Items {
		item := store.PrefetchedEvent{Event: e}
		if page.Prefetched != nil {
			item.Prefetched = page.Prefetched[i]
		}
		read[e.ID] = item
	}
	for i, id := range ids {
		if e, ok := read[id]; ok {
			dst[i] = e
		}
	}
	return page.Revision, nil
}
