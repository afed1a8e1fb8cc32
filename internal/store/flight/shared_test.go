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

// TestSharedIsNewerThanTheQuestion lets many ask for a number that grows: nobody may be given one that is older than his question.
func TestSharedIsNewerThanTheQuestion(t *testing.T) {
	r := flight.New()
	defer r.Close()
	var now, reads atomic.Int64
	s := flight.Share(r, func(context.Context) (int64, error) {
		reads.Add(1)
		at := now.Load()
		time.Sleep(100 * time.Microsecond)
		return at, nil
	})
	const askers, times = 16, 50
	var all sync.WaitGroup
	for range askers {
		all.Go(func() {
			for range times {
				asked := now.Add(1)
				got, err := s.Read(t.Context())
				if err != nil || got < asked {
					t.Errorf("asked at %d, got %d, %v", asked, got, err)
					return
				}
			}
		})
	}
	all.Wait()
	if n := reads.Load(); n > askers*times/2 {
		t.Errorf("%d questions were %d readings", askers*times, n)
	}
}

// TestSharedAlone asks while a reading goes on that does not end: who has no more patience is told so, and the next reading is theirs who
// still wait, whatever became of who asked first.
func TestSharedAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := flight.New()
		defer r.Close()
		reads, broken := 0, errors.New("broken")
		s := flight.Share(r, func(ctx context.Context) (int, error) {
			if reads++; reads == 1 {
				<-ctx.Done() // it hangs
				return 0, broken
			}
			return reads, ctx.Err()
		})
		brief, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := s.Read(brief); kg.CodeOf(err) != kg.Timeout {
			t.Errorf("who has no patience is told %v", err)
		}
		if got, err := s.Read(t.Context()); err != nil || got != 2 {
			t.Errorf("who asks later gets %d, %v", got, err)
		}
		if _, err := s.Read(brief); kg.CodeOf(err) != kg.Timeout || reads != 2 {
			t.Errorf("who asks too late is told %v after %d readings", err, reads)
		}
	})
}

// TestSharedFails gives all who share a reading its error, and what is asked after it a new one.
func TestSharedFails(t *testing.T) {
	r := flight.New()
	broken := errors.New("broken")
	err := broken
	s := flight.Share(r, func(context.Context) (int, error) { return 1, err })
	if _, got := s.Read(t.Context()); !errors.Is(got, broken) {
		t.Error(got)
	}
	err = nil
	if got, err := s.Read(t.Context()); err != nil || got != 1 {
		t.Error(got, err)
	}
	r.Close()
	if _, err := s.Read(t.Context()); kg.CodeOf(err) != kg.Unavailable {
		t.Errorf("of a closed store is told %v", err)
	}
}
