package cache_test

import (
	"context"
	"errors"
	"reflect"
	"sync/atomic"
	"testing"
	"time"

	"casus/internal/kg"
	"casus/internal/projection/aggregate"
	"casus/internal/store"
	"casus/internal/store/cache"
	"casus/internal/store/memory"
)

// countedStore counts the calls of Stats, which fail while broken is set.
type countedStore struct {
	*memory.Store
	calls  atomic.Int64
	broken atomic.Bool
}

func (s *countedStore) Stats(ctx context.Context) (store.Stats, error) {
	s.calls.Add(1)
	if s.broken.Load() {
		return store.Stats{}, errors.New("broken")
	}
	return s.Store.Stats(ctx)
}

// awaitTotals reads totals until they are as wanted.
func awaitTotals(t *testing.T, s *cache.Store, what string, wanted func(cache.Totals, bool) bool) {
	t.Helper()
	for range 2000 {
		if wanted(s.Totals(t.Context())) {
			return
		}
		time.Sleep(time.Millisecond)
	}
	found, ok := s.Totals(t.Context())
	t.Errorf("%s: %+v, %t", what, found, ok)
}

// TestTotals reads totals, which come from a count in the background, before and after writes.
func TestTotals(t *testing.T) {
	engine := &countedStore{Store: memory.New()}
	s := decorate(t, engine)
	if found, ok := s.Totals(t.Context()); ok {
		t.Errorf("before anything is counted: %+v", found)
	}
	awaitTotals(t, s, "an empty store", func(found cache.Totals, ok bool) bool {
		return ok && found.Nodes[kg.KindEvent] == 0
	})
	applyGenerated(t, engine)
	if found, ok := s.Totals(t.Context()); !ok || found.Nodes[kg.KindEvent] != 0 || engine.calls.Load() != 1 {
		t.Errorf("soon after a write the totals are counted again: %+v, %d calls", found, engine.calls.Load())
	}
	want, err := engine.Store.Stats(t.Context())
	if err != nil || want.Nodes[kg.KindEvent] < 10 {
		t.Fatal(want.Nodes, err)
	}
	counted := func(found cache.Totals, ok bool) bool {
		return ok && reflect.DeepEqual(found.Nodes, want.Nodes) && found.States == want.States
	}
	s.ExpireTotals()
	awaitTotals(t, s, "after a write", counted)
	calls := engine.calls.Load()
	for range 3 {
		s.ExpireTotals()
		s.Totals(t.Context())
		time.Sleep(5 * time.Millisecond)
	}
	if n := engine.calls.Load(); n != calls {
		t.Errorf("nothing was written, but the store counted %d times more", n-calls)
	}
	applyGenerated(t, engine)
	engine.broken.Store(true)
	s.ExpireTotals()
	s.Totals(t.Context())
	time.Sleep(5 * time.Millisecond)
	if found, ok := s.Totals(t.Context()); !counted(found, ok) {
		t.Errorf("the store is broken: %+v, %t, want the last totals", found, ok)
	}
}

// TestTotalsOfWarmStore compares the longest lists with the lists that a warmed store returns.
func TestTotalsOfWarmStore(t *testing.T) {
	engine := memory.New()
	applyGenerated(t, engine)
	s := decorate(t, engine)
	if err := s.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	var want aggregate.Longest
	list := func(relation store.Relation, id kg.ID) int {
		pages, err := s.Events(t.Context(), store.EventQuery{
			Scope: &store.Scope{Relation: relation, IDs: []kg.ID{id}}, Total: true,
		})
		if err != nil {
			t.Fatal(err)
		}
		return *pages[0].Total
	}
	actors, err := s.Actors(t.Context(), store.ActorQuery{Window: store.Window{Limit: store.MaxPageSize}})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range actors[0].Items {
		want.EventsOfActor = max(want.EventsOfActor, list(store.ActorTimeline, a.ID))
	}
	events, err := s.Events(t.Context(), store.EventQuery{Window: store.Window{Limit: store.MaxPageSize}})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events[0].Items {
		want.PartsOfEvent = max(want.PartsOfEvent, list(store.EventParts, e.ID))
	}
	if want.EventsOfActor < 2 || want.PartsOfEvent < 2 {
		t.Fatalf("the generated graph has too short lists: %+v", want)
	}
	for _, e := range events[0].Items {
		about, err := s.Claims(t.Context(), store.ClaimQuery{
			Scope: &store.Scope{Relation: store.SubjectClaims, IDs: []kg.ID{e.ID}}, Total: true,
		})
		if err != nil {
			t.Fatal(err)
		}
		want.ClaimsOfEvent = max(want.ClaimsOfEvent, *about[0].Total)
	}
	awaitTotals(t, s, "a warm store", func(found cache.Totals, ok bool) bool { return ok && found.Longest == want })
}
