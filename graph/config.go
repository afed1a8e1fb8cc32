package graph

import (
	"context"
	"log/slog"
	"time"

	"casus/internal/kg"
	"casus/internal/store/cache"
	"casus/internal/store/relations"
)

// The defaults of a Config.
const (
	DefaultComplexity         = 50_000
	DefaultDepth              = 15
	DefaultTokens             = 5_000
	DefaultTimeout            = 10 * time.Second
	DefaultBodyBytes          = 1 << 20
	DefaultResponseBytes      = 16 << 20
	DefaultBatchWait          = time.Millisecond
	DefaultParsedQueryBytes   = 32 << 20
	DefaultPersistedBytes     = 32 << 20
	DefaultResponseCacheBytes = 64 << 20
)

// Config sets a handler's limits. 0 selects the default, a negative value means no limit; for a cache it disables
// the cache.
type Config struct {
	// Complexity bounds an operation's cost, roughly the number of keys in its response; see measure.
	Complexity int
	// Depth bounds how deep an operation's fields nest. Introspection is exempt: it has a bound of its own.
	Depth int
	// Tokens bounds the number of tokens of a query.
	Tokens int
	// Totals, if set, returns what the lists of the store can hold, which bounds their cost. Without it a list costs as
	// much as a full page. It must not wait.
	Totals func(context.Context) (cache.Totals, bool)
	// Timeout bounds the duration of an operation, and again that of writing its response to a slow client. The store's
	// queries are cancelled when it ends.
	Timeout time.Duration
	// ResponseBytes bounds the size of a response.
	ResponseBytes int
	// BodyBytes bounds the size of a request's body.
	BodyBytes int64
	// ParsedQueryBytes bounds the cache of parsed queries, PersistedQueryBytes that of queries for clients that send
	// hashes (automatic persisted queries).
	ParsedQueryBytes, PersistedQueryBytes int
	// BatchWait is how long a loader collects ids of an operation before it reads them from the store.
	BatchWait time.Duration
	// ResponseCacheBytes bounds the response cache, keys included.
	ResponseCacheBytes int
	// Networks serves the fields paths, network and link; if nil, they return UNAVAILABLE.
	Networks relations.Reader
	// Observe, if set, is called for every response with whether it has data and with the codes of its errors.
	Observe func(data bool, codes []kg.ErrorCode)
	// Logger receives the details of errors that clients do not see. Defaults to slog's default logger.
	Logger *slog.Logger
}

func (c Config) withDefaults() Config {
	c.Complexity = limit(c.Complexity, DefaultComplexity)
	c.Depth = limit(c.Depth, DefaultDepth)
	c.Tokens = limit(c.Tokens, DefaultTokens)
	c.Timeout = limit(c.Timeout, DefaultTimeout)
	c.BodyBytes = limit(c.BodyBytes, DefaultBodyBytes)
	c.ResponseBytes = limit(c.ResponseBytes, DefaultResponseBytes)
	c.ParsedQueryBytes = limit(c.ParsedQueryBytes, DefaultParsedQueryBytes)
	c.PersistedQueryBytes = limit(c.PersistedQueryBytes, DefaultPersistedBytes)
	c.BatchWait = limit(c.BatchWait, DefaultBatchWait)
	c.ResponseCacheBytes = limit(c.ResponseCacheBytes, DefaultResponseCacheBytes)
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	return c
}

func limit[T ~int | ~int64](v, fallback T) T {
	if v == 0 {
		return fallback
	}
	return max(v, 0)
}
