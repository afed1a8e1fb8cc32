package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
	"casus/internal/store/relations"
)

// measureSlider measures the processor time of overviews in the latest view and as of moments, each at another moment
// of the time in which the graph became known, as a slider requests them. Everything is in memory before. With Neo4j,
// whose server does a part of the work, it measures the time.
func (m *runner) measureSlider(ctx context.Context) error {
	if err := m.store.Warm(ctx); err != nil {
		return err
	}
	all, err := m.store.Extent(ctx, store.ExtentQuery{Known: true})
	if err != nil {
		return err
	}
	first, last := *all.FirstKnown, *all.LastKnown
	filters, err := m.sliderFilters(ctx)
	if err != nil {
		return err
	}
	clock := cpuTime
	if m.driver != nil {
		began := time.Now()
		clock = func() time.Duration { return time.Since(began) }
	}
	fmt.Println("| query | now | as of a moment | ratio | longest |\n| --- | --- | --- | --- | --- |")
	for _, f := range filters {
		for _, q := range m.sliderQueries(f.filter) {
			name := q.what + f.name
			if !strings.Contains(name, m.only) {
				continue
			}
			if err := q.run(ctx, kg.View{}); err != nil { // what it needs is read
				return fmt.Errorf("%s: %w", name, err)
			}
			var now, then times
			for i := range m.turns {
				at := first + (last-first)/edtf.Instant(m.turns)*edtf.Instant(i+1)
				for view, took := range map[*edtf.Instant]*times{nil: &now, &at: &then} {
					before := clock()
					if err := q.run(ctx, kg.View{KnownAt: view}); err != nil {
						return fmt.Errorf("%s: %w", name, err)
					}
					*took = append(*took, clock()-before)
				}
			}
			fmt.Printf("| %s | %s | %s | %s | %s |\n", name, format(now.at(50)), format(then.at(50)),
				ratio(then.at(50), now.at(50)), format(slices.Max(then)))
		}
	}
	return nil
}

type sliderQuery struct {
	what string
	run  func(context.Context, kg.View) error
}

// sliderQueries are the overviews of the explorer's first view.
func (m *runner) sliderQueries(f *store.EventFilter) []sliderQuery {
	fields := []store.FacetField{
		store.FacetCategory, store.FacetStatus, store.FacetModality, store.FacetActor, store.FacetCountry,
		store.FacetPublisher,
	}
	return []sliderQuery{
		{"extent", func(ctx context.Context, v kg.View) error {
			_, err := m.store.Extent(ctx, store.ExtentQuery{View: v, Filter: f, Known: true, Bulk: true})
			return err
		}},
		{"buckets by month", func(ctx context.Context, v kg.View) error {
			_, err := m.store.Buckets(ctx, store.BucketQuery{
				View: v, Filter: f, Interval: edtf.IntervalMonth, Possible: true, Sums: sums.Killed,
			})
			return err
		}},
		{"knowledge by month", func(ctx context.Context, v kg.View) error {
			_, err := m.store.Knowledge(ctx, store.KnowledgeQuery{View: v, Filter: f, Interval: edtf.IntervalMonth})
			return err
		}},
		{"clusters", func(ctx context.Context, v kg.View) error {
			_, err := m.store.Clusters(ctx, store.ClusterQuery{View: v, Filter: f, Zoom: 2, Sums: sums.Killed})
			return err
		}},
		{"network", func(ctx context.Context, v kg.View) error {
			_, err := m.networks.Network(ctx, relations.NetworkQuery{
				View: v, Filter: f, MinWeight: 1, Limit: 120, MaxLinks: new(600), Metrics: relations.MetricCommunity,
				Statuses: true,
			})
			return err
		}},
		{"six facets", func(ctx context.Context, v kg.View) error {
			_, err := m.store.Facets(ctx, store.FacetQuery{View: v, Filter: f, Fields: fields, Top: 20})
			return err
		}},
	}
}

type namedFilter struct {
	name   string
	filter *store.EventFilter
}

// sliderFilters are filters that the explorer's views set.
func (m *runner) sliderFilters(ctx context.Context) ([]namedFilter, error) {
	most := func(field store.FacetField) (string, error) {
		found, err := m.store.Facets(ctx, store.FacetQuery{Fields: []store.FacetField{field}, Top: 1})
		if err != nil {
			return "", err
		}
		return found[0].Groups[0].Key, nil
	}
	actor, err := most(store.FacetActor)
	if err != nil {
		return nil, err
	}
	place, err := most(store.FacetLocation)
	if err != nil {
		return nil, err
	}
	publisher, err := most(store.FacetPublisher)
	if err != nil {
		return nil, err
	}
	common, rare := "assault", "mobilize"
	month := edtf.InstantOf(time.Date(2014, 3, 1, 0, 0, 0, 0, time.UTC))
	return []namedFilter{
		{"", nil},
		{", of one category", &store.EventFilter{Categories: []kg.EventCategory{kg.CategoryAssault}}},
		{", from a month on", &store.EventFilter{Time: &store.TimeRange{From: &edtf.Time{Earliest: month, Latest: month}}}},
		{", of one actor", &store.EventFilter{Participants: []store.ParticipantFilter{{AnyOf: []kg.ID{kg.ID(actor)}}}}},
		{", of one publisher", &store.EventFilter{Publishers: []kg.ID{kg.ID(publisher)}}},
		{", of one place and all within", &store.EventFilter{Place: &store.PlaceFilter{Within: []kg.ID{kg.ID(place)}}}},
		{", in a box", &store.EventFilter{Place: &store.PlaceFilter{
			Box: &store.BoxFilter{South: 30, North: 60, West: 0, East: 60}}}},
		{", with a word of a third of all events", &store.EventFilter{Text: &common}},
		{", with a word of few events", &store.EventFilter{Text: &rare}},
		{", first asserted from a month on", &store.EventFilter{
			FirstAsserted: &store.TimeRange{From: &edtf.Time{Earliest: month, Latest: month}}}},
	}, nil
}
