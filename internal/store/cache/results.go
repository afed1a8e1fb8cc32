package cache

import (
	"context"
	"encoding/json"
	"fmt"

	"casus/internal/store"
	"casus/internal/store/flight"
)

// maxKey is the length in bytes above which a query is not cached.
const maxKey = 32 << 10

// result returns the cached result of a query, or else reads the engine's. Identical queries share one read, which
// continues even if all of them time out.
func result[Q, T any](
	ctx context.Context, s *Store, kind string, q Q, read func(context.Context, Q) (T, error),
) (result T, err error) {
	key, revision, err := s.resultKey(ctx, kind, q)
	switch {
	case err != nil:
		return result, err
	case key == "":
		return read(ctx, q)
	}
	if found, _, ok := s.results.Get(key); ok {
		return found.(T), nil
	}
	return flight.Do(ctx, s.flights, key, func(ctx context.Context) (T, error) {
		// A write during the read makes the result newer than the revision, never older.
		found, err := read(ctx, q)
		if err == nil {
			s.results.Put(key, any(found), revision)
		}
		return found, err
	})
}

// resultKey returns the key of a query's result at the store's current revision, and invalidates the results of other
// revisions. The key is "" if the result is not cached.
func (s *Store) resultKey(ctx context.Context, kind string, q any) (key string, revision int64, err error) {
	query, err := json.Marshal(q)
	cached := err == nil && len(query) <= maxKey && s.results.Enabled()
	if !cached {
		return "", 0, nil
	}
	if revision, err = s.Revision(ctx); err != nil {
		return "", 0, err
	}
	s.results.SetRevision(revision)
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
