package cache_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/storetest"
)

// TestPageFromIndex requests a page until the engine lists no events for it, before and after writes, and compares it
// with the engine's page.
func TestPageFromIndex(t *testing.T) {
	engine := newStore(t).(prefetchingStore)
	s := decorate(t, engine)
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
	batches := applyGenerated(t, engine)
	s := decorate(t, engine)
	prefetch := store.Prefetch{Claims: true}
	moment := batches[len(batches)/2].RecordedAt
	for name, q := range map[string]store.EventQuery{
		"nothing prefetched": {},
		"exact":              {Prefetch: prefetch, View: kg.View{Identity: kg.IdentityExact}},
		"as of a moment":     {Prefetch: prefetch, View: kg.View{KnownAt: &moment}},
		"by tolls":           {Prefetch: prefetch, Order: store.EventOrder{Field: store.EventsByKilled}},
		"under a place": {Prefetch: prefetch, Scope: &store.Scope{
			Relation: store.LocationTimeline, IDs: []kg.ID{"location:l1"}}},
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

// TestNeighborsAreDecodedOnce requests overlapping pages: the events share the nodes to which their edges lead.
func TestNeighborsAreDecodedOnce(t *testing.T) {
	engine := newStore(t).(prefetchingStore)
	applyGenerated(t, engine)
	s := decorate(t, engine)
	decoded := map[kg.ID]*kg.Name{}
	shared := 0
	for _, limit := range []int{3, 30, 200} {
		pages, err := s.Events(t.Context(), store.EventQuery{
			Prefetch: store.Prefetch{Edges: store.PrefetchableEdges, Neighbors: true}, Window: store.Window{Limit: limit},
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pages[0].Prefetched {
			for _, n := range p.Neighbors {
				a, ok := n.(kg.Actor)
				if !ok {
					continue
				}
				if first, seen := decoded[a.ID]; seen && first != &a.Names[0] {
					t.Errorf("%s was decoded again", a.ID)
				} else if seen {
					shared++
				}
				decoded[a.ID] = &a.Names[0]
			}
		}
	}
	if len(decoded) < 5 || shared < 20 {
		t.Errorf("%d actors were decoded, and shared %d times", len(decoded), shared)
	}
}

// TestEmptyPages lists events that no filter finds, between two pages of the same events: these stay cached.
func TestEmptyPages(t *testing.T) {
	engine := newStore(t).(prefetchingStore)
	applyGenerated(t, engine)
	s := decorate(t, engine)
	read := func(f *store.EventFilter) (first *store.Prefetched) {
		t.Helper()
		pages, err := s.Events(t.Context(), store.EventQuery{
			Filter: f, Prefetch: store.Prefetch{Edges: store.PrefetchableEdges}, Window: store.Window{Limit: 5},
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(pages[0].Prefetched) > 0 {
			first = pages[0].Prefetched[0]
		}
		return first
	}
	for began := time.Now(); ; {
		lists := engine.lists.Load()
		if read(nil); engine.lists.Load() == lists { // the index serves it
			break
		}
		if time.Since(began) > 5*time.Minute {
			t.Fatal("after five minutes the index serves no page")
		}
	}
	before := read(nil)
	if read(&store.EventFilter{Text: new("nothing has this word")}) != nil {
		t.Fatal("the page is not empty")
	}
	if before == nil || read(nil) != before {
		t.Error("an event was read again")
	}
}
