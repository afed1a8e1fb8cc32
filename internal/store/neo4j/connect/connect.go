// Package connect opens the connections to a Neo4j server: ones that retry for half a minute and, for the reads of a
// program that serves queries, ones that fail within a second while Neo4j cannot be reached.
package connect

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"

	"casus/internal/kg"
)

const (
	// connectTime and retryTime bound the time to connect and the time for which a transaction is retried.
	connectTime, retryTime = 5 * time.Second, 30 * time.Second
	// fastConnect and fastRetry are the same for reads that fail fast, fastPause the time between two attempts.
	fastConnect, fastRetry, fastPause = 700 * time.Millisecond, 250 * time.Millisecond, 50 * time.Millisecond
	// awayTime is the time for which reads fail at once after one could not reach the server, since an operation has
	// several reads.
	awayTime = 500 * time.Millisecond
)

// Drivers are the connections to one server.
type Drivers struct {
	neo4j.DriverWithContext
	reads    neo4j.DriverWithContext
	failFast bool
	// awayUntil is the Unix time in nanoseconds until which reads fail at once.
	awayUntil atomic.Int64
}

// Open returns the connections to the server at a URL. It does not connect yet. Errors are BAD_INPUT.
func Open(url string, auth neo4j.AuthToken, failFast bool) (*Drivers, error) {
	retrying, err := newDriver(url, auth, connectTime, retryTime)
	if err != nil {
		return nil, err
	}
	d := &Drivers{DriverWithContext: retrying, reads: retrying, failFast: failFast}
	if failFast {
		if d.reads, err = newDriver(url, auth, fastConnect, 0); err != nil {
			return nil, errors.Join(err, retrying.Close(context.Background()))
		}
	}
	return d, nil
}

func newDriver(url string, auth neo4j.AuthToken, connect, retry time.Duration) (neo4j.DriverWithContext, error) {
	driver, err := neo4j.NewDriverWithContext(url, auth, func(c *config.Config) {
		c.ConnectionAcquisitionTimeout = 10 * time.Second
		c.SocketConnectTimeout = connect
		c.MaxTransactionRetryTime = retry
		c.UserAgent = "casus"
		c.TelemetryDisabled = true
	})
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "%s is not a valid URL of a Neo4j server: %w", url, err)
	}
	return driver, nil
}

// Close closes all connections.
func (d *Drivers) Close(ctx context.Context) error {
	err := d.DriverWithContext.Close(ctx)
	if d.failFast {
		err = errors.Join(err, d.reads.Close(ctx))
	}
	return err
}

// Reader returns the driver for reading.
func (d *Drivers) Reader() neo4j.DriverWithContext { return d.reads }

// Read calls read, which uses the driver for reading. If reads fail fast, it repeats a retryable read for fastRetry,
// since a restart of the server breaks idle connections, and returns UNAVAILABLE at once for awayTime after the server
// could not be reached.
func (d *Drivers) Read(ctx context.Context, read func() error) error {
	if !d.failFast {
		return read()
	}
	began := time.Now()
	if began.UnixNano() < d.awayUntil.Load() {
		return kg.Errorf(kg.Unavailable, "Neo4j could not be reached a moment ago")
	}
	for {
		err := read()
		if err == nil || ctx.Err() != nil { // an interrupted read says nothing about the server
			return err
		}
		cause, retryable := causeOf(err)
		if !retryable || time.Since(began) > fastRetry {
			if errors.As(cause, new(*neo4j.ConnectivityError)) {
				d.awayUntil.Store(time.Now().Add(awayTime).UnixNano())
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

// causeOf returns the last error of a transaction, and whether it may succeed when it is tried again.
func causeOf(err error) (cause error, retryable bool) {
	var limit *neo4j.TransactionExecutionLimit
	if errors.As(err, &limit) && len(limit.Errors) > 0 {
		return limit.Errors[len(limit.Errors)-1], true
	}
	return err, neo4j.IsRetryable(err)
}
