package aggregate

import (
	"context"

	"casus/internal/store"
)

// Facets divides events by columns, or asks others where these cannot tell.
func (c *Index) Facets(ctx context.Context, q store.FacetQuery, others func(*store.EventFilter) ([]store.Facet, error)) ([]store.Facet, error) {
	var fields []store.FacetField
	for _, f := range q.Fields {
		if listed(f) {
			fields = append(fields, f)
		}
	}
	return selected(ctx, c, q.View, q.Filter, fields, func(t *table, rows []uint32) ([]store.Facet, error) {
		all, withParts := make([]store.Facet, len(q.Fields)), t.withParts()
		for i, field := range q.Fields {
			all[i] = t.divide(field, rows, withParts, q)
		}
		return all, nil
	}, others)
}

// divide counts rows by the values of a field.
func (t *table) divide(field store.FacetField, rows []uint32, withParts map[uint32]bool, q store.FacetQuery) store.Facet {
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
	counter := store.NewFacetCounter(field)
	for v, g := range groups {
		if g.events > 0 {
			counter.Add(key(v), g.events, g.killed.Estimate())
		}
	}
	return counter.Facet(q.Top)
}

// divided gives the numbers of a row's values of a field, how many numbers there are, and what each stands for.
func (t *table) divided(field store.FacetField) (values func(row uint32) []uint32, n int, key func(int) string) {
	var by *texts
	switch field {
	case store.FacetCategory:
		by = &t.category
	case store.FacetModality:
		by = &t.modality
	case store.FacetStatus:
		by = &t.status
	case store.FacetYear:
		return func(row uint32) []uint32 { return t.hull[row:][:1] }, len(t.hulls), func(i int) string { return store.YearKey(t.hulls[i].earliest) }
	default:
		l := t.lists[field]
		return l.values, len(l.words), func(i int) string { return l.words[i] }
	}
	return func(row uint32) []uint32 { return by.of[row:][:1] }, len(by.words), func(i int) string { return by.words[i] }
}
