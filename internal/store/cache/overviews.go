package cache

import (
	"context"

	"casus/internal/store"
)

// Buckets counts with the aggregate index or, if that does not cover the query, returns the engine's result.
func (s *Store) Buckets(ctx context.Context, q store.BucketQuery) ([]store.Bucket, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	if buckets, answered, err := s.index.Buckets(ctx, q); answered || err != nil {
		return buckets, s.explain(err)
	}
	zone := ""
	if q.Zone != nil { // which has no JSON form
		zone = q.Zone.String()
	}
	return result(ctx, s, "buckets "+zone, q, s.Store.Buckets)
}

// Facets counts with the aggregate index or, if that does not cover the query, returns the engine's result.
func (s *Store) Facets(ctx context.Context, q store.FacetQuery) ([]store.Facet, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	found, err := s.index.Facets(ctx, q, func(f *store.EventFilter) ([]store.Facet, error) {
		q := q
		q.Filter = f
		return result(ctx, s, "facets", q, s.Store.Facets)
	})
	return found, s.explain(err)
}

// Clusters counts with the aggregate index or, if that does not cover the query, returns the engine's result.
func (s *Store) Clusters(ctx context.Context, q store.ClusterQuery) ([]store.Cluster, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	found, err := s.index.Clusters(ctx, q, func(f *store.EventFilter) ([]store.Cluster, error) {
		q := q
		q.Filter = f
		return result(ctx, s, "clusters", q, s.Store.Clusters)
	})
	return found, s.explain(err)
}

// Extent reads the aggregate index or, if that does not cover the query, returns the engine's result.
func (s *Store) Extent(ctx context.Context, q store.ExtentQuery) (store.Extent, error) {
	found, err := s.index.Extent(ctx, q, func(f *store.EventFilter) (store.Extent, error) {
		q := q
		q.Filter = f
		return result(ctx, s, "extent", q, s.Store.Extent)
	})
	return found, s.explain(err)
}

// Knowledge counts with the aggregate index or, if that does not cover the query, returns the engine's result.
func (s *Store) Knowledge(ctx context.Context, q store.KnowledgeQuery) ([]store.KnowledgeBucket, error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	zone := ""
	if q.Zone != nil { // which has no JSON form
		zone = q.Zone.String()
	}
	found, err := s.index.Knowledge(ctx, q, func(f *store.EventFilter) ([]store.KnowledgeBucket, error) {
		q := q
		q.Filter = f
		return result(ctx, s, "knowledge "+zone, q, s.Store.Knowledge)
	})
	return found, s.explain(err)
}
