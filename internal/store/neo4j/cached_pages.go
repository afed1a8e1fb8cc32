package neo4j

import (
	"context"
	"maps"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
)

// DefaultEventBytes bounds what is kept of events that lists showed.
const DefaultEventBytes = 256 << 20

// usesEventCache says whether what is read along with events is kept: in the view that nearly all ask for.
func (b *builder) usesEventCache() bool { return b.view == kg.View{} && !b.hasMerged }

// neighbors gives what decodes the other ends of edges, or gives them as they were decoded before.
func (b *builder) neighbors(decode func(string) (kg.Node, error)) func(string) (kg.Node, error) {
	if !b.usesEventCache() {
		return decode
	}
	return func(record string) (kg.Node, error) { return b.store.events.Neighbor(record, decode) }
}

// eventPages are those of a list of events, with what is asked for along with them.
func (b *builder) eventPages(ctx context.Context, l list, asked store.Prefetch) ([]store.Page[store.PrefetchedEvent], error) {
	columns, whole := b.prefetchedEventColumns(asked)
	l.columns, l.withRevision = columns, true
	cached := b.canPrefetch(asked) && b.usesEventCache()
	if cached && b.store.events.HitRateHigh() {
		pages, err := b.pagesByID(ctx, l, asked)
		if pages != nil || err != nil {
			return pages, err
		}
	}
	var at int64
	pages, err := listPages(ctx, l, func(r *neo4j.Record) (e store.PrefetchedEvent, err error) {
		if at, err = column[int64](r, "revision"); err != nil {
			return e, err
		}
		return whole(r)
	})
	for i := range pages {
		pages[i].Revision = at
		if cached {
			b.store.events.Put(at, asked, pages[i].Items)
		}
	}
	return pages, err
}

// pageFromIndex names a page's events from columns in memory. nil: these do not know, or anything was written since they were read.
func (b *builder) pageFromIndex(ctx context.Context, q store.EventQuery) ([]store.Page[store.PrefetchedEvent], error) {
	if !b.canPrefetch(q.Prefetch) || !b.usesEventCache() {
		return nil, nil
	}
	named, at, answered := b.store.index.Page(ctx, q)
	if !answered {
		return nil, nil
	}
	pages, read, err := b.completePages(ctx, []store.Page[kg.ID]{named}, q.Prefetch, at)
	if err == nil && pages != nil && !read { // who reads sees of which revision it is
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

// pagesByID asks a list for ids alone, and reads those events that are not kept by a second question. nil: anything was
// written meanwhile.
func (b *builder) pagesByID(ctx context.Context, l list, asked store.Prefetch) ([]store.Page[store.PrefetchedEvent], error) {
	var at int64
	still := true
	named, err := cutPages(ctx, l, func(parents int) ([][]*item[kg.ID], error) {
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
			still = still && now == at
		}
		return found, nil
	})
	if err != nil || !still {
		return nil, err
	}
	pages, _, err := b.completePages(ctx, named, asked, at)
	return pages, err
}

// completePages gives the events that pages name, as of a revision: those that are not kept are read, if any. nil: anything was written since.
func (b *builder) completePages(ctx context.Context, named []store.Page[kg.ID], asked store.Prefetch, at int64) (pages []store.Page[store.PrefetchedEvent], read bool, err error) {
	var missing []kg.ID
	pages = make([]store.Page[store.PrefetchedEvent], len(named))
	for i, p := range named {
		pages[i] = store.Page[store.PrefetchedEvent]{Items: make([]store.PrefetchedEvent, len(p.Items)), Positions: p.Positions, HasNext: p.HasNext, HasPrevious: p.HasPrevious, Total: p.Total, Revision: at}
		missing = append(missing, b.store.events.Get(at, asked, p.Items, pages[i].Items)...)
	}
	if len(missing) == 0 {
		return pages, false, nil
	}
	found, err := b.newQuery().readEvents(ctx, missing, asked, at)
	if err != nil || found == nil {
		return nil, false, err
	}
	for i, p := range named {
		for j, id := range p.Items {
			if e, ok := found[id]; ok {
				pages[i].Items[j] = e
			}
		}
	}
	return pages, true, nil
}

// pageItems reads the nodes of a row of collected.
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

// readEvents reads events, and keeps them. nil: some are gone, or the store is at another revision.
func (b *builder) readEvents(ctx context.Context, ids []kg.ID, asked store.Prefetch, at int64) (map[kg.ID]store.PrefetchedEvent, error) {
	columns, whole := b.prefetchedEventColumns(asked)
	b.params["ids"] = stringsOf(ids)
	rows, err := b.query(ctx, revision+"UNWIND $ids AS id MATCH "+b.statePattern("n")+where("n.id = id", b.inView("n"))+" RETURN revision, id, "+columns)
	if err != nil {
		return nil, err
	}
	read := map[kg.ID]store.PrefetchedEvent{}
	for _, r := range rows {
		now, err := column[int64](r, "revision")
		if err != nil || now != at {
			return nil, err
		}
		e, err := whole(r)
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
	b.store.events.Put(at, asked, slices.Collect(maps.Values(read)))
	return read, nil
}

// prefetchedEventColumns are the columns of events with what is read along, and what reads them.
func (b *builder) prefetchedEventColumns(asked store.Prefetch) (columns string, decode func(*neo4j.Record) (store.PrefetchedEvent, error)) {
	columns, along := b.prefetchColumns(asked)
	return eventColumns + columns, func(r *neo4j.Record) (store.PrefetchedEvent, error) {
		e, err := eventDecoder(b.view)(r)
		item := store.PrefetchedEvent{Event: e}
		if err == nil {
			err = along(r, &item)
		}
		return item, err
	}
}
