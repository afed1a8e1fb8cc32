package columns

import (
	"context"
	"slices"

	"casus/internal/kg"
)

// few is how many events an engine divides in less time than reading all would take.
const few = 5000

// Facets divides events by columns, or asks others where these are not of what the query asks for: of another moment, of nodes apart, of
// too many events, or of few while there are no columns yet. Events that columns cannot tell are asked of the store.
func (c *Columns) Facets(ctx context.Context, q kg.FacetQuery, others func() ([]kg.Facet, error)) ([]kg.Facet, error) {
	if !here(q.View, q.Filter) {
		return others()
	}
	var fields []kg.FacetField
	known := knows(q.Filter)
	if known {
		fields = needs(q.Filter)
	}
	for _, f := range q.Fields {
		if listed(f) && !slices.Contains(fields, f) {
			fields = append(fields, f)
		}
	}
	var named []kg.ID
	if !known {
		var err error
		if named, err = c.matching(ctx, q); err != nil {
			return nil, err
		}
		if len(named) <= few && !c.has(fields) {
			return others()
		}
	}
	all := make([]kg.Facet, len(q.Fields))
	answered, err := c.look(ctx, fields, func(t *table) error {
		rows, withParts := t.those(named), t.withParts()
		if known {
			rows = t.matched(q.Filter)
		}
		for i, field := range q.Fields {
			all[i] = t.divide(field, rows, withParts, q)
		}
		return nil
	})
	if err != nil || answered {
		return all, err
	}
	return others()
}

// matching asks the store which events match.
func (c *Columns) matching(ctx context.Context, q kg.FacetQuery) (ids []kg.ID, err error) {
	err = again(func() error {
		ids = ids[:0]
		return c.store.EventIDs(ctx, q.View, q.Filter, func(id kg.ID) error { ids = append(ids, id); return nil })
	})
	return ids, err
}

// has says whether fields were read yet.
func (c *Columns) has(fields []kg.FacetField) bool {
	c.looking.RLock()
	defer c.looking.RUnlock()
	return c.table != nil && c.table.has(fields)
}

func (t *table) has(fields []kg.FacetField) bool {
	return !slices.ContainsFunc(fields, func(f kg.FacetField) bool { return t.lists[f] == nil })
}

// those are the rows of some events.
func (t *table) those(ids []kg.ID) []uint32 {
	rows := make([]uint32, 0, len(ids))
	for _, id := range ids {
		if row, known := t.rows[id]; known && t.there[row] {
			rows = append(rows, row)
		}
	}
	return rows
}

// matched are the rows of events that match.
func (t *table) matched(f *kg.EventFilter) []uint32 {
	rows, conditions := make([]uint32, 0, len(t.there)), t.matching(f)
	for i := range t.there {
		if row := uint32(i); t.there[row] && meets(conditions, row) {
			rows = append(rows, row)
		}
	}
	return rows
}

// divide counts rows by the values of a field.
func (t *table) divide(field kg.FacetField, rows []uint32, withParts map[uint32]bool, q kg.FacetQuery) kg.Facet {
	values, n, key := t.divided(field)
	groups := make([]group, n)
	for _, row := range rows {
		for _, v := range values(row) {
			g := &groups[v]
			g.events++
			if q.Killed {
				t.addToll(row, withParts, &g.killed)
			}
		}
	}
	counter := kg.NewFacetCounter(field)
	for v, g := range groups {
		if g.events > 0 {
			counter.Add(key(v), g.events, g.killed.Estimate())
		}
	}
	return counter.Facet(q.Top)
}

// divided gives the numbers of a row's values of a field, how many numbers there are, and what each stands for.
func (t *table) divided(field kg.FacetField) (values func(row uint32) []uint32, n int, key func(int) string) {
	var by *texts
	switch field {
	case kg.FacetCategory:
		by = &t.category
	case kg.FacetModality:
		by = &t.modality
	case kg.FacetStatus:
		by = &t.status
	case kg.FacetYear:
		return func(row uint32) []uint32 { return t.hull[row:][:1] }, len(t.hulls), func(i int) string { return kg.YearKey(t.hulls[i].earliest) }
	default:
		l := t.lists[field]
		return l.values, len(l.words), func(i int) string { return l.words[i] }
	}
	return func(row uint32) []uint32 { return by.of[row:][:1] }, len(by.words), func(i int) string { return by.words[i] }
}
