package main

import (
	"context"
	"io"
	"log/slog"
	"time"

	"casus/internal/store/cache"
)

const (
	// warmInterval is the time between two lines of progress.
	warmInterval = 5 * time.Second
	// saveTimeout bounds the writing of a snapshot when the server stops.
	saveTimeout = 30 * time.Second
)

// warm reads into memory, in the background, what a store's queries need, and prints the progress if that takes long.
// The server answers meanwhile, but is not ready. The returned function ends the reading and writes the snapshot.
func warm(ctx context.Context, st *cache.Store, log *slog.Logger, stderr io.Writer) (stop func()) {
	reading, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := st.Warm(reading); err != nil && reading.Err() == nil {
			log.Warn("the events are not prepared in memory: the first queries are slower", "error", err)
		}
	}()
	go printWarming(st, stderr, done)
	return func() {
		cancel()
		<-done
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), saveTimeout)
		defer cancel()
		if err := st.SaveSnapshot(ctx); err != nil {
			log.Warn("the next start reads all events again", "error", err)
		}
	}
}

// printWarming prints the progress until done is closed.
func printWarming(st *cache.Store, stderr io.Writer, done <-chan struct{}) {
	started, slow := time.Now(), false
	for {
		select {
		case <-time.After(warmInterval):
			if reading, warming := st.Progress(); warming {
				slow = true
				printLine(stderr, "%s", reading)
			}
		case <-done:
			if slow {
				printLine(stderr, "ready after %s", time.Since(started).Round(time.Second))
			}
			return
		}
	}
}
