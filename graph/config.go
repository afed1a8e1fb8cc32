package graph

import (
	"log/slog"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
)

// The limits that hold where a Config does not say otherwise.
const (
	DefaultComplexity       = 50_000
	DefaultDepth            = 15
	DefaultTokens           = 5_000
	DefaultTimeout          = 10 * time.Second
	DefaultBodyBytes        = 1 << 20
	DefaultPersistedQueries = 1000
	DefaultBatchWait        = time.Millisecond
	DefaultAnswerBytes      = 64 << 20
)

// Config sets a handler's limits. Of each, 0 means the default and less than 0 no limit (of PersistedQueries and AnswerBytes: none
// are kept).
type Config struct {
	// Complexity bounds an operation's cost, roughly the fields it could answer with; see the rule at costs.
	Complexity int
	// Depth bounds how deep an operation's fields nest. Introspection is exempt: it has a bound of its own.
	Depth int
	// Tokens bounds the words and signs of a request's query.
	Tokens int
	// Timeout bounds how long one operation may take; then the store's queries are cancelled.
	Timeout time.Duration
	// BodyBytes bounds a request's body.
	BodyBytes int64
	// PersistedQueries is how many queries are remembered for clients that send hashes (automatic persisted queries).
	PersistedQueries int
	// BatchWait is how long the ids that one operation asks for are gathered before the store is asked.
	BatchWait time.Duration
	// AnswerBytes bounds the answers that are kept, with their questions, for whoever asks the same while nothing is written.
	AnswerBytes int
	// Networks answers paths and networks; nil: they are refused as UNAVAILABLE.
	Networks store.NetworkReader
	// Origins are the pages, such as "https://example.org", whose scripts may ask from elsewhere (CORS); "*" is any.
	// None: only pages of the same origin.
	Origins []string
	// Observe, if given, is told of every operation answered: whether it has data, and the codes of its errors.
	Observe func(data bool, codes []kg.ErrorCode)
	// Logger takes the details of errors that are not shown; nil: slog's default.
	Logger *slog.Logger
}

func (c Config) withDefaults() Config {
	c.Complexity = limit(c.Complexity, DefaultComplexity)
	c.Depth = limit(c.Depth, DefaultDepth)
	c.Tokens = limit(c.Tokens, DefaultTokens)
	c.Timeout = limit(c.Timeout, DefaultTimeout)
	c.BodyBytes = limit(c.BodyBytes, DefaultBodyBytes)
	c.PersistedQueries = limit(c.PersistedQueries, DefaultPersistedQueries)
	c.BatchWait = limit(c.BatchWait, DefaultBatchWait)
	c.AnswerBytes = limit(c.AnswerBytes, DefaultAnswerBytes)
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
