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

func TestRowsAreReadOncePerRevision(t *testing.T) {
	l, reads := &log{revision: 7}, 0
	a := cache.NewResults(l, flight.New())
	query := func(key string, rows ...int) []int {
		t.Helper()
		read := func(context.Context) ([]int, error) { reads++; return rows, nil }
		got, err := cache.Rows(t.Context(), a, key, read)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for _, c := range []struct {
		revision int64
		key      string
		rows     []int
		want     []int
		reads    int
	}{
		{7, "a", []int{1}, []int{1}, 1},
		{7, "a", []int{2}, []int{1}, 1},
		{7, "b", []int{3}, []int{3}, 2},
		{8, "a", []int{4}, []int{4}, 3},
		{8, "none", nil, nil, 4},
		{8, "none", []int{5}, []int{5}, 5},
		{7, "a", []int{6}, []int{6}, 6},
	} {
		l.revision = c.revision
		if got := query(c.key, c.rows...); !slices.Equal(got, c.want) || reads != c.reads {
			t.Errorf("%s at %d: %v after %d reads, want %v after %d", c.key, c.revision, got, reads, c.want, c.reads)
		}
	}
}

// TestLeastRecentlyUsedIsEvicted caches one result more than fits: only the least recently used one is read again.
func TestLeastRecentlyUsedIsEvicted(t *testing.T) {
	a, reads := cache.NewResults(&log{}, flight.New()), 0
	query := func(n int) {
		t.Helper()
		read := func(context.Context) ([]int, error) { reads++; return []int{n}, nil }
		if _, err := cache.Rows(t.Context(), a, strconv.Itoa(n), read); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 64 {
		query(n)
	}
	query(0)
	query(64)
	for n := 2; n <= 64; n++ {
		query(n)
	}
	if query(0); reads != 65 {
		t.Errorf("%d reads of 65 results", reads)
	}
	if query(1); reads != 66 {
		t.Errorf("%d reads: the least recently used result was not evicted", reads)
	}
}

func TestErrorsAreNotCached(t *testing.T) {
	a := cache.NewResults(&log{}, flight.New())
	broken := errors.New("broken")
	fail := func(context.Context) ([]int, error) { return nil, broken }
	if _, err := cache.Rows(t.Context(), a, "a", fail); !errors.Is(err, broken) {
		t.Error(err)
	}
	read := func(context.Context) ([]int, error) { return []int{1}, nil }
	if got, err := cache.Rows(t.Context(), a, "a", read); err != nil || len(got) != 1 {
		t.Error(got, err)
	}
}

// TestWaitingEndsWithTheContext queries with an ended context while an identical query runs.
func TestWaitingEndsWithTheContext(t *testing.T) {
	a := cache.NewResults(&log{}, flight.New())
	if _, err := cache.Rows(t.Context(), a, "a", func(context.Context) ([]int, error) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := cache.Rows(ctx, a, "a", func(context.Context) ([]int, error) { return nil, nil })
		if kg.CodeOf(err) != kg.Timeout {
			t.Errorf("got %v, want TIMEOUT", err)
		}
		return nil, nil
	}); err != nil {
		t.Error(err)
	}
}

// TestReadContinuesAfterTimeout cancels a query and repeats it: the second call receives the result of the first read.
func TestReadContinuesAfterTimeout(t *testing.T) {
	a := cache.NewResults(&log{}, flight.New())
	reads, proceed := 0, make(chan struct{})
	query := func(ctx context.Context) ([]int, error) {
		return cache.Rows(ctx, a, "a", func(context.Context) ([]int, error) {
			reads++
			<-proceed
			return []int{reads}, nil
		})
	}
	cancelled, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	if _, err := query(cancelled); kg.CodeOf(err) != kg.Timeout {
		t.Errorf("cancelled: %v, want TIMEOUT", err)
	}
	time.AfterFunc(10*time.Millisecond, func() { close(proceed) })
	if rows, err := query(t.Context()); err != nil || !slices.Equal(rows, []int{1}) {
		t.Errorf("the second call returns %v, %v", rows, err)
	}
}

// TestCloseCancelsReads closes the group while a read runs whose caller has gone.
func TestCloseCancelsReads(t *testing.T) {
	reads := flight.New()
	a := cache.NewResults(&log{}, reads)
	ended := false
	cancelled, cancel := context.WithCancel(t.Context())
	if _, err := cache.Rows(cancelled, a, "a", func(ctx context.Context) ([]int, error) {
		cancel()
		<-ctx.Done()
		ended = true
		return nil, ctx.Err()
	}); err == nil {
		t.Error("a cancelled query succeeded")
	}
	reads.Close()
	if !ended {
		t.Error("the read was not cancelled")
	}
	read := func(context.Context) ([]int, error) { return []int{1}, nil }
	if _, err := cache.Rows(t.Context(), a, "b", read); kg.CodeOf(err) != kg.Unavailable {
		t.Errorf("closed: %v, want UNAVAILABLE", err)
	}
}
