package aggregate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
	"casus/internal/store/flight"
	"casus/internal/store/memory"
	"casus/internal/store/storetest"
	"casus/internal/testkit/seeds"
)

// TestKnownAt compares counts as of random moments, and in the latest view, with the store's own after every batch of
// generated graphs, whose claims come in random order. The filters are those of one condition that the index has a
// column for, one that it has none for, and their combinations.
func TestKnownAt(t *testing.T) {
	found, all := map[string]int{}, seeds.For(t, 6)
	for _, seed := range all {
		t.Run(fmt.Sprint("seed=", seed), func(t *testing.T) {
			d := rand.New(rand.NewPCG(seed, 5))
			s, reads := memory.New(), flight.New()
			defer reads.Close()
			index := New(s, reads, Options{})
			batches, decisions := storetest.GeneratedBatches(seed, false)
			var moments []edtf.Instant
			nodes, places, answered := []kg.ID{"actor:unknown"}, []kg.ID{"location:unknown"}, 0
			for _, b := range batches {
				for _, l := range b.Locations {
					places = append(places, l.ID)
				}
				for _, a := range b.Actors {
					nodes = append(nodes, a.ID)
				}
				for _, c := range b.Claims {
					moments = append(moments, c.KnownFrom())
				}
			}
			early := kg.Batch{Identities: decisions.Identities}
			steps := slices.Concat(slices.Insert(batches, len(batches)*2/3, early), []kg.Batch{decisions, undone(decisions)})
			for i, b := range steps {
				if len(b.Identities) > 0 && i < len(steps)-2 {
					b = withStored(t, s, b)
				}
				if _, err := s.Apply(t.Context(), b); err != nil {
					t.Fatal(err)
				}
				n := 4
				if i >= len(steps)/2 {
					n = 10
				}
				for range n {
					view := kg.View{}
					if m := moments[d.IntN(len(moments))] - edtf.Instant(d.IntN(2)); d.IntN(5) > 0 {
						view.KnownAt = &m
					}
					filters := countedFilters()
					name := sortedNames(filters)[d.IntN(len(filters))]
					found[name] += compareCounts(t, s, index, view, filters[name], name)
				}
				view, filter := kg.View{}, nodeFilter(d, nodes, places)
				if m := moments[d.IntN(len(moments))]; d.IntN(3) > 0 {
					view.KnownAt = &m
				}
				found["nodes"] += compareCounts(t, s, index, view, filter, "nodes")
				q := store.BucketQuery{View: view, Filter: filter, Interval: edtf.IntervalYear}
				if _, ok, err := index.Buckets(t.Context(), q); ok && err == nil {
					answered++
				}
			}
			if answered < len(steps)/4 || answered == len(steps) {
				t.Errorf("%d of %d filters by nodes are answered from columns", answered, len(steps))
			}
		})
	}
	for name := range countedFilters() {
		if found[name] < 3 && len(all) >= 6 { // fewer graphs may not have them
			t.Errorf("%s: only %d events are counted as of moments", name, found[name])
		}
	}
}

// withStored returns a batch without the decisions about nodes that are not stored.
func withStored(t *testing.T, s *memory.Store, b kg.Batch) kg.Batch {
	b.Identities = slices.DeleteFunc(slices.Clone(b.Identities), func(i kg.IdentityDecision) bool {
		nodes, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{i.A, i.B})
		if err != nil {
			t.Fatal(err)
		}
		return nodes[0] == nil || nodes[1] == nil
	})
	return b
}

// undone returns the opposite decisions, of a later day.
func undone(b kg.Batch) (opposite kg.Batch) {
	for _, i := range b.Identities {
		i.ID, i.Same = i.ID+"-undone", !i.Same
		i.DecidedAt += day
		opposite.Identities = append(opposite.Identities, i)
	}
	return opposite
}

