package cache_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/cache"
	"casus/internal/store/flight"
)

type log struct {
	store.ChangeLog
	revision int64
}

func (l *log) Revision(context.Context) (int64, error) { return l.revision, nil }

func TestRowsAreReadOnceARevision(t *testing.T) {
	l, reads := &log{revision: 7}, 0
	a := cache.NewResults(l, flight.New())
	ask := func(question string, rows ...int) []int {
		t.Helper()
		got, err := cache.Rows(t.Context(), a, question, func(context.Context) ([]int, error) { reads++; return rows, nil })
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for _, c := range []struct {
		revision int64
		question string
		rows     []int
		want     []int
		reads    int
	}{
		{7, "a", []int{1}, []int{1}, 1}, {7, "a", []int{2}, []int{1}, 1}, {7, "b", []int{3}, []int{3}, 2}, {8, "a", []int{4}, []int{4}, 3},
		{8, "none", nil, nil, 4}, {8, "none", []int{5}, []int{5}, 5}, {7, "a", []int{6}, []int{6}, 6},
	} {
		l.revision = c.revision
		if got := ask(c.question, c.rows...); !slices.Equal(got, c.want) || reads != c.reads {
			t.Errorf("%s at %d: %v after %d reads, want %v after %d", c.question, c.revision, got, reads, c.want, c.reads)
		}
	}
}

// TestLeastRecentlyUsedIsEvicted asks one question more than there is room for: the one used longest ago is read again, no other.
func TestLeastRecentlyUsedIsEvicted(t *testing.T) {
	a, reads := cache.NewResults(&log{}, flight.New()), 0
	ask := func(n int) {
		t.Helper()
		if _, err := cache.Rows(t.Context(), a, strconv.Itoa(n), func(context.Context) ([]int, error) { reads++; return []int{n}, nil }); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 64 {
		ask(n)
	}
	ask(0)
	ask(64)
	for n := 2; n <= 64; n++ {
		ask(n)
	}
	if ask(0); reads != 65 {
		t.Errorf("%d reads of 65 questions", reads)
	}
	if ask(1); reads != 66 {
		t.Errorf("%d reads: the least recently used answer is still there", reads)
	}
}

func TestWhatFailsIsNotKept(t *testing.T) {
	a := cache.NewResults(&log{}, flight.New())
	broken := errors.New("broken")
	if _, err := cache.Rows(t.Context(), a, "a", func(context.Context) ([]int, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	if got, err := cache.Rows(t.Context(), a, "a", func(context.Context) ([]int, error) { return []int{1}, nil }); err != nil || len(got) != 1 {
		t.Error(got, err)
	}
}

// TestWaitingEndsWithTheContext asks while somebody else still reads.
func TestWaitingEndsWithTheContext(t *testing.T) {
	a := cache.NewResults(&log{}, flight.New())
	if _, err := cache.Rows(t.Context(), a, "a", func(context.Context) ([]int, error) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := cache.Rows(ctx, a, "a", func(context.Context) ([]int, error) { return nil, nil })
		if kg.CodeOf(err) != kg.Timeout {
			t.Errorf("who waits is told %v", err)
		}
		return nil, nil
	}); err != nil {
		t.Error(err)
	}
}

// TestReadingGoesOn asks with little patience, and then again: what was begun is not begun anew.
func TestReadingGoesOn(t *testing.T) {
	a := cache.NewResults(&log{}, flight.New())
	reads, proceed := 0, make(chan struct{})
	ask := func(ctx context.Context) ([]int, error) {
		return cache.Rows(ctx, a, "a", func(context.Context) ([]int, error) {
			reads++
			<-proceed
			return []int{reads}, nil
		})
	}
	impatient, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	if _, err := ask(impatient); kg.CodeOf(err) != kg.Timeout {
		t.Errorf("who has no patience is told %v", err)
	}
	time.AfterFunc(10*time.Millisecond, func() { close(proceed) })
	if rows, err := ask(t.Context()); err != nil || !slices.Equal(rows, []int{1}) {
		t.Errorf("who asks again gets %v, %v", rows, err)
	}
}

// TestCloseEndsReadings closes while something is read that nobody waits for.
func TestCloseEndsReadings(t *testing.T) {
	readings := flight.New()
	a := cache.NewResults(&log{}, readings)
	ended := false
	impatient, cancel := context.WithCancel(t.Context())
	if _, err := cache.Rows(impatient, a, "a", func(ctx context.Context) ([]int, error) {
		cancel()
		<-ctx.Done()
		ended = true
		return nil, ctx.Err()
	}); err == nil {
		t.Error("it was answered")
	}
	readings.Close()
	if !ended {
		t.Error("the reading goes on")
	}
	if _, err := cache.Rows(t.Context(), a, "b", func(context.Context) ([]int, error) { return []int{1}, nil }); kg.CodeOf(err) != kg.Unavailable {
		t.Errorf("of a closed store is told %v", err)
	}
}
