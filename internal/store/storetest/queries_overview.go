package storetest

import (
	"context"

	"casus/internal/kg"
)

// overviews asks what the events of a filter come to.
func (a *asking) overviews() {
	for range 20 {
		q := kg.ExtentQuery{View: a.view(a.dice), Filter: a.someFilter()}
		about(a, "extent", q, func(ctx context.Context, s kg.Store) ([]kg.Extent, error) {
			x, err := s.Extent(ctx, q)
			return []kg.Extent{x}, err
		}, func(x kg.Extent) int { return x.Events })
	}
	for _, field := range kg.FacetFields() {
		for range 4 {
			a.facets(field)
		}
	}
	for range 4 {
		a.facets(distinct(a.dice, 5, kg.FacetFields())...)
	}
	for range 25 {
		q := kg.ClusterQuery{View: a.view(a.dice), Filter: a.someFilter(), Zoom: a.between(0, kg.MaxZoom), Killed: a.chance(60)}
		about(a, "clusters", q, func(ctx context.Context, s kg.Store) ([]kg.Cluster, error) { return s.Clusters(ctx, q) },
			func(c kg.Cluster) int { return c.Events })
	}
}

func (a *asking) facets(fields ...kg.FacetField) {
	q := kg.FacetQuery{View: a.view(a.dice), Filter: a.someFilter(), Fields: fields, Top: pick(a.dice, []int{1, 2, 3, 5, kg.MaxFacetGroups}), Killed: a.chance(60)}
	about(a, "facets", q, func(ctx context.Context, s kg.Store) ([]kg.Facet, error) { return s.Facets(ctx, q) },
		func(f kg.Facet) int { return len(f.Groups) })
}