func countedFilters() map[string]*store.EventFilter {
	yes, no, one, five := true, false, 1, 5
	start, err := edtf.ParseTime("2025-03")
	if err != nil {
		panic(err) // a bug of the test
	}
	definitely := store.Definitely
	return map[string]*store.EventFilter{
		"all":           nil,
		"time":          {Time: &store.TimeRange{From: &start}},
		"definitely":    {Time: &store.TimeRange{From: &start, Certainty: &definitely}},
		"precision":     {Precision: edtf.TimePrecisions()[:3]},
		"categories":    {Categories: kg.EventCategories.Values()[:4]},
		"modes":         {Modes: []string{""}},
		"modalities":    {Modalities: kg.Modalities.Values()[:1]},
		"statuses":      {Statuses: []kg.ClaimStatus{kg.StatusUnverified, kg.StatusDisputed}},
		"retracted":     {Statuses: []kg.ClaimStatus{kg.StatusRetracted, kg.StatusDenied, kg.StatusCorroborated}},
		"killed":        {Killed: &store.IntRange{Min: &one}},
		"voices":        {Voices: &store.IntRange{Min: &one, Max: &five}},
		"parts":         {HasParts: &yes},
		"no parts":      {HasParts: &no},
		"datasets":      {Datasets: []string{"ged", "acled", "gdelt"}},
		"disagreements": {Disagreements: []kg.Aspect{kg.AspectTime, kg.AspectPlace}},
		"coding":        {Coding: []kg.Coding{kg.CodingMachine}},
		"countries":     {Place: &store.PlaceFilter{Countries: []string{"UA", "FR", "RU", "US"}}},
		"elsewhere":     {Not: &store.EventFilter{Place: &store.PlaceFilter{Countries: []string{"UA", "FR"}}}},
		"any": {Or: []store.EventFilter{
			{HasParts: &yes}, {Datasets: []string{"ged"}, Sources: &store.SourceFilter{Datasets: &store.IntRange{Min: &one}}},
		}},
		"asserted": {FirstAsserted: &store.TimeRange{From: &start}}, // without a column
	}
}

// nodeFilter returns a random filter by nodes. Some of the nodes are merged into others or do not exist.
func nodeFilter(d *rand.Rand, actors, places []kg.ID) *store.EventFilter {
	some := func(of []kg.ID) []kg.ID {
		ids := make([]kg.ID, 1+d.IntN(2))
		for i := range ids {
			ids[i] = of[d.IntN(len(of))]
		}
		return ids
	}
	ids := func() []kg.ID { return some(actors) }
	box := store.BoxFilter{West: float64(d.IntN(360) - 180), South: float64(d.IntN(120) - 90), North: 80}
	box.East = box.West + float64(d.IntN(180))
	if box.East > 180 {
		box.East -= 360
	}
	f := []store.EventFilter{
		{Participants: []store.ParticipantFilter{{AnyOf: ids()}}},
		{Participants: []store.ParticipantFilter{{AnyOf: ids()[:1]}, {AnyOf: ids()[:1]}}},
		{Publishers: ids()}, {Claimants: ids()},
		{Place: &store.PlaceFilter{Box: &box}},
		{Place: &store.PlaceFilter{Near: &store.NearFilter{Latitude: 48, Longitude: 30, Km: 900}}},
		{Place: &store.PlaceFilter{Within: some(places)}},
		{Place: &store.PlaceFilter{Within: some(places), Countries: []string{"UA", "RU", "FR"}, Box: &box}},
	}[d.IntN(8)]
	switch d.IntN(4) {
	case 0:
		return &store.EventFilter{Not: &f}
	case 1:
		return &store.EventFilter{Or: []store.EventFilter{f, {Claimants: ids()}}}
	}
	return &f
}

