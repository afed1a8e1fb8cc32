// Package connect opens the connections to a Neo4j server: patient ones for loads, and for a server's reads ones that
// fail within a second while the database is away.
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
	// connectTime and retryTime are how long a connection may take, and a transaction be retried.
	connectTime, retryTime = 5 * time.Second, 30 * time.Second
	// fastConnect and fastRetry are the same for reads that fail fast, fastPause the time between two attempts.
	fastConnect, fastRetry, fastPause = 700 * time.Millisecond, 250 * time.Millisecond, 50 * time.Millisecond
	// awayTime is how long reads fail without being tried when one found the server away. An operation has several.
	awayTime = 500 * time.Millisecond
)

// Drivers are the connections to one server.
type Drivers struct {
	neo4j.DriverWithContext
	reads    neo4j.DriverWithContext
	failFast bool
	// awayUntil is the Unix time in nanoseconds until which the server is taken for away.
	awayUntil atomic.Int64
}

// Open returns the connections to the server at a URL. It does not connect yet. Errors are BAD_INPUT.
func Open(url string, auth neo4j.AuthToken, failFast bool) (*Drivers, error) {
	patient, err := newDriver(url, auth, connectTime, retryTime)
	if err != nil {
		return nil, err
	}
	d := &Drivers{DriverWithContext: patient, reads: patient, failFast: failFast}
	if failFast {
		if d.reads, err = newDriver(url, auth, fastConnect, 0); err != nil {
			return nil, errors.Join(err, patient.Close(context.Background()))
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

// Read calls read, which uses the driver for reading. If reads fail fast, it calls it again for a moment while the
// server is away, since idle connections are broken after a restart, and fails at once if the server was away a moment
// ago.
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
		if err == nil || ctx.Err() != nil { // an interrupted read tells nothing of the server
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
