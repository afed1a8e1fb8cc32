package graph

import (
	"context"
	"encoding/json"
	"math"
	"sync"

	"casus/internal/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/vektah/gqlparser/v2/ast"
)

// responseCache holds the data of responses until the store's revision changes, and evicts the least recently used
// first. The revision covers writes of all processes, and nothing in a response depends on the clock.
type responseCache struct {
	log      store.ChangeLog
	maxBytes int

	mu sync.Mutex
	// revision is the latest one seen. Revisions only grow, so data computed after a revision was seen is still valid if
	// the store has that revision when the data is requested again. Only a hit has to check.
	revision int64
	seen     bool
	bytes    int
	entries  *simplelru.LRU[string, json.RawMessage]
}

// maxCachedRequest is the length in bytes above which an operation with its variables is not cached.
const maxCachedRequest = 32 << 10

// newResponseCache returns a cache of at most maxBytes of keys and data; 0 disables it.
func newResponseCache(log store.ChangeLog, maxBytes int) *responseCache {
	c := &responseCache{log: log, maxBytes: maxBytes}
	evicted := func(key string, data json.RawMessage) { c.bytes -= len(key) + len(data) }
	c.entries, _ = simplelru.NewLRU(math.MaxInt, evicted) // fails only for sizes below 1
	return c
}

// respond returns the cached response of an operation, or executes it with next and caches the result.
func (c *responseCache) respond(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	key := cacheKey(graphql.GetOperationContext(ctx))
	if c.maxBytes == 0 || key == "" {
		return next(ctx)
	}
	data, at, seen := c.get(key)
	if data != nil || !seen {
		current, err := c.log.Revision(ctx)
		switch {
		case err != nil:
			return next(ctx) // which reports the error itself
		case data != nil && current == at:
			return &graphql.Response{Data: data}
		}
		c.setRevision(current)
		at = current
	}
	response := next(ctx)
	if response != nil && len(response.Errors) == 0 && len(response.Extensions) == 0 && ctx.Err() == nil {
		c.put(at, key, response.Data)
	}
	return response
}

// cacheKey returns everything that a response depends on except the store; "" if the operation is not cached.
func cacheKey(op *graphql.OperationContext) string {
	if op.Operation == nil || op.Operation.Operation != ast.Query || len(op.RawQuery) > maxCachedRequest {
		return ""
	}
	variables, err := json.Marshal(op.Variables)
	if err != nil || len(op.RawQuery)+len(variables) > maxCachedRequest {
		return ""
	}
	return op.RawQuery + "\x00" + op.OperationName + "\x00" + string(variables)
}

func (c *responseCache) get(key string) (data json.RawMessage, revision int64, seen bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	data, _ = c.entries.Get(key)
	return data, c.revision, c.seen
}

// setRevision invalidates all entries if the revision has changed.
func (c *responseCache) setRevision(revision int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.revision != revision || !c.seen {
		c.entries.Purge()
		c.revision, c.seen = revision, true
	}
}

// put adds data that was computed at a revision, unless that is stale. It skips entries larger than 1/16 of the cache.
func (c *responseCache) put(revision int64, key string, data json.RawMessage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.revision != revision || len(data) > c.maxBytes/16 || c.entries.Contains(key) {
		return
	}
	c.entries.Add(key, data)
	for c.bytes += len(key) + len(data); c.bytes > c.maxBytes; {
		c.entries.RemoveOldest()
	}
}
