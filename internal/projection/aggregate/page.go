package aggregate

import (
	"context"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/flight"
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
	fields := requiredFields(q.Filter)
	c.mu.RLock()
	defer c.mu.RUnlock()
	t := c.table
	if t != nil && t.revision != c.staleRevision.Load() && t.order != nil && t.has(fields) {
		return t.page(q), t.revision, true
	}
	if (t == nil || !t.tooMany) && time.Now().After(c.nextRefresh) && c.requests.Add(1) > buildThreshold {
		flight.Begin(ctx, c.reads, c.refreshSem, func(ctx context.Context) error { return c.refreshForPages(ctx, fields) })
	}
	return page, 0, false
}

// MarkStale records that the store has passed a revision that Page returned.
func (c *Index) MarkStale(revision int64) { c.staleRevision.Store(revision) }

// refreshForPages refreshes the index with the fields and the order that a page needs.
func (c *Index) refreshForPages(ctx context.Context, fields []store.FacetField) error {
	started := time.Now()
	defer func() { c.setNextRefresh(time.Now().Add(refreshBackoff * time.Since(started))) }()
	err := c.refresh(ctx, fields)
	if err == nil {
		c.buildOrder()
	}
	return err
}

// setNextRefresh sets the earliest time of the next refresh for pages.
func (c *Index) setNextRefresh(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.nextRefresh = at
}

// buildOrder sorts the table's rows, once; applyChanges maintains the order.
func (c *Index) buildOrder() {
	if c.table.tooMany || c.table.order != nil {
		return
	}
	o := c.table.sortedOrder()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.table.order = o
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
