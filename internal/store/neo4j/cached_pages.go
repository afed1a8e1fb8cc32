package neo4j

import (
	"context"
	"maps"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
)

// DefaultEventBytes bounds the cache of listed events.
const DefaultEventBytes = 256 << 20

// usesEventCache reports whether prefetched data is cached. Only data of the default view is.
func (b *builder) usesEventCache() bool { return b.view == kg.View{} && !b.hasMerged }

// neighbors returns decode, wrapped in the cache of decoded nodes if the view uses that cache.
func (b *builder) neighbors(decode func(string) (kg.Node, error)) func(string) (kg.Node, error) {
	if !b.usesEventCache() {
		return decode
	}
	return func(record string) (kg.Node, error) { return b.store.events.Neighbor(record, decode) }
}

// eventPages returns the pages of a list of events with the requested prefetched data.
func (b *builder) eventPages(
	ctx context.Context, l list, requested store.Prefetch,
) ([]store.Page[store.PrefetchedEvent], error) {
	columns, decode := b.prefetchedEventColumns(requested)
	l.columns, l.withRevision = columns, true
	cached := b.canPrefetch(requested) && b.usesEventCache()
	if cached && b.store.events.HitRateHigh() {
		pages, err := b.pagesByID(ctx, l, requested)
		if pages != nil || err != nil {
			return pages, err
		}
	}
	var at int64
	pages, err := listPages(ctx, l, func(r *neo4j.Record) (e store.PrefetchedEvent, err error) {
		if at, err = column[int64](r, "revision"); err != nil {
			return e, err
		}
		return decode(r)
	})
	for i := range pages {
		pages[i].Revision = at
		if cached {
			b.store.events.Put(at, requested, pages[i].Items)
		}
	}
	return pages, err
}

// pageFromIndex takes the ids of a page from the aggregate index. It returns nil if the index cannot serve q or is
// stale.
func (b *builder) pageFromIndex(ctx context.Context, q store.EventQuery) ([]store.Page[store.PrefetchedEvent], error) {
	if !b.canPrefetch(q.Prefetch) || !b.usesEventCache() {
		return nil, nil
	}
	ids, at, ok := b.store.index.Page(ctx, q)
	if !ok {
		return nil, nil
	}
	pages, read, err := b.completePages(ctx, []store.Page[kg.ID]{ids}, q.Prefetch, at)
	if err == nil && pages != nil && !read { // a query would have returned the revision
		var now int64
		if now, err = b.store.Revision(ctx); now != at {
			pages = nil
		}
	}
	if err == nil && pages == nil {
		b.store.index.MarkStale(at)
	}
	return pages, err
}

// pagesByID queries the ids of a list and reads only the events that are not cached. It returns nil if the store was
// written to meanwhile.
func (b *builder) pagesByID(
	ctx context.Context, l list, requested store.Prefetch,
) ([]store.Page[store.PrefetchedEvent], error) {
	var at int64
	unchanged := true
	ids, err := cutPages(ctx, l, func(parents int) ([][]*item[kg.ID], error) {
		rows, err := l.query(ctx, l.idsQuery())
		if err != nil {
			return nil, err
		}
		found := make([][]*item[kg.ID], parents)
		for _, r := range rows {
			i, err := column[int64](r, "i")
			if err != nil {
				return nil, err
			}
			if found[i], err = l.pageItems(r); err != nil {
				return nil, err
			}
			if at, err = column[int64](r, "revision"); err != nil {
				return nil, err
			}
			now, err := column[int64](r, "now")
			if err != nil {
				return nil, err
			}
			unchanged = unchanged && now == at
		}
		return found, nil
	})
	if err != nil || !unchanged {
		return nil, err
	}
	pages, _, err := b.completePages(ctx, ids, requested, at)
	return pages, err
}

// completePages returns the events of pages of ids as of revision at, and reads the events that are not cached; read
// reports whether there were any. It returns nil pages if the store was written to since.
func (b *builder) completePages(
	ctx context.Context, ids []store.Page[kg.ID], requested store.Prefetch, at int64,
) (pages []store.Page[store.PrefetchedEvent], read bool, err error) {
	var missing []kg.ID
	pages = make([]store.Page[store.PrefetchedEvent], len(ids))
	for i, p := range ids {
		pages[i] = store.Page[store.PrefetchedEvent]{
			Items: make([]store.PrefetchedEvent, len(p.Items)), Positions: p.Positions,
			HasNext: p.HasNext, HasPrevious: p.HasPrevious, Total: p.Total, Revision: at,
		}
		missing = append(missing, b.store.events.Get(at, requested, p.Items, pages[i].Items)...)
	}
	if len(missing) == 0 {
		return pages, false, nil
	}
	found, err := b.newQuery().readEvents(ctx, missing, requested, at)
	if err != nil || found == nil {
		return nil, false, err
	}
	for i, p := range ids {
		for j, id := range p.Items {
			if e, ok := found[id]; ok {
				pages[i].Items[j] = e
			}
		}
	}
	return pages, true, nil
}

// pageItems decodes the ids and positions of one row of idsQuery.
func (l list) pageItems(r *neo4j.Record) ([]*item[kg.ID], error) {
	pairs, err := listOf[[]any](r, "page")
	if err != nil {
		return nil, err
	}
	items := make([]*item[kg.ID], len(pairs))
	for i, pair := range pairs {
		id, err := as[string](pair[1], "id")
		if err != nil {
			return nil, err
		}
		at, err := l.position(kg.ID(id), pair[0])
		if err != nil {
			return nil, err
		}
		items[i] = &item[kg.ID]{at.ID, at}
	}
	return items, nil
}

// readEvents reads events and caches them. It returns nil if any is missing or the store is at another revision than
// at.
func (b *builder) readEvents(
	ctx context.Context, ids []kg.ID, requested store.Prefetch, at int64,
) (map[kg.ID]store.PrefetchedEvent, error) {
	columns, decode := b.prefetchedEventColumns(requested)
	b.params["ids"] = stringsOf(ids)
	rows, err := b.query(ctx, revision+"UNWIND $ids AS id MATCH "+b.statePattern("n")+
		where("n.id = id", b.inView("n"))+" RETURN revision, id, "+columns)
	if err != nil {
		return nil, err
	}
	read := map[kg.ID]store.PrefetchedEvent{}
	for _, r := range rows {
		now, err := column[int64](r, "revision")
		if err != nil || now != at {
			return nil, err
		}
		e, err := decode(r)
		if err != nil {
			return nil, err
		}
		read[e.ID] = e
	}
	for _, id := range ids {
		if _, ok := read[id]; !ok {
			return nil, nil
		}
	}
	b.store.events.Put(at, requested, slices.Collect(maps.Values(read)))
	return read, nil
}

// prefetchedEventColumns returns the columns of an event n with the requested prefetched data, and their decoder.
func (b *builder) prefetchedEventColumns(
	requested store.Prefetch,
) (columns string, decode func(*neo4j.Record) (store.PrefetchedEvent, error)) {
	columns, prefetch := b.prefetchColumns(requested)
	return eventColumns + columns, func(r *neo4j.Record) (store.PrefetchedEvent, error) {
		e, err := eventDecoder(b.view)(r)
		item := store.PrefetchedEvent{Event: e}
		if err == nil {
			err = prefetch(r, &item)
		}
		return item, err
	}
}
