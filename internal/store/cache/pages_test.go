package cache_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/cache"
	"casus/internal/store/storetest"
)

// TestPageFromIndex requests a page until the engine lists no events for it, before and after writes, and compares it
// with the engine's page.
func TestPageFromIndex(t *testing.T) {
	engine := newStore(t).(prefetchingStore)
	s := cache.Decorate(engine, cache.Options{})
	defer func() { _ = s.Close() }() // the queries report errors
	batches, _ := storetest.GeneratedBatches(4, false)
	plain := store.EventQuery{
		Order:  store.EventOrder{Direction: store.Desc},
		Window: store.Window{Limit: 7}, Total: true,
	}
	q := plain
	q.Prefetch = store.Prefetch{Edges: store.PrefetchableEdges, Neighbors: true, Claims: true}
	filled := 0
	for n, b := range batches {
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		var page store.Page[kg.Event]
		for began, listed := time.Now(), true; listed; {
			if time.Since(began) > 5*time.Minute {
				t.Fatal("five minutes after a write the index serves no page")
			}
			before := engine.lists.Load()
			pages, err := s.Events(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			page, listed = pages[0], engine.lists.Load() > before
		}
		want, err := engine.Store.Events(t.Context(), plain)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range page.Prefetched {
			if p == nil || !p.Requested.Has(q.Prefetch) {
				t.Errorf("not everything was prefetched for %s: %+v", page.Items[i].ID, p)
			}
			filled++
		}
		want[0].Revision = page.Revision
		page.Prefetched = nil
		if diff := cmp.Diff(want[0], page, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("after batch %d (-engine +index):\n%s", n, diff)
		}
	}
	if filled < 10 {
		t.Errorf("%d events in all pages", filled)
	}
}

// TestOtherListsAreTheEngines lists events with queries that no page in memory answers.
func TestOtherListsAreTheEngines(t *testing.T) {
	engine := newStore(t).(prefetchingStore)
	batches, _ := storetest.GeneratedBatches(4, false)
	for _, b := range batches {
		if _, err := engine.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	s := cache.Decorate(engine, cache.Options{})
	defer func() { _ = s.Close() }() // the queries report errors
	prefetch := store.Prefetch{Claims: true}
	moment := batches[len(batches)/2].RecordedAt
	for name, q := range map[string]store.EventQuery{
		"nothing prefetched": {},
		"exact":              {Prefetch: prefetch, View: kg.View{Identity: kg.IdentityExact}},
		"as of a moment":     {Prefetch: prefetch, View: kg.View{KnownAt: &moment}},
		"by tolls":           {Prefetch: prefetch, Order: store.EventOrder{Field: store.EventsByKilled}},
		"under a place":      {Prefetch: prefetch, Scope: &store.Scope{Relation: store.LocationTimeline, IDs: []kg.ID{"location:l1"}}},
	} {
		q.Window.Limit = 5
		for range 30 {
			before := engine.lists.Load()
			if _, err := s.Events(t.Context(), q); err != nil {
				t.Fatal(err)
			}
			if engine.lists.Load() != before+1 {
				t.Errorf("%s: the engine lists %d times", name, engine.lists.Load()-before)
			}
		}
	}
}

// TestNeighborsAreReadOnce requests overlapping pages: no node is read again until something is written.
func TestNeighborsAreReadOnce(t *testing.T) {
	engine := &nodeRecorder{prefetchingStore: newStore(t).(prefetchingStore)}
	batches, _ := storetest.GeneratedBatches(4, false)
	for _, b := range batches {
		if _, err := engine.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	s := cache.Decorate(engine, cache.Options{})
	defer func() { _ = s.Close() }() // the queries report errors
	q := store.EventQuery{Prefetch: store.Prefetch{Edges: store.PrefetchableEdges, Neighbors: true}}
	for _, q.Window.Limit = range []int{3, 30, 200} {
		if _, err := s.Events(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	once := slices.Compact(slices.Sorted(slices.Values(engine.read)))
	if len(engine.read) < 5 || len(once) != len(engine.read) {
		t.Errorf("%d nodes were read %d times", len(once), len(engine.read))
	}
	if _, err := s.Apply(t.Context(), kg.Batch{Actors: []kg.Actor{{
		ID: once[0], Kind: kg.ActorPerson, Names: []kg.Name{{Value: "Another Name"}},
	}}}); err != nil && kg.CodeOf(err) != kg.BadInput {
		t.Fatal(err)
	}
	engine.read = nil
	if _, err := s.Events(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	if len(engine.read) != len(once) {
		t.Errorf("after a write %d of %d nodes were read", len(engine.read), len(once))
	}
}

// nodeRecorder records the ids of the nodes that are read.
type nodeRecorder struct {
	prefetchingStore
	read []kg.ID
}

func (r *nodeRecorder) Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error) {
	r.read = append(r.read, ids...)
	return r.Store.Nodes(ctx, v, ids)
}