func sortedNames[T any](m map[string]T) (names []string) {
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// compareCounts compares the counts of the index with the store's own, and returns the number of events as of a moment.
func compareCounts(
	t *testing.T, s *memory.Store, index *Index, view kg.View, f *store.EventFilter, name string,
) (events int) {
	t.Helper()
	ctx := t.Context()
	same := func(what string, want, got any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s of %s as of %v (-store +index):\n%s", what, name, view.KnownAt, diff)
		}
	}
	start, err := edtf.ParseTime("2025-02")
	if err != nil {
		t.Fatal(err)
	}
	quarter := &store.BucketWindow{From: &start}
	for i, split := range append(store.BucketSplits.Values(), "") {
		q := store.BucketQuery{
			View: view, Filter: f, Interval: edtf.IntervalYear, SplitBy: split, Top: 1 + i%4, Possible: i%2 == 0,
			Sparse: i%3 == 0, Sums: []sums.Set{0, sums.Killed}[i/2%2],
		}
		if i%4 > 1 {
			q.Window = quarter
		}
		want, err := s.Buckets(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		if got, answered, err := index.Buckets(ctx, q); answered {
			same("buckets", want, got, err)
		} else if supportsFilter(f) {
			t.Fatalf("no buckets of %s as of %v: %v", name, view.KnownAt, err)
		}
	}
	known := store.KnowledgeQuery{View: view, Filter: f, Interval: edtf.IntervalDay, Sparse: true}
	wantKnown, err := s.Knowledge(ctx, known)
	if err != nil {
		t.Fatal(err)
	}
	gotKnown, err := index.Knowledge(ctx, known, func(*store.EventFilter) ([]store.KnowledgeBucket, error) {
		return wantKnown, errNotAnswered(t, f)
	})
	same("knowledge", wantKnown, gotKnown, err)
	extent := store.ExtentQuery{View: view, Filter: f, Sums: sums.Killed, Known: true, Bulk: true}
	x, err := s.Extent(ctx, extent)
	if err != nil {
		t.Fatal(err)
	}
	got, err := index.Extent(ctx, extent, func(*store.EventFilter) (store.Extent, error) {
		return x, errNotAnswered(t, f)
	})
	same("the extent", x, got, err)
	pages, err := s.Events(ctx, store.EventQuery{View: view, Filter: f, Total: true})
	if err != nil {
		t.Fatal(err)
	}
	if total, _, answered := index.Total(ctx, store.EventQuery{View: view, Filter: f}); answered {
		same("the total", *pages[0].Total, total, nil)
	} else if supportsFilter(f) {
		t.Fatalf("no total of %s as of %v", name, view.KnownAt)
	}
	for i, split := range append(store.BucketSplits.Values(), "") {
		clusters := store.ClusterQuery{View: view, Filter: f, Zoom: 1 + i, SplitBy: split, Top: 1 + i%4,
			Sums: []sums.Set{0, sums.Figures}[i%2]}
		wantClusters, err := s.Clusters(ctx, clusters)
		if err != nil {
			t.Fatal(err)
		}
		gotClusters, err := index.Clusters(ctx, clusters, func(*store.EventFilter) ([]store.Cluster, error) {
			return wantClusters, errNotAnswered(t, f)
		})
		same("clusters", wantClusters, gotClusters, err)
	}
	facets := store.FacetQuery{View: view, Filter: f, Fields: store.FacetFields.Values(), Top: store.MaxFacetGroups,
		Sums: sums.Figures}
	wantFacets, err := s.Facets(ctx, facets)
	if err != nil {
		t.Fatal(err)
	}
	gotFacets, err := index.Facets(ctx, facets, func(*store.EventFilter) ([]store.Facet, error) {
		return wantFacets, errNotAnswered(t, f)
	})
	same("facets", wantFacets, gotFacets, err)
	if view.KnownAt == nil {
		return 0
	}
	return x.Events
}

// errNotAnswered fails if the index should not have called its fallback.
func errNotAnswered(t *testing.T, f *store.EventFilter) error {
	if supportsFilter(f) {
		t.Error("the index does not answer")
	}
	return nil
}
