package storetest

import (
	"context"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// overviews generates extents, facets and clusters.
func (a *queryGenerator) overviews() {
	for range 20 {
		q := store.ExtentQuery{View: a.view(a.random), Filter: a.optionalFilter(), Sums: pick(a.random, sumSets),
			Known: a.chance(50), Bulk: a.chance(50)}
		addQuery(a, "extent", q, func(ctx context.Context, s store.Store) ([]store.Extent, error) {
			x, err := s.Extent(ctx, q)
			return []store.Extent{x}, err
		}, func(x store.Extent) int { return x.Events })
	}
	for range 15 {
		a.knowledge()
	}
	for _, field := range store.FacetFields.Values() {
		for range 4 {
			a.facets(field)
		}
	}
	for range 4 {
		a.facets(distinctValues(a.random, 5, store.FacetFields.Values())...)
	}
	for i := range 25 {
		q := store.ClusterQuery{View: a.view(a.random), Filter: a.optionalFilter(), Zoom: a.between(0, store.MaxZoom),
			Sums: pick(a.random, sumSets)}
		if splits := store.BucketSplits.Values(); i%5 > 1 {
			q.SplitBy, q.Top = splits[i%len(splits)], i%4
		}
		read := func(ctx context.Context, s store.Store) ([]store.Cluster, error) { return s.Clusters(ctx, q) }
		addQuery(a, "clusters", q, read, func(c store.Cluster) int { return c.Events })
	}
}

func (a *queryGenerator) knowledge() {
	zone, _ := time.LoadLocation(pick(a.random, zones())) // an unknown zone is UTC for both stores
	q := store.KnowledgeQuery{View: a.view(a.random), Filter: a.optionalFilter(), Zone: zone, Sparse: a.chance(50),
		Interval: pick(a.random, edtf.CalendarIntervals())}
	if a.chance(30) {
		q.Window = &store.BucketWindow{From: at("2025-03-02")}
	}
	addQuery(a, "knowledge", struct {
		store.KnowledgeQuery
		Zone string
	}{q, zone.String()}, func(ctx context.Context, s store.Store) ([]store.KnowledgeBucket, error) {
		return s.Knowledge(ctx, q)
	}, func(b store.KnowledgeBucket) int { return b.Claims + b.Changed })
}

var sumSets = []sums.Set{0, sums.Killed, sums.Killed | sums.Wounded, sums.Figures} // of queries

func (a *queryGenerator) facets(fields ...store.FacetField) {
	q := store.FacetQuery{View: a.view(a.random), Filter: a.optionalFilter(), Fields: fields,
		Top: pick(a.random, []int{1, 2, 3, 5, store.MaxFacetGroups}), Sums: pick(a.random, sumSets)}
	addQuery(a, "facets", q, func(ctx context.Context, s store.Store) ([]store.Facet, error) { return s.Facets(ctx, q) },
		func(f store.Facet) int { return len(f.Groups) })
}
