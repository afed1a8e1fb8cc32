package flight_test

import (
	"context"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/flight"
)

// TestNobodyWaits asks with a context that has ended: nothing is read, each time.
func TestNobodyWaits(t *testing.T) {
	r, turn := flight.New(), flight.NewTurn()
	defer r.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 100 {
		_, err := flight.Read(ctx, r, turn, func(context.Context) (int, error) { t.Error("it was read"); return 1, nil })
		if kg.CodeOf(err) != kg.Timeout {
			t.Fatalf("who asks too late is told %v", err)
		}
	}
}

// TestBegin begins a reading, and another one while it goes on: that is not begun, and nobody waits.
func TestBegin(t *testing.T) {
	r, turn := flight.New(), flight.NewTurn()
	begun, proceed := make(chan int, 2), make(chan struct{})
	for n := range 2 {
		flight.Begin(t.Context(), r, turn, func(context.Context) error { begun <- n; <-proceed; return nil })
		if n == 0 {
			<-begun
		}
	}
	close(proceed)
	r.Close()
	if len(begun) > 0 {
		t.Error("two readings had one turn")
	}
	flight.Begin(t.Context(), r, turn, func(context.Context) error { t.Error("a closed store is read"); return nil })
	turn <- struct{}{} // and the turn was given back
}
