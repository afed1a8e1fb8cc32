package store

// Properties describe how a store is used best. They never change an answer.
type Properties struct {
	// ConcurrentWrites is the number of batches that Apply should be given at the same time: 1 where batches wait for one
	// another anyway, more where they overlap. At least 1.
	ConcurrentWrites int
	// DeferredIndexes reports whether DropDeferredIndexes and BuildDeferredIndexes have an effect.
	DeferredIndexes bool
}

// Decorator is a store that adds something to another one, such as metrics or retries.
type Decorator interface {
	Store
	// Unwrap returns the decorated store.
	Unwrap() Store
}
