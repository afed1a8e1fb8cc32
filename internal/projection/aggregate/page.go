package aggregate

import (
	"context"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/flight"
)

// rest is how many times as long as bringing the columns up to date took none does so again for pages: while a load goes on, engines answer
// these, and what it writes is not read again and again beside it.
const rest = 10

// worth is how many pages are asked for before everything is read for their sake.
const worth = 20

// Page names the events of a page in the order of time, as of a revision: the asker has to see that it still is the store's, or else to say that
// it is Outdated. It is not answered where columns do not know which events match, and where they are not up to date: an engine, which need not know
// what else was written, answers sooner then, and they are brought up to date for who asks later.
func (c *Index) Page(ctx context.Context, q store.EventQuery) (page store.Page[kg.ID], revision int64, answered bool) {
	q.Order = q.Order.Normalize()
	if q.Scope != nil || q.Order.Field != store.EventsByTime || !here(q.View, q.Filter) || !knows(q.Filter) {
		return page, 0, false
	}
	fields := needs(q.Filter)
	c.looking.RLock()
	defer c.looking.RUnlock()
	t := c.table
	if t != nil && t.revision != c.outdated.Load() && t.order != nil && t.has(fields) {
		return t.page(q), t.revision, true
	}
	if (t == nil || !t.tooMany) && time.Now().After(c.rests) && c.asked.Add(1) > worth {
		flight.Begin(ctx, c.reads, c.updating, func(ctx context.Context) error { return c.prepare(ctx, fields) })
	}
	return page, 0, false
}

// MarkStale says that the store is at another revision than the columns were.
func (c *Index) MarkStale(revision int64) { c.outdated.Store(revision) }

// prepare reads what a page needs.
func (c *Index) prepare(ctx context.Context, fields []store.FacetField) error {
	began := time.Now()
	defer func() { c.rested(time.Now().Add(rest * time.Since(began))) }()
	err := c.bring(ctx, fields)
	if err == nil {
		c.sort()
	}
	return err
}

// rested sets until when it rests.
func (c *Index) rested(until time.Time) {
	c.looking.Lock()
	defer c.looking.Unlock()
	c.rests = until
}

// sort puts the table's rows in order, once: then the order follows what changes.
func (c *Index) sort() {
	if c.table.tooMany || c.table.order != nil {
		return
	}
	o := c.table.ordered()
	c.looking.Lock()
	defer c.looking.Unlock()
	c.table.order = o
}

// page walks through the rows in their order, from where the filter's time may begin.
func (t *table) page(q store.EventQuery) store.Page[kg.ID] {
	d, conditions := directed{t, q.Order}, t.matching(q.Filter, false)
	from, to := d.begins(q.Filter), len(t.order.rows)
	if q.Window.After != nil {
		from = max(from, d.first(*q.Window.After, false))
	}
	if q.Window.Before != nil {
		to = d.first(*q.Window.Before, true)
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
		if row := d.row(i); meets(conditions, row) {
			found = append(found, row)
		}
	}
	cut := store.CutPage(q.Window, found, d.position)
	page := store.Page[kg.ID]{Items: make([]kg.ID, len(cut.Items)), Positions: cut.Positions, HasNext: cut.HasNext, HasPrevious: cut.HasPrevious}
	for i, row := range cut.Items {
		page.Items[i] = t.ids[row]
	}
	if q.Total {
		n := 0
		for range t.matches(q.Filter) {
			n++
		}
		page.Total = &n
	}
	return page
}
