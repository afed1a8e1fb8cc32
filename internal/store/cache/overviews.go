package cache

import (
	"context"
	"encoding/json"
	"fmt"

	"casus/internal/store"
	"casus/internal/store/flight"
)

// Buckets counts with the aggregate index or, if that does not cover the query, returns the engine's result.
func (s *Store) Buckets(ctx context.Context, q store.BucketQuery) ([]store.Bucket, error) {
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

// maxKey is the length in bytes above which a query is not cached.
const maxKey = 32 << 10

// result returns the cached result of a query, or the engine's, which identical queries share and which is read to its
// end even if all of them have timed out.
func result[Q, T any](
	ctx context.Context, s *Store, kind string, q Q, read func(context.Context, Q) (T, error),
) (T, error) {
	key, err := json.Marshal(q)
	if err != nil || len(key) > maxKey || !s.results.Enabled() {
		return read(ctx, q)
	}
	var none T
	revision, err := s.Revision(ctx)
	if err != nil {
		return none, err
	}
	s.results.SetRevision(revision)
	full := fmt.Sprintf("%s %d %s", kind, revision, key)
	if found, _, ok := s.results.Get(full); ok {
		return found.(T), nil
	}
	return flight.Do(ctx, s.flights, full, func(ctx context.Context) (T, error) {
		// A write during the read makes the result newer than the revision, never older.
		found, err := read(ctx, q)
		if err == nil {
			s.results.Put(full, any(found), revision)
		}
		return found, err
	})
}

// sizeOfResult estimates the bytes of memory of a result with its key.
func sizeOfResult(key string, found any) int {
	const fixed, each = 200, 150
	bytes := fixed + len(key)
	switch found := found.(type) {
	case []store.Bucket:
		for _, b := range found {
			bytes += each + each*len(b.Groups)
		}
	case []store.Facet:
		for _, f := range found {
			bytes += each + each*len(f.Groups)
		}
	case []store.Cluster:
		bytes += each * len(found)
	case store.Page[store.Hit]:
		bytes += sizeOfHits(found)
	case hits:
		bytes += sizeOfHits(found.Page)
	}
	return bytes
}

// sizeOfHits estimates the bytes of memory of hits with their nodes.
func sizeOfHits(page store.Page[store.Hit]) int {
	const each = 1500
	return each * len(page.Items)
}
