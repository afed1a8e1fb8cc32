package columns

import (
	"context"

	"casus/internal/kg"
)

// Facets answers a query: the fields that are columns from these, where they have been read for buckets and know the filter, and all
// others by a function of the store's own, which is told what is left to ask.
func (c *Columns) Facets(ctx context.Context, q kg.FacetQuery, others func(kg.FacetQuery) ([]kg.Facet, error)) ([]kg.Facet, error) {
	here, err := c.facets(ctx, q)
	if err != nil {
		return nil, err
	}
	rest := q
	rest.Fields = nil
	for _, field := range q.Fields {
		if _, answered := here[field]; !answered {
			rest.Fields = append(rest.Fields, field)
		}
	}
	var there []kg.Facet
	if len(rest.Fields) > 0 {
		if there, err = others(rest); err != nil {
			return nil, err
		}
	}
	all := make([]kg.Facet, 0, len(q.Fields))
	for _, field := range q.Fields {
		if f, answered := here[field]; answered {
			all = append(all, f)
		} else {
			all, there = append(all, there[0]), there[1:]
		}
	}
	return all, nil
}

// facets are those that columns can tell.
func (c *Columns) facets(ctx context.Context, q kg.FacetQuery) (map[kg.FacetField]kg.Facet, error) {
	view := q.Filter.In(q.View)
	if view.KnownAt != nil || view.Identity == kg.IdentityExact || !knows(q.Filter) || !c.has() {
		return nil, nil
	}
	if err := c.refresh(ctx); err != nil {
		return nil, err
	}
	c.looking.RLock()
	defer c.looking.RUnlock()
	if c.table.tooMany {
		return nil, nil
	}
	conditions, withParts := c.table.matching(q.Filter), c.table.withParts()
	all := map[kg.FacetField]kg.Facet{}
	for _, field := range q.Fields {
		if of, n, key := c.table.divided(field); of != nil {
			groups := c.table.divide(of, n, conditions, withParts, q.Killed)
			counter := kg.NewFacetCounter(field)
			for i, g := range groups {
				counter.Add(key(i), g.events, g.killed.Estimate())
			}
			all[field] = counter.Facet(q.Top)
		}
	}
	return all, nil
}

// has says whether anything was read yet.
func (c *Columns) has() bool {
	c.looking.RLock()
	defer c.looking.RUnlock()
	return c.table != nil
}

// divided gives by row the number of its value of a field, how many numbers there are, and what each stands for; nil: no column.
func (t *table) divided(field kg.FacetField) (of []uint32, n int, key func(int) string) {
	var by *texts
	switch field {
	case kg.FacetCategory:
		by = &t.category
	case kg.FacetModality:
		by = &t.modality
	case kg.FacetStatus:
		by = &t.status
	case kg.FacetYear:
		return t.hull, len(t.hulls), func(i int) string { return kg.YearKey(t.hulls[i].earliest) }
	default:
		return nil, 0, nil
	}
	return by.of, len(by.words), func(i int) string { return by.words[i] }
}

// divide counts the events that meet the conditions by the numbers of their values.
func (t *table) divide(of []uint32, n int, conditions []match, withParts map[uint32]bool, killed bool) []group {
	groups := make([]group, n)
	for i := range t.there {
		row := uint32(i)
		if !t.there[row] || !meets(conditions, row) {
			continue
		}
		g := &groups[of[row]]
		g.events++
		if killed {
			t.addToll(row, withParts, &g.killed)
		}
	}
	return groups
}
