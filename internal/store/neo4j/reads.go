package neo4j

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
)

// reads are the connections for reading. Those of a store with FailFast have settings of their own, so that an
// operation says within a second that the server is away.
type reads struct {
	driver   neo4j.DriverWithContext
	failFast bool
	// awayUntil is the Unix time in nanoseconds until which the server is taken for away.
	awayUntil atomic.Int64
}

const (
	// fastConnect is how long a connection may take with FailFast.
	fastConnect = 700 * time.Millisecond
	// fastRetry is the time after which a read is not tried again, fastPause the time between two attempts.
	fastRetry, fastPause = 250 * time.Millisecond, 50 * time.Millisecond
	// awayTime is how long reads fail without being tried when one found the server away. An operation has several.
	awayTime = 500 * time.Millisecond
)

// do calls read. With FailFast it calls it again for a moment if the server is away, since idle connections are broken
// after a restart, and fails at once if it was away a moment ago.
func (r *reads) do(ctx context.Context, read func() error) error {
	if !r.failFast {
		return read()
	}
	began := time.Now()
	if began.UnixNano() < r.awayUntil.Load() {
		return kg.Errorf(kg.Unavailable, "Neo4j could not be reached a moment ago")
	}
	for {
		err := read()
		away := isAway(err) && ctx.Err() == nil // an interrupted read tells nothing of the server
		if err == nil || time.Since(began) > fastRetry || !away && codeOf(ctx, err) != kg.Unavailable {
			if away {
				r.awayUntil.Store(time.Now().Add(awayTime).UnixNano())
			}
			return err
		}
		select {
		case <-time.After(fastPause):
		case <-ctx.Done():
			return err
		}
	}
}

// isAway reports whether the server could not be reached, or the connection broke.
func isAway(err error) bool {
	var network *neo4j.ConnectivityError
	var retried *neo4j.TransactionExecutionLimit
	if errors.As(err, &retried) && len(retried.Errors) > 0 {
		return isAway(retried.Errors[len(retried.Errors)-1])
	}
	return errors.As(err, &network)
}
