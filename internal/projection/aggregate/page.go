package aggregate

import (
	"context"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
)

// refreshBackoff bounds the share of time spent on refreshes for pages: after a refresh that took d, the next one waits
// for refreshBackoff*d. During a load the engine answers the pages, so that the index does not refresh after each
// write.
const refreshBackoff = 10

// buildThreshold is the number of unanswered page requests after which the index is built.
const buildThreshold = 20

// Page returns the ids of a page of events in time order as of a revision. The caller must check that this is the
// store's revision and otherwise call MarkStale. answered is false if the index cannot answer or is stale. The engine
// is then faster than a refresh; Page may start one in the background for later calls.
func (c *Index) Page(ctx context.Context, q store.EventQuery) (page store.Page[kg.ID], revision int64, answered bool) {
	q.Order = q.Order.Normalize()
	ordered := q.Scope == nil && q.Order.Field == store.EventsByTime
	if !ordered || q.View.KnownAt != nil || !supportsView(q.View, q.Filter) || !supportsFilter(q.Filter) {
		return page, 0, false
	}
	answered = c.peek(ctx, requiredFields(q.Filter), true, func(t *table, at int64) { page, revision = t.page(q), at })
	return page, revision, answered
}

// Total returns the length of a list of events as of a revision, under the same conditions as Page.
func (c *Index) Total(ctx context.Context, q store.EventQuery) (total int, revision int64, answered bool) {
	if q.Scope != nil || !supportsView(q.View, q.Filter) || !supportsFilter(q.Filter) {
		return 0, 0, false
	}
	answered = c.peek(ctx, requiredFields(q.Filter), false, func(t *table, at int64) {
		for _, s := range t.selectMatching(q.View.KnownAt, q.Filter) {
			total += len(s.rows)
		}
		revision = at
	})
	return total, revision, answered
}

// peek calls use with the table if it has the fields and, if ordered is set, the order of pages, and is not known to be
// stale. Otherwise it may start a refresh in the background for later calls.
func (c *Index) peek(
	ctx context.Context, fields []store.FacetField, ordered bool, use func(t *table, revision int64),
) (answered bool) {
	tooMany := false
	c.follower.Peek(func(t *table, at int64) {
		tooMany = t.tooMany
		answered = !tooMany && at != c.staleRevision.Load() && (t.order != nil || !ordered) && t.has(fields)
		if answered {
			use(t, at)
		}
	})
	if !answered && !tooMany && time.Now().UnixNano() > c.nextRefresh.Load() && c.requests.Add(1) > buildThreshold {
		c.beginRefresh(ctx, fields)
	}
	return answered
}

// MarkStale records that the store has passed a revision that Page returned.
func (c *Index) MarkStale(revision int64) { c.staleRevision.Store(revision) }

// beginRefresh refreshes the index in the background, with the fields and the order that a page needs.
func (c *Index) beginRefresh(ctx context.Context, fields []store.FacetField) {
	started := time.Now()
	c.follower.Begin(ctx, c.need(fields, true), func(err error) {
		if err == nil {
			c.staleRevision.Store(-1)
		}
		c.nextRefresh.Store(time.Now().Add(refreshBackoff * time.Since(started)).UnixNano())
	})
}

// page walks the rows in order, from the first one that the filter's time allows.
func (t *table) page(q store.EventQuery) store.Page[kg.ID] {
	latest := t.latestView()
	d, conditions := directedOrder{t, q.Order}, t.conditions(latest, q.Filter, false)
	from, to := d.firstMatch(q.Filter), len(t.order.rows)
	if q.Window.After != nil {
		from = max(from, d.search(*q.Window.After, false))
	}
	if q.Window.Before != nil {
		to = d.search(*q.Window.Before, true)
	}
	if q.Window.Limit == 0 {
		to = from
	}
	var found []uint32
	for n := from; n < to && len(found) <= q.Window.Limit; n++ {
		i := n
		if q.Window.Backward {
			i = from + to - 1 - n
		}
		if row := d.row(i); matchesAll(conditions, row, row) {
			found = append(found, row)
		}
	}
	cut := store.CutPage(q.Window, found, d.position)
	page := store.Page[kg.ID]{
		Items: make([]kg.ID, len(cut.Items)), Positions: cut.Positions, HasNext: cut.HasNext, HasPrevious: cut.HasPrevious,
	}
	for i, row := range cut.Items {
		page.Items[i] = t.ids[row]
	}
	if q.Total {
		n := len(latest.collect(t.conditions(latest, q.Filter, true)).rows)
		page.Total = &n
	}
	return page
}
