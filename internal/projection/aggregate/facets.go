package aggregate

import (
	"context"
	"strconv"

	"casus/internal/store"
)

// Facets counts events by the values of fields. It calls fallback if the index cannot answer; see querySelection.
func (c *Index) Facets(
	ctx context.Context, q store.FacetQuery, fallback func(*store.EventFilter) ([]store.Facet, error),
) ([]store.Facet, error) {
	var fields []store.FacetField
	for _, f := range q.Fields {
		if hasList(f) {
			fields = append(fields, f)
		}
	}
	compute := func(t *table, selected []selection) ([]store.Facet, error) {
		all, withParts := make([]store.Facet, len(q.Fields)), t.withParts(q.View.KnownAt)
		for i, field := range q.Fields {
			all[i] = t.countFacet(field, selected, withParts, q)
		}
		return all, nil
	}
	return querySelection(ctx, c, q.View, q.Filter, fields, compute, fallback)
}

// countFacet counts versions by the values of a field.
func (t *table) countFacet(
	field store.FacetField, selected []selection, withParts map[uint32]bool, q store.FacetQuery,
) store.Facet {
	n, key := t.facetKeys(field)
	groups := make([]group, n)
	for _, s := range selected {
		values := t.facetValues(field, s.scope)
		for i, row := range s.rows {
			for _, v := range values(row, s.events[i]) {
				g := &groups[v]
				g.events++
				if q.Killed {
					t.addToll(s.scope, row, s.events[i], withParts, &g.killed)
				}
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

// facetAttributes are the fields of which a version has one value.
var facetAttributes = map[store.FacetField]attribute{
	store.FacetCategory: category, store.FacetModality: modality, store.FacetStatus: status,
}

// facetKeys returns the number of a field's codes, and the key of a code. Codes may share a key.
func (t *table) facetKeys(field store.FacetField) (n int, key func(int) string) {
	if field == store.FacetYear {
		return len(t.hulls), func(i int) string { return store.YearKey(t.hulls[i].time(), t.hulls[i].nominalStart()) }
	}
	if a, single := facetAttributes[field]; single {
		return len(t.traits), func(i int) string { return t.traits[i][a] }
	}
	if at := field.SourceNumber(); at >= 0 { // the number is its own code
		for _, numbers := range [][]uint32{t.latest.sources[at], t.earlier.sources[at]} {
			for _, i := range numbers {
				n = max(n, int(i)+1)
			}
		}
		return n, strconv.Itoa
	}
	l := t.lists[field]
	return len(l.words), func(i int) string { return l.words[i] }
}

// facetValues returns a function that returns the codes of a version's values of a field.
func (t *table) facetValues(field store.FacetField, v scope) func(row, event uint32) []uint32 {
	if field == store.FacetYear {
		return func(row, _ uint32) []uint32 { return v.hull[row:][:1] }
	}
	if _, single := facetAttributes[field]; single {
		return func(row, _ uint32) []uint32 { return v.traits[row:][:1] }
	}
	if at := field.SourceNumber(); at >= 0 {
		return func(row, _ uint32) []uint32 { return v.sources[at][row:][:1] }
	}
	list := t.lists[field].at(v.moment)
	return func(_, event uint32) []uint32 { return list.of(event) }
}
