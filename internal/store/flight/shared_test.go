package flight_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"casus/internal/kg"
	"casus/internal/store/flight"
)

// TestSharedIsNotOlderThanTheCall reads a growing number from many goroutines: none receives one older than its call.
func TestSharedIsNotOlderThanTheCall(t *testing.T) {
	g := flight.New()
	defer g.Close()
	var now, reads atomic.Int64
	s := flight.Share(g, func(context.Context) (int64, error) {
		reads.Add(1)
		at := now.Load()
		time.Sleep(100 * time.Microsecond)
		return at, nil
	})
	const callers, times = 16, 50
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			for range times {
				called := now.Add(1)
				got, err := s.Read(t.Context())
				if err != nil || got < called {
					t.Errorf("called at %d, got %d, %v", called, got, err)
					return
				}
			}
		})
	}
	all.Wait()
	if n := reads.Load(); n > callers*times/2 {
		t.Errorf("%d calls made %d reads", callers*times, n)
	}
}

// TestSharedTimesOut reads while another read hangs. A caller with a short deadline gets TIMEOUT. The next read serves
// the callers that still wait, even if the first read failed.
func TestSharedTimesOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := flight.New()
		defer g.Close()
		reads, broken := 0, errors.New("broken")
		s := flight.Share(g, func(ctx context.Context) (int, error) {
			if reads++; reads == 1 {
				<-ctx.Done() // it hangs
				return 0, broken
			}
			return reads, ctx.Err()
		})
		brief, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := s.Read(brief); kg.CodeOf(err) != kg.Timeout {
			t.Errorf("with a short deadline: %v, want TIMEOUT", err)
		}
		if got, err := s.Read(t.Context()); err != nil || got != 2 {
			t.Errorf("a later call returns %d, %v", got, err)
		}
		if _, err := s.Read(brief); kg.CodeOf(err) != kg.Timeout || reads != 2 {
			t.Errorf("after the deadline: %v, %d reads", err, reads)
		}
	})
}

// TestSharedFails returns a read's error to its callers, and reads again for later ones.
func TestSharedFails(t *testing.T) {
	g := flight.New()
	broken := errors.New("broken")
	err := broken
	s := flight.Share(g, func(context.Context) (int, error) { return 1, err })
	if _, got := s.Read(t.Context()); !errors.Is(got, broken) {
		t.Error(got)
	}
	err = nil
	if got, err := s.Read(t.Context()); err != nil || got != 1 {
		t.Error(got, err)
	}
	g.Close()
	if _, err := s.Read(t.Context()); kg.CodeOf(err) != kg.Unavailable {
		t.Errorf("closed: %v, want UNAVAILABLE", err)
	}
}
