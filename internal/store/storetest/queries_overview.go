package storetest

import (
	"context"

	"casus/internal/store"
)

// overviews asks what the events of a filter come to.
func (a *asking) overviews() {
	for range 20 {
		q := store.ExtentQuery{View: a.view(a.dice), Filter: a.someFilter()}
		about(a, "extent", q, func(ctx context.Context, s store.Store) ([]store.Extent, error) {
			x, err := s.Extent(ctx, q)
			return []store.Extent{x}, err
		}, func(x store.Extent) int { return x.Events })
	}
	for _, field := range store.FacetFields() {
		for range 4 {
			a.facets(field)
		}
	}
	for range 4 {
		a.facets(distinct(a.dice, 5, store.FacetFields())...)
	}
	for range 25 {
		q := store.ClusterQuery{View: a.view(a.dice), Filter: a.someFilter(), Zoom: a.between(0, store.MaxZoom), Killed: a.chance(60)}
		about(a, "clusters", q, func(ctx context.Context, s store.Store) ([]store.Cluster, error) { return s.Clusters(ctx, q) },
			func(c store.Cluster) int { return c.Events })
	}
}

func (a *asking) facets(fields ...store.FacetField) {
	q := store.FacetQuery{View: a.view(a.dice), Filter: a.someFilter(), Fields: fields, Top: pick(a.dice, []int{1, 2, 3, 5, store.MaxFacetGroups}), Killed: a.chance(60)}
	about(a, "facets", q, func(ctx context.Context, s store.Store) ([]store.Facet, error) { return s.Facets(ctx, q) },
		func(f store.Facet) int { return len(f.Groups) })
}
