package graph

import (
	"context"
	"encoding/json"

	"casus/internal/store"
	"casus/internal/store/cache"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// responseCache holds the data of responses until the store's revision changes. The revision covers writes of all
// processes, and nothing in a response depends on the clock.
type responseCache struct {
	log store.ChangeLog
	// data is keyed by cacheKey. Revisions only grow, so data computed after a revision was seen is still valid if the
	// store has that revision when the data is requested again. Only a hit has to check.
	data *cache.Cache[string, json.RawMessage]
}

// maxCachedRequest is the length in bytes above which an operation with its variables is not cached.
const maxCachedRequest = 32 << 10

// newResponseCache returns a cache of at most maxBytes of keys and data; 0 disables it.
func newResponseCache(log store.ChangeLog, maxBytes int) *responseCache {
	size := func(key string, data json.RawMessage) int { return len(key) + len(data) }
	return &responseCache{log, cache.New(maxBytes, size)}
}

// respond returns the cached response of an operation, or executes it with next and caches the result.
func (c *responseCache) respond(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	key := cacheKey(graphql.GetOperationContext(ctx))
	if !c.data.Enabled() || key == "" {
		return next(ctx)
	}
	data, at, found := c.data.Get(key)
	latest, seen := c.data.Revision()
	read, known := readRevision(ctx)
	if found || !seen || known {
		var err error
		if latest = read; !known {
			latest, err = c.log.Revision(ctx)
		}
		switch {
		case err != nil:
			return next(ctx) // which reports the error itself
		case found && latest == at:
			return &graphql.Response{Data: data}
		}
		c.data.SetRevision(latest)
	}
	response := next(ctx)
	if response != nil && len(response.Errors) == 0 && len(response.Extensions) == 0 && ctx.Err() == nil {
		c.data.Put(key, response.Data, latest)
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
