package storetest

import (
	"slices"
	"sync"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// testConcurrency applies the claims with several workers, many of them about the same events.
func testConcurrency(t *testing.T, h Harness) {
	want := worldDump(t, h)
	w := world()
	nodes, first := w, kg.Batch{RecordedAt: noon(31)}
	nodes.Claims = nil
	// Load each event's first claim first, so that all references resolve.
	rest := slices.DeleteFunc(slices.Clone(w.Claims), func(c kg.Claim) bool {
		for _, loaded := range first.Claims {
			if loaded.Subject == c.Subject {
				return false
			}
		}
		first.Claims = append(first.Claims, c)
		return true
	})
	// s7 supersedes s3, so s3 is loaded before the concurrent part.
	rest = slices.DeleteFunc(rest, func(c kg.Claim) bool {
		if c.ID == "claim:s3" {
			first.Claims = append(first.Claims, c)
			return true
		}
		return false
	})
	s := newStore(t, h, nodes, first)
	const workers = 4
	var wait sync.WaitGroup
	errs := make(chan error, len(rest))
	for worker := range workers {
		wait.Go(func() {
			for i := worker; i < len(rest); i += workers {
				// Every batch repeats the actors, so that workers also contend for nodes.
				_, err := s.Apply(t.Context(), kg.Batch{Actors: worldActors(), Claims: rest[i : i+1], RecordedAt: noon(31)})
				errs <- err
			}
		})
	}
	wait.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
	wantEqual(t, "stored graph", want, dump(t, s))
}

// testEmpty runs every kind of query against an empty store.
func testEmpty(t *testing.T, h Harness) {
	s := h.New(t)
	wantEqual(t, "events", 0, len(list(t, s.Events, store.EventQuery{})))
	wantEqual(t, "actors", 0,
		len(list(t, s.Actors, store.ActorQuery{Order: store.ActorOrder{Field: store.ActorsByEvents}})))
	wantEqual(t, "locations", 0,
		len(list(t, s.Locations,
			store.LocationQuery{Filter: &store.LocationFilter{Place: &store.PlaceFilter{
				Box: &store.BoxFilter{West: -180, South: -90, East: 180, North: 90}}}})))
	wantEqual(t, "documents", 0, len(list(t, s.Documents, store.DocumentQuery{})))
	wantEqual(t, "claims", 0, len(list(t, s.Claims, store.ClaimQuery{})))
	wantEqual(t, "found", 0,
		len(must[store.Page[store.Hit]](t)(s.Search(t.Context(),
			store.SearchQuery{Text: "a", Window: store.Window{Limit: 5}})).Items))
	wantEqual(t, "edges", []kg.EventEdges{{}},
		must[[]kg.EventEdges](t)(s.EventEdges(t.Context(), kg.View{}, everyEdge, []kg.ID{"event:x"})))
	wantEqual(t, "affiliations", [][]kg.Affiliation{nil},
		must[[][]kg.Affiliation](t)(s.Affiliations(t.Context(), store.AffiliationQuery{Actors: []kg.ID{"actor:x"}})))
	wantEqual(t, "buckets", 0,
		len(must[[]store.Bucket](t)(s.Buckets(t.Context(), store.BucketQuery{Interval: edtf.IntervalDay}))))
	applied := must[kg.ApplyResult](t)(s.Apply(t.Context(), kg.Batch{}))
	wantEqual(t, "an empty batch", kg.ApplyResult{Added: map[kg.NodeKind]int{}, Changed: map[kg.NodeKind]int{},
		Unchanged: map[kg.NodeKind]int{}}, applied)
	stats := must[store.Stats](t)(s.Stats(t.Context()))
	for kind, n := range stats.Nodes {
		wantEqual(t, string(kind), 0, n)
	}
	wantEqual(t, "versions", 0, stats.States)
}

// testDurability closes a store and opens it again.
func testDurability(t *testing.T, h Harness) {
	need(t, h, "Durable", h.Capabilities.Durable)
	s := newStore(t, h, world(), kg.Batch{Checkpoint: &kg.Checkpoint{Key: "a", Value: "1"}})
	before, stats := dump(t, s), must[store.Stats](t)(s.Stats(t.Context()))
	again := h.Reopen(t, s)
	wantEqual(t, "stored graph", before, dump(t, again))
	wantEqual(t, "stats", stats, must[store.Stats](t)(again.Stats(t.Context())))
	wantEqual(t, "checkpoint", "1", must[string](t)(again.Checkpoint(t.Context(), "a")))
	testSearch(t, again)
}
