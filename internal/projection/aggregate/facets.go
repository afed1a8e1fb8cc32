package aggregate

import (
	"context"

	"casus/internal/store"
)

// Facets counts events by the values of fields. It calls fallback if the index cannot answer; see queryRows.
func (c *Index) Facets(
	ctx context.Context, q store.FacetQuery, fallback func(*store.EventFilter) ([]store.Facet, error),
) ([]store.Facet, error) {
	var fields []store.FacetField
	for _, f := range q.Fields {
		if hasList(f) {
			fields = append(fields, f)
		}
	}
	compute := func(t *table, rows []uint32) ([]store.Facet, error) {
		all, withParts := make([]store.Facet, len(q.Fields)), t.rowsWithParts()
		for i, field := range q.Fields {
			all[i] = t.countFacet(field, rows, withParts, q)
		}
		return all, nil
	}
	return queryRows(ctx, c, q.View, q.Filter, fields, compute, fallback)
}

// countFacet counts rows by the values of a field.
func (t *table) countFacet(
	field store.FacetField, rows []uint32, withParts map[uint32]bool, q store.FacetQuery,
) store.Facet {
	values, n, key := t.fieldValues(field)
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

// fieldValues returns three things about a field: the codes of a row's values, the number of codes, and the key of a
// code.
func (t *table) fieldValues(field store.FacetField) (values func(row uint32) []uint32, n int, key func(int) string) {
	var by *dictColumn
	switch field {
	case store.FacetCategory:
		by = &t.category
	case store.FacetModality:
		by = &t.modality
	case store.FacetStatus:
		by = &t.status
	case store.FacetYear:
		values = func(row uint32) []uint32 { return t.hull[row:][:1] }
		return values, len(t.hulls), func(i int) string {
			return store.YearKey(t.hulls[i].time(), t.hulls[i].nominalStart())
		}
	default:
		l := t.lists[field]
		return l.values, len(l.words), func(i int) string { return l.words[i] }
	}
	values = func(row uint32) []uint32 { return by.codes[row:][:1] }
	return values, len(by.words), func(i int) string { return by.words[i] }
}
