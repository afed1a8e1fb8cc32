package neo4j

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/storetest"
	neo4jtest "casus/internal/testkit/neo4j"
)

// TestPageFromIndex requests a page until the index serves it, before and after writes, and compares it with the page
// from the engine.
func TestPageFromIndex(t *testing.T) {
	s, err := Open(t.Context(), Options{URL: neo4jtest.NewKeeping(t, "Migration")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }() // the queries report errors
	batches, _ := storetest.GeneratedBatches(4, false)
	plain := store.EventQuery{
		Order:  store.EventOrder{Field: store.EventsByTime, Direction: store.Desc},
		Window: store.Window{Limit: 7}, Total: true,
	}
	q := plain
	q.Prefetch = store.Prefetch{Edges: store.PrefetchableEdges, Neighbors: true, Claims: true}
	filled := 0
	for n, b := range batches {
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		if n%3 != 2 && n < len(batches)-1 {
			continue
		}
		var pages []store.Page[store.PrefetchedEvent]
		for began := time.Now(); pages == nil; {
			if time.Since(began) > 5*time.Minute {
				t.Fatal("five minutes after a write the index serves no page")
			}
			if _, err := s.Events(t.Context(), q); err != nil {
				t.Fatal(err)
			}
			pages, err = readView(t.Context(), s, q.View, func(b *builder) ([]store.Page[store.PrefetchedEvent], error) {
				return b.pageFromIndex(t.Context(), q)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		want, err := s.Events(t.Context(), plain)
		if err != nil {
			t.Fatal(err)
		}
		page := store.SplitPrefetched(pages[0])
		for i, p := range page.Prefetched {
			if p == nil {
				t.Errorf("nothing was prefetched for %s", page.Items[i].ID)
			}
			filled++
		}
		page.Prefetched = nil
		if diff := cmp.Diff(want, []store.Page[kg.Event]{page}); diff != "" {
			t.Errorf("after batch %d (-engine +index):\n%s", n, diff)
		}
	}
	if filled < 10 {
		t.Errorf("%d events in all pages", filled)
	}
}
