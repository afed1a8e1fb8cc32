package cache

import (
	"context"
	"encoding/json"
	"fmt"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/flight"
)

// maxKey is the length in bytes above which a query is not cached.
const maxKey = 32 << 10

// result returns the cached result of a query, or else reads the engine's.
func result[Q, T any](
	ctx context.Context, s *Store, kind string, q Q, read func(context.Context, Q) (T, error),
) (T, error) {
	return cached(ctx, s, s.results, kind, q, read)
}

// cached returns the value of a query in a cache, or else reads it. Identical queries share one read, which continues
// even if all of them time out.
func cached[Q, T any](
	ctx context.Context, s *Store, c *Cache[string, any], kind string, q Q, read func(context.Context, Q) (T, error),
) (value T, err error) {
	key, revision, err := s.cacheKey(ctx, c, kind, q)
	switch {
	case err != nil:
		return value, err
	case key == "":
		return read(ctx, q)
	}
	if found, _, ok := c.Get(key); ok {
		return found.(T), nil
	}
	return flight.Do(ctx, s.flights, key, func(ctx context.Context) (T, error) {
		// A write during the read makes the result newer than the revision, never older.
		found, err := read(ctx, q)
		if err == nil {
			c.Put(key, any(found), revision)
		}
		return found, err
	})
}

// cacheKey returns the key of a query's value at the store's current revision, and invalidates the values of other
// revisions. The key is "" if the value is not cached.
func (s *Store) cacheKey(
	ctx context.Context, c *Cache[string, any], kind string, q any,
) (key string, revision int64, err error) {
	query, err := json.Marshal(q)
	cacheable := err == nil && len(query) <= maxKey && c.Enabled()
	if !cacheable {
		return "", 0, nil
	}
	if revision, err = s.Revision(ctx); err != nil {
		return "", 0, err
	}
	c.SetRevision(revision)
	return fmt.Sprintf("%s %d %s", kind, revision, query), revision, nil
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
	case []store.KnowledgeBucket:
		bytes += each * len(found)
	case []store.Cluster:
		bytes += each * len(found)
	case []kg.ID:
		const header = 16
		for _, id := range found {
			bytes += header + len(id)
		}
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
