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

// event is one of about four thousand bytes, read along with what was asked for.
func event(n int, asked store.Prefetch) store.PrefetchedEvent {
	e := store.PrefetchedEvent{Event: kg.Event{ID: kg.ID(fmt.Sprint("event:", n))}, Prefetched: &store.Prefetched{Requested: asked, Claims: n}}
	e.Titles = []kg.Name{{Value: strings.Repeat("x", 2880)}}
	return e
}

// there are those of the events that are kept.
func there(e *cache.Events, revision int64, asked store.Prefetch, events ...int) (found []int) {
	for _, n := range events {
		into := make([]store.PrefetchedEvent, 1)
		if len(e.Get(revision, asked, []kg.ID{event(n, asked).ID}, into)) == 0 && into[0].Prefetched.Claims == n {
			found = append(found, n)
		}
	}
	return found
}

func TestEventsAreKept(t *testing.T) {
	edges, claims := store.Prefetch{Edges: kg.WantLocations}, store.Prefetch{Claims: true}
	both := store.Prefetch{Edges: kg.WantLocations, Claims: true}
	e := cache.NewEvents(80_000)
	e.Put(7, both, []store.PrefetchedEvent{event(1, both)})
	e.Put(7, edges, []store.PrefetchedEvent{event(2, edges)})
	for _, c := range []struct {
		what     string
		revision int64
		asked    store.Prefetch
		want     []int
	}{
		{"of edges", 7, edges, []int{1, 2}}, {"of claims", 7, claims, []int{1}}, {"of ends too", 7, store.Prefetch{Edges: kg.WantLocations, Neighbors: true}, nil},
		{"after a write", 8, edges, nil}, {"of what was before it", 7, edges, []int{1, 2}},
	} {
		if got := there(e, c.revision, c.asked, 1, 2, 3); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
	for n := range 24 {
		e.Put(9, edges, []store.PrefetchedEvent{event(n, edges)})
		there(e, 9, edges, 0) // so that it was asked for lately
	}
	if got := there(e, 9, edges, 0, 1, 2, 3, 4, 21, 22, 23); !slices.Equal(got, []int{0, 21, 22, 23}) {
		t.Errorf("of 24 in the room of less than 20 are kept %v", got)
	}
}

func TestPromising(t *testing.T) {
	e := cache.NewEvents(1 << 20)
	if e.HitRateHigh() {
		t.Error("nothing was asked for yet")
	}
	e.Put(1, store.Prefetch{}, []store.PrefetchedEvent{event(1, store.Prefetch{})})
	for range 100 {
		there(e, 1, store.Prefetch{}, 1)
	}
	if !e.HitRateHigh() {
		t.Error("what was asked for was there")
	}
	for range 100 {
		there(e, 1, store.Prefetch{}, 2)
	}
	if e.HitRateHigh() {
		t.Error("what was asked for was not there")
	}
}

func TestEnds(t *testing.T) {
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
	}{{long(1), 1}, {long(1), 1}, {long(2), 2}, {long(1), 2}, {long(3), 3}, {long(4), 4}, {long(1), 4}, {long(4), 4}, {long(2), 5}} {
		if n, err := get(c.record); err != nil || n.NodeID() != kg.ID(c.record[:7]) || decoded != c.decoded {
			t.Errorf("%.7s: %v, %v after %d decoded, want %d", c.record, n, err, decoded, c.decoded)
		}
	}
	if _, err := get(""); err == nil {
		t.Error("an error is lost")
	}
}
