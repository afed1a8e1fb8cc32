package cache_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/storetest"
)

func TestSearches(t *testing.T) { storetest.Searches(t, harness(), oracle, 2) }

// searchRecorder counts searches.
type searchRecorder struct {
	*memory.Store
	searches int
}

func (r *searchRecorder) Search(ctx context.Context, q store.SearchQuery) (store.Page[store.Hit], error) {
	r.searches++
	return r.Store.Search(ctx, q)
}

// TestSearchPages reads all hits of a search page by page and compares each page with the engine's. The engine searches
// once for the first page and once for every block of hits.
func TestSearchPages(t *testing.T) {
	engine := &searchRecorder{Store: memory.New()}
	s := decorate(t, engine)
	var b kg.Batch
	for n := range 450 {
		b.Actors = append(b.Actors, kg.Actor{
			ID: kg.ID(fmt.Sprintf("actor:%03d", n)), Kind: kg.ActorOrganization, Names: []kg.Name{{Value: "Harbour office"}},
		})
	}
	if _, err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	read := func(w store.Window) store.Page[store.Hit] {
		t.Helper()
		q := store.SearchQuery{Text: "harbour", Window: w}
		got, err := s.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		want, err := engine.Store.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("after %v (-engine +cache):\n%s", w.After, diff)
		}
		return got
	}
	for round := range 2 {
		w, pages := store.Window{Limit: 20}, 0
		for more := true; more; pages++ {
			page := read(w)
			w.After, more = &page.Positions[len(page.Positions)-1], page.HasNext
		}
		// The second time the first page is cached, and the last block has replaced the others.
		if want := 4 + 3*round; pages != 23 || engine.searches != want {
			t.Errorf("round %d: %d pages, %d searches of the engine, want %d", round, pages, engine.searches, want)
		}
	}
	engine.searches = 0
	if _, err := s.Apply(t.Context(), kg.Batch{Actors: []kg.Actor{{
		ID: "actor:0005", Kind: kg.ActorOrganization, Names: []kg.Name{{Value: "Harbour office"}},
	}}}); err != nil {
		t.Fatal(err)
	}
	page := read(store.Window{Limit: 20})
	read(store.Window{Limit: 300, After: &page.Positions[19]})
	read(store.Window{Limit: 20, After: &store.Position{ID: "actor:zzz", Int: 2}})
	if engine.searches != 3 {
		t.Errorf("after a write: %d searches of the engine, want 3", engine.searches)
	}
}
