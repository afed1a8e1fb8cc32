package aggregate

import (
	"context"
	"strconv"

	"casus/internal/kg/sums"
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
	compute := func(t *table, selected []selection) (all []store.Facet, err error) {
		all = make([]store.Facet, len(q.Fields))
		for i, field := range q.Fields {
			if all[i], err = t.countFacet(ctx, field, selected, q); err != nil {
				return nil, err
			}
		}
		return all, nil
	}
	return querySelection(ctx, c, q.View, q.Filter, fields, compute, fallback)
}

// countFacet counts versions by the values of a field.
func (t *table) countFacet(
	ctx context.Context, field store.FacetField, selected []selection, q store.FacetQuery,
) (store.Facet, error) {
	keys, keyOf := t.facetKeys(field)
	events, summed := make([]int, len(keys)), t.newSummation(q.Sums, q.View.KnownAt)
	for key := range keys {
		summed.cell(key)
	}
	for _, s := range selected {
		values := t.facetValues(field, s.scope)
		for i, row := range s.rows {
			for _, v := range values(row, s.events[i]) {
				key := int(v)
				if keyOf != nil {
					key = int(keyOf[v])
				}
				events[key]++
				summed.add(key, s.scope, row, s.events[i])
			}
		}
	}
	parts, err := summed.parts(ctx)
	if err != nil {
		return store.Facet{}, err
	}
	counter := store.NewFacetCounter(field)
	for key, n := range events {
		var part sums.Part
		if parts != nil {
			part = parts[key]
		}
		counter.Add(keys[key], n, part)
	}
	return counter.Facet(q.Top), nil
}

// facetAttributes are the fields of which a version has one value.
var facetAttributes = map[store.FacetField]attribute{
	store.FacetCategory: category, store.FacetModality: modality, store.FacetStatus: status,
}

// facetKeys returns the distinct keys of a field, and the index of the key of each code. keyOf is nil if codes are
// these indexes.
func (t *table) facetKeys(field store.FacetField) (keys []string, keyOf []uint32) {
	numbers := map[string]uint32{}
	add := func(key string) { keyOf = append(keyOf, numberOf(key, numbers, &keys)) }
	if field == store.FacetYear {
		for _, h := range t.hulls {
			add(store.YearKey(h.time(), h.nominalStart()))
		}
		return keys, keyOf
	}
	if a, single := facetAttributes[field]; single {
		for _, v := range t.traits {
			add(v[a])
		}
		return keys, keyOf
	}
	if at := field.SourceNumber(); at >= 0 { // the number is its own code
		n := uint32(0)
		for _, numbers := range [][]uint32{t.latest.sources[at], t.earlier.sources[at]} {
			for _, i := range numbers {
				n = max(n, i+1)
			}
		}
		for i := range n {
			keys = append(keys, strconv.Itoa(int(i)))
		}
		return keys, nil
	}
	return t.lists[field].words, nil
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
