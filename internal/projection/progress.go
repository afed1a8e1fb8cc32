package projection

import (
	"context"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
)

// CountAfter is the time after which a build counts what there is to read, to report its progress. Most builds end
// before.
const CountAfter = time.Second

// CountIfSlow calls count after CountAfter, unless ctx ends before.
func CountIfSlow(ctx context.Context, count func(context.Context)) {
	select {
	case <-time.After(CountAfter):
		count(ctx)
	case <-ctx.Done():
	}
}

// Explain returns the error of a query, or UNAVAILABLE with the progress if the query timed out while a build is
// running. progress returns a description of the running reads, and whether a build is running.
func Explain(err error, progress func() (reading string, running bool)) error {
	if kg.CodeOf(err) != kg.Timeout {
		return err
	}
	if reading, running := progress(); running {
		return store.NotReady(reading)
	}
	return err
}
