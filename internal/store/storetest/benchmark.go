package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// Benchmark measures a store on a generated graph: the writes of a loader and the most common reads of the API.
func Benchmark(b *testing.B, h Harness) {
	s := h.New(b)
	g := generate(newRandom(1), largeScale, "")
	load(b, s, loaderBatches(g.batch, 100)...)
	page := store.Window{Limit: store.DefaultPageSize}
	all, err := pages(b.Context(), s.Events, store.EventQuery{Window: store.Window{Limit: store.MaxPageSize}})
	if err != nil || len(all[0].Items) == 0 {
		b.Fatalf("no timeline to measure: %v", err)
	}
	events := all[0]
	middle := events.Positions[len(events.Positions)/2]
	filter := store.EventFilter{
		Time: between("2025-02", "2025-04"), Categories: kg.EventCategories.Values()[:3],
		Participants: []store.ParticipantFilter{{Kinds: kg.ActorKinds.Values()[:2]}},
		Or: []store.EventFilter{{Text: ref("harbour")}, {Place: &store.PlaceFilter{
			Within: g.known[kg.KindLocation][:2],
		}}},
	}
	list := func(ctx context.Context, q store.EventQuery) (int, error) {
		all, err := pages(ctx, s.Events, q)
		return sum(all, itemsIn), err
	}
	for _, c := range []struct {
		name string
		// ask returns the number of items found.
		ask func(context.Context) (int, error)
	}{
		{"Timeline", func(ctx context.Context) (int, error) { return list(ctx, store.EventQuery{Window: page}) }},
		{"TimelineMiddle", func(ctx context.Context) (int, error) {
			return list(ctx, store.EventQuery{Window: store.Window{Limit: page.Limit, After: &middle}})
		}},
		{"TimelineKnownAt", func(ctx context.Context) (int, error) {
			return list(ctx, store.EventQuery{Window: page, View: known(g.moments[len(g.moments)/2])})
		}},
		{"ActorTimelines", func(ctx context.Context) (int, error) {
			return list(ctx, store.EventQuery{Window: page, Scope: &store.Scope{Relation: store.ActorTimeline,
				IDs: g.known[kg.KindActor][:page.Limit]}})
		}},
		{"Filtered", func(ctx context.Context) (int, error) {
			return list(ctx, store.EventQuery{Window: page, Filter: &filter})
		}},
		{"FilteredTotal", func(ctx context.Context) (int, error) {
			return list(ctx, store.EventQuery{Window: page, Filter: &filter, Total: true})
		}},
		{"Edges", func(ctx context.Context) (int, error) {
			all, err := s.EventEdges(ctx, kg.View{}, everyEdge, idsOf(events.Items[:page.Limit]))
			return sum(all, edgesIn), err
		}},
		{"Search", func(ctx context.Context) (int, error) {
			p, err := s.Search(ctx, store.SearchQuery{Text: "strike harb", Window: page})
			return len(p.Items), err
		}},
		{"CoParticipants", func(ctx context.Context) (int, error) {
			all, err := s.CoParticipants(ctx, store.CoParticipantQuery{Actors: g.known[kg.KindActor][:page.Limit], Window: page})
			return sum(all, itemsIn), err
		}},
		{"Buckets", func(ctx context.Context) (int, error) {
			all, err := s.Buckets(ctx, store.BucketQuery{Interval: edtf.IntervalMonth, SplitBy: store.SplitByCountry,
				Sums: sums.Killed, Filter: &store.EventFilter{Time: filter.Time}})
			return len(all), err
		}},
		{"Extent", func(ctx context.Context) (int, error) {
			x, err := s.Extent(ctx, store.ExtentQuery{Filter: &store.EventFilter{Time: filter.Time}})
			return x.Events, err
		}},
		{"Facets", func(ctx context.Context) (int, error) {
			all, err := s.Facets(ctx, store.FacetQuery{Fields: store.FacetFields.Values(), Top: 10, Sums: sums.Killed,
				Filter: &store.EventFilter{Time: filter.Time}})
			return len(all), err
		}},
		{"Clusters", func(ctx context.Context) (int, error) {
			all, err := s.Clusters(ctx, store.ClusterQuery{Zoom: 3, Filter: &store.EventFilter{Time: filter.Time}})
			return len(all), err
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			found := 0
			for b.Loop() {
				var err error
				if found, err = c.ask(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
			if found == 0 {
				b.Fatal("the query finds nothing")
			}
		})
	}
	// Apply comes last because it makes the store grow: every iteration applies another graph.
	turn := 0
	b.Run("Apply", func(b *testing.B) {
		claims := 0
		for b.Loop() {
			b.StopTimer()
			turn++
			next := generate(newRandom(uint64(turn)), smallScale, fmt.Sprintf("again%d-", turn))
			b.StartTimer()
			load(b, s, next.batch)
			claims += len(next.batch.Claims)
		}
		b.ReportMetric(float64(claims)/b.Elapsed().Seconds(), "claims/s")
	})
}

// loaderBatches splits a graph into the batches of a loader: first the nodes, then the claims, then the decisions.
func loaderBatches(whole kg.Batch, claimsPerBatch int) []kg.Batch {
	nodes := whole
	nodes.Claims, nodes.Identities = nil, nil
	batches := []kg.Batch{nodes}
	for claims := range slices.Chunk(whole.Claims, claimsPerBatch) {
		batches = append(batches, kg.Batch{Claims: claims, RecordedAt: whole.RecordedAt})
	}
	return append(batches, kg.Batch{Identities: whole.Identities})
}
