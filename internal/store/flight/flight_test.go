package flight_test

import (
	"context"
	"testing"

	"golang.org/x/sync/semaphore"

	"casus/internal/kg"
	"casus/internal/store/flight"
)

// TestReadWithEndedContext passes a context that has ended: nothing is read, each time.
func TestReadWithEndedContext(t *testing.T) {
	g, sem := flight.New(), semaphore.NewWeighted(1)
	defer g.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 100 {
		_, err := flight.Read(ctx, g, sem, func(context.Context) (int, error) {
			t.Error("the function was called")
			return 1, nil
		})
		if kg.CodeOf(err) != kg.Timeout {
			t.Fatalf("got %v, want TIMEOUT", err)
		}
	}
}

// TestBegin starts a second read while the first one runs: the second is dropped, and Begin does not wait.
func TestBegin(t *testing.T) {
	g, sem := flight.New(), semaphore.NewWeighted(1)
	started, proceed := make(chan int, 2), make(chan struct{})
	for n := range 2 {
		flight.Begin(t.Context(), g, sem, func(context.Context) error { started <- n; <-proceed; return nil })
		if n == 0 {
			<-started
		}
	}
	close(proceed)
	g.Close()
	if len(started) > 0 {
		t.Error("two reads ran at the same time")
	}
	flight.Begin(t.Context(), g, sem, func(context.Context) error { t.Error("a closed store is read"); return nil })
	if !sem.TryAcquire(1) {
		t.Error("the semaphore was not released")
	}
}
