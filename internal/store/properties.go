package store

// Properties describe how to use a store efficiently. They never change a result.
type Properties struct {
	// ConcurrentWrites is the recommended number of concurrent calls of Apply, at least 1. It is 1 if batches wait for
	// each other anyway.
	ConcurrentWrites int
	// DeferredIndexes reports whether DropDeferredIndexes and BuildDeferredIndexes have an effect.
	DeferredIndexes bool
	// Prefetches reports whether lists of events in the default view return the edges and the claims that a Prefetch
	// requests.
	Prefetches bool
}

// Decorator is a store that adds something to another one, such as metrics or retries.
type Decorator interface {
	Store
	// Unwrap returns the decorated store.
	Unwrap() Store
}
