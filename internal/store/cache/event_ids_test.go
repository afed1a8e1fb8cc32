package cache_test

import (
	"context"
	"reflect"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
)

// idRecorder counts the lists of ids that are read from the engine.
type idRecorder struct {
	*memory.Store
	lists int
}

func (r *idRecorder) EventIDs(ctx context.Context, v kg.View, f *store.EventFilter, yield func(kg.ID) error) error {
	r.lists++
	return r.Store.EventIDs(ctx, v, f, yield)
}

// TestOverviewsShareIDs asks for the overviews of a page with a filter by words, which the aggregate index does not
// cover: the engine selects the events once for each moment, and again after a write.
func TestOverviewsShareIDs(t *testing.T) {
	engine := &idRecorder{Store: memory.New()}
	applyGenerated(t, engine)
	s := decorate(t, engine)
	if err := s.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	words := "harbour"
	filter := &store.EventFilter{Text: &words}
	events := 0
	compare := func(v kg.View) {
		t.Helper()
		overviews := []func(store.Store) (any, error){
			func(s store.Store) (any, error) {
				found, err := s.Extent(t.Context(), store.ExtentQuery{View: v, Filter: filter})
				events += found.Events
				return found, err
			},
			func(s store.Store) (any, error) {
				return s.Buckets(t.Context(), store.BucketQuery{View: v, Filter: filter, Interval: edtf.IntervalMonth})
			},
			func(s store.Store) (any, error) {
				return s.Clusters(t.Context(), store.ClusterQuery{View: v, Filter: filter, Zoom: 3, Top: 3})
			},
			func(s store.Store) (any, error) {
				return s.Knowledge(t.Context(), store.KnowledgeQuery{View: v, Filter: filter, Interval: edtf.IntervalMonth})
			},
		}
		for i, overview := range overviews {
			got, err := overview(s)
			if err != nil {
				t.Fatal(err)
			}
			want, err := overview(engine.Store)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("overview %d as of %v: %v, want %v", i, v.KnownAt, got, want)
			}
		}
	}
	read := func(want int, when string) {
		t.Helper()
		if engine.lists != want {
			t.Errorf("%s: the engine listed ids %d times, want %d", when, engine.lists, want)
		}
		engine.lists = 0
	}
	all, err := engine.Extent(t.Context(), store.ExtentQuery{Known: true})
	if err != nil {
		t.Fatal(err)
	}
	moment := *all.FirstKnown + (*all.LastKnown-*all.FirstKnown)/2
	compare(kg.View{})
	read(1, "four overviews")
	compare(kg.View{KnownAt: &moment})
	compare(kg.View{KnownAt: &moment})
	read(1, "another moment, twice")
	if events == 0 {
		t.Error("no event has the word")
	}
	names := []kg.Name{{Value: "Ada Orr", Language: "en"}}
	node := kg.Batch{Actors: []kg.Actor{{ID: "actor:new", Kind: kg.ActorPerson, Names: names}}}
	if _, err := engine.Apply(t.Context(), node); err != nil {
		t.Fatal(err)
	}
	compare(kg.View{})
	read(1, "after a write")
}
