package cache_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/cache"
	"casus/internal/store/memory"
)

// extents is a store whose extents are computed by a function. It is at a revision.
type extents struct {
	*memory.Store
	revision int64
	read     func(context.Context) (store.Extent, error)
	buckets  int
}

func (e *extents) Revision(context.Context) (int64, error) { return e.revision, nil }

func (e *extents) Extent(ctx context.Context, _ store.ExtentQuery) (store.Extent, error) {
	return e.read(ctx)
}

func (e *extents) Buckets(context.Context, store.BucketQuery) ([]store.Bucket, error) {
	e.buckets++
	return []store.Bucket{{Events: e.buckets}}, nil
}

// exact is a view that the aggregate index does not have.
var exact = kg.View{Identity: kg.IdentityExact}

func decorate(t *testing.T, engine store.Store) *cache.Store {
	s := cache.Decorate(engine, cache.Options{})
	t.Cleanup(func() { _ = s.Close() }) // a test may have closed it
	return s
}

func TestResultsAreReadOncePerRevision(t *testing.T) {
	engine, reads := &extents{Store: memory.New(), revision: 7}, 0
	engine.read = func(context.Context) (store.Extent, error) { reads++; return store.Extent{Events: reads}, nil }
	s := decorate(t, engine)
	for _, c := range []struct {
		revision int64
		filter   *store.EventFilter
		want     int
	}{
		{7, nil, 1},
		{7, nil, 1},
		{7, &store.EventFilter{Modes: []string{"a"}}, 2},
		{8, nil, 3},
		{8, &store.EventFilter{Modes: []string{"a"}}, 4},
		{8, &store.EventFilter{Modes: []string{"b"}}, 5},
		{8, nil, 3},
	} {
		engine.revision = c.revision
		got, err := s.Extent(t.Context(), store.ExtentQuery{View: exact, Filter: c.filter})
		if err != nil || got.Events != c.want || reads < c.want {
			t.Errorf("%v at %d: read %d, %v, want read %d", c.filter, c.revision, got.Events, err, c.want)
		}
	}
}

// TestZonesDiffer counts by the calendars of two zones.
func TestZonesDiffer(t *testing.T) {
	s := decorate(t, &extents{Store: memory.New(), revision: 7})
	count := func(zone *time.Location) int {
		got, err := s.Buckets(t.Context(), store.BucketQuery{View: exact, Interval: edtf.IntervalDay, Zone: zone})
		if err != nil {
			t.Fatal(err)
		}
		return got[0].Events
	}
	east := time.FixedZone("east", 3600)
	if a, b, c := count(time.UTC), count(east), count(time.UTC); a != 1 || b != 2 || c != 1 {
		t.Errorf("results %d, %d and %d", a, b, c)
	}
}

func TestErrorsAreNotCached(t *testing.T) {
	engine, broken := &extents{Store: memory.New(), revision: 7}, errors.New("broken")
	s := decorate(t, engine)
	engine.read = func(context.Context) (store.Extent, error) { return store.Extent{}, broken }
	if _, err := s.Extent(t.Context(), store.ExtentQuery{View: exact}); !errors.Is(err, broken) {
		t.Error(err)
	}
	engine.read = func(context.Context) (store.Extent, error) { return store.Extent{Events: 1}, nil }
	if got, err := s.Extent(t.Context(), store.ExtentQuery{View: exact}); err != nil || got.Events != 1 {
		t.Error(got, err)
	}
}

// TestReadContinuesAfterTimeout cancels a query and repeats it: the second call receives the result of the first read.
func TestReadContinuesAfterTimeout(t *testing.T) {
	engine, reads, proceed := &extents{Store: memory.New(), revision: 7}, 0, make(chan struct{})
	engine.read = func(context.Context) (store.Extent, error) {
		reads++
		<-proceed
		return store.Extent{Events: reads}, nil
	}
	s := decorate(t, engine)
	cancelled, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	if _, err := s.Extent(cancelled, store.ExtentQuery{View: exact}); kg.CodeOf(err) != kg.Timeout {
		t.Errorf("cancelled: %v, want TIMEOUT", err)
	}
	time.AfterFunc(10*time.Millisecond, func() { close(proceed) })
	if got, err := s.Extent(t.Context(), store.ExtentQuery{View: exact}); err != nil || got.Events != 1 {
		t.Errorf("the second call returns %v, %v", got, err)
	}
}

// TestCloseCancelsReads closes the store while a read runs whose caller was cancelled.
func TestCloseCancelsReads(t *testing.T) {
	ended := false
	cancelled, cancel := context.WithCancel(t.Context())
	engine := &extents{Store: memory.New(), revision: 7}
	engine.read = func(ctx context.Context) (store.Extent, error) {
		cancel()
		<-ctx.Done()
		ended = true
		return store.Extent{}, ctx.Err()
	}
	s := decorate(t, engine)
	if _, err := s.Extent(cancelled, store.ExtentQuery{View: exact}); err == nil {
		t.Error("a cancelled query succeeded")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if !ended {
		t.Error("the read was not cancelled")
	}
	if _, err := s.Extent(t.Context(), store.ExtentQuery{View: exact}); kg.CodeOf(err) != kg.Unavailable {
		t.Errorf("closed: %v, want UNAVAILABLE", err)
	}
}
