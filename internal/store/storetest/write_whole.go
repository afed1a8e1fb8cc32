package storetest

import (
	"slices"
	"sync"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// testConcurrent applies the claims by several workers at once, many of them about the same events.
func testConcurrent(t *testing.T, h Harness) {
	want := worldDump(t, h)
	w := world()
	nodes, first := w, kg.Batch{RecordedAt: noon(31)}
	nodes.Claims = nil
	// Each event's first claim first, so that every event a claim names is there.
	rest := slices.DeleteFunc(slices.Clone(w.Claims), func(c kg.Claim) bool {
		for _, have := range first.Claims {
			if have.Subject == c.Subject {
				return false
			}
		}
		first.Claims = append(first.Claims, c)
		return true
	})
	// supersedes names s3: it goes ahead of those that race.
	rest = slices.DeleteFunc(rest, func(c kg.Claim) bool {
		if c.ID == "claim:s3" {
			first.Claims = append(first.Claims, c)
			return true
		}
		return false
	})
	s := fresh(t, h, nodes, first)
	const workers = 4
	var wait sync.WaitGroup
	errs := make(chan error, len(rest))
	for worker := range workers {
		wait.Go(func() {
			for i := worker; i < len(rest); i += workers {
				// The actors come along, so that workers meet on nodes too.
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
	same(t, "what is stored", want, dump(t, s))
}

// testEmpty asks everything of a store that holds nothing.
func testEmpty(t *testing.T, h Harness) {
	s := h.New(t)
	same(t, "events", 0, len(list(t, s.Events, store.EventQuery{})))
	same(t, "actors", 0, len(list(t, s.Actors, store.ActorQuery{Order: store.ActorOrder{Field: store.ActorsByEvents}})))
	same(t, "locations", 0, len(list(t, s.Locations, store.LocationQuery{Filter: &store.LocationFilter{Place: &store.PlaceFilter{Box: &store.BoxFilter{West: -180, South: -90, East: 180, North: 90}}}})))
	same(t, "documents", 0, len(list(t, s.Documents, store.DocumentQuery{})))
	same(t, "claims", 0, len(list(t, s.Claims, store.ClaimQuery{})))
	same(t, "found", 0, len(must[store.Page[store.Hit]](t)(s.Search(t.Context(), store.SearchQuery{Text: "a", Window: store.Window{Limit: 5}})).Items))
	same(t, "edges", []kg.EventEdges{{}}, must[[]kg.EventEdges](t)(s.EventEdges(t.Context(), kg.View{}, everyEdge, []kg.ID{"event:x"})))
	same(t, "affiliations", [][]kg.Affiliation{nil}, must[[][]kg.Affiliation](t)(s.Affiliations(t.Context(), store.AffiliationQuery{Actors: []kg.ID{"actor:x"}})))
	same(t, "buckets", 0, len(must[[]store.Bucket](t)(s.Buckets(t.Context(), store.BucketQuery{Interval: edtf.IntervalDay}))))
	applied := must[kg.ApplyResult](t)(s.Apply(t.Context(), kg.Batch{}))
	same(t, "an empty batch", kg.ApplyResult{Added: map[kg.NodeKind]int{}, Changed: map[kg.NodeKind]int{}, Unchanged: map[kg.NodeKind]int{}}, applied)
	stats := must[store.Stats](t)(s.Stats(t.Context()))
	for kind, n := range stats.Nodes {
		same(t, string(kind), 0, n)
	}
	same(t, "versions", 0, stats.States)
}

// testDurable closes a store and opens it again.
func testDurable(t *testing.T, h Harness) {
	need(t, h, "Durable", h.Capabilities.Durable)
	s := fresh(t, h, world(), kg.Batch{Checkpoint: &kg.Checkpoint{Key: "a", Value: "1"}})
	before, stats := dump(t, s), must[store.Stats](t)(s.Stats(t.Context()))
	again := h.Reopen(t, s)
	same(t, "what is stored", before, dump(t, again))
	same(t, "stats", stats, must[store.Stats](t)(again.Stats(t.Context())))
	same(t, "checkpoint", "1", must[string](t)(again.Checkpoint(t.Context(), "a")))
	testSearch(t, again)
}
