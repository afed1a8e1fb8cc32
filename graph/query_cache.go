package graph

import (
	"context"
	"math"

	"casus/internal/store/cache"

	"github.com/vektah/gqlparser/v2/ast"
)

// queryCache implements graphql.Cache, bounded by bytes. A value depends on its key alone, so it never gets stale.
type queryCache[V any] struct{ values *cache.Cache[string, V] }

// newQueryCache returns a cache of at most maxBytes; 0 disables it. sizeOf estimates the bytes of an entry.
func newQueryCache[V any](maxBytes int, sizeOf func(string, V) int) queryCache[V] {
	values := cache.New(maxBytes, sizeOf)
	values.SetRevision(0)
	return queryCache[V]{values}
}

// Get returns the value of a key.
func (c queryCache[V]) Get(_ context.Context, key string) (V, bool) {
	value, _, ok := c.values.Get(key)
	return value, ok
}

// Add adds a value.
func (c queryCache[V]) Add(_ context.Context, key string, value V) { c.values.Put(key, value, 0) }

// entryBytes is about the overhead of an entry. tokenBytes is the most memory that one token of a parsed query takes, a
// field with its position.
const (
	entryBytes = 200
	tokenBytes = 250
)

// sizeOfText estimates the bytes of a query that is cached by its hash.
func sizeOfText(hash, query string) int { return entryBytes + len(hash) + len(query) }

// sizeOfDocument estimates the bytes of a parsed query.
func sizeOfDocument(query string, _ *ast.QueryDocument) int {
	return entryBytes + len(query) + tokenBytes*countTokens(query, math.MaxInt)
}
