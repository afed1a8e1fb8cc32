package cache_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/cache"
)

// event returns an event of about 4,000 bytes with prefetched data.
func event(n int, requested store.Prefetch) store.PrefetchedEvent {
	e := store.PrefetchedEvent{
		Event:      kg.Event{ID: kg.ID(fmt.Sprint("event:", n))},
		Prefetched: &store.Prefetched{Requested: requested, Claims: n},
	}
	e.Titles = []kg.Name{{Value: strings.Repeat("x", 2880)}}
	return e
}

// cached returns the events that are in the cache.
func cached(e *cache.Events, revision int64, requested store.Prefetch, events ...int) (found []int) {
	for _, n := range events {
		dst := make([]store.PrefetchedEvent, 1)
		missing := e.Get(revision, requested, []kg.ID{event(n, requested).ID}, dst)
		if len(missing) == 0 && dst[0].Prefetched.Claims == n {
			found = append(found, n)
		}
	}
	return found
}

func TestEventsGetAndPut(t *testing.T) {
	edges, claims := store.Prefetch{Edges: kg.WantLocations}, store.Prefetch{Claims: true}
	both := store.Prefetch{Edges: kg.WantLocations, Claims: true}
	e := cache.NewEvents(80_000)
	e.Put(7, both, []store.PrefetchedEvent{event(1, both)})
	e.Put(7, edges, []store.PrefetchedEvent{event(2, edges)})
	for _, c := range []struct {
		name      string
		revision  int64
		requested store.Prefetch
		want      []int
	}{
		{"with edges", 7, edges, []int{1, 2}},
		{"with claims", 7, claims, []int{1}},
		{"with neighbors", 7, store.Prefetch{Edges: kg.WantLocations, Neighbors: true}, nil},
		{"after a write", 8, edges, nil},
		{"at the earlier revision", 7, edges, []int{1, 2}},
	} {
		if got := cached(e, c.revision, c.requested, 1, 2, 3); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	for n := range 24 {
		e.Put(9, edges, []store.PrefetchedEvent{event(n, edges)})
		cached(e, 9, edges, 0) // makes it the most recently used one
	}
	if got := cached(e, 9, edges, 0, 1, 2, 3, 4, 21, 22, 23); !slices.Equal(got, []int{0, 21, 22, 23}) {
		t.Errorf("24 events in a cache for fewer than 20: %v are cached", got)
	}
}

func TestHitRateHigh(t *testing.T) {
	e := cache.NewEvents(1 << 20)
	if e.HitRateHigh() {
		t.Error("the hit rate is high before the first lookup")
	}
	e.Put(1, store.Prefetch{}, []store.PrefetchedEvent{event(1, store.Prefetch{})})
	for range 100 {
		cached(e, 1, store.Prefetch{}, 1)
	}
	if !e.HitRateHigh() {
		t.Error("the hit rate is low after 100 hits")
	}
	for range 100 {
		cached(e, 1, store.Prefetch{}, 2)
	}
	if e.HitRateHigh() {
		t.Error("the hit rate is high after 100 misses")
	}
}

func TestNeighbor(t *testing.T) {
	e, decoded := cache.NewEvents(8000), 0
	get := func(record string) (kg.Node, error) {
		return e.Neighbor(record, func(string) (kg.Node, error) {
			if decoded++; record == "" {
				return nil, errors.New("no record")
			}
			return kg.Actor{ID: kg.ID(record[:7])}, nil
		})
	}
	long := func(n int) string { return fmt.Sprintf("actor:%d%s", n, strings.Repeat("x", 300)) }
	for _, c := range []struct {
		record  string
		decoded int
	}{
		{long(1), 1}, {long(1), 1}, {long(2), 2}, {long(1), 2}, {long(3), 3}, {long(4), 4}, {long(1), 4}, {long(4), 4},
		{long(2), 5},
	} {
		if n, err := get(c.record); err != nil || n.NodeID() != kg.ID(c.record[:7]) || decoded != c.decoded {
			t.Errorf("%.7s: %v, %v after %d decoded, want %d", c.record, n, err, decoded, c.decoded)
		}
	}
	if _, err := get(""); err == nil {
		t.Error("the error is lost")
	}
}
