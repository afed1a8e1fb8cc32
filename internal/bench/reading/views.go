package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
	"casus/internal/store/open"
)

// measureViews measures overviews of many events: the first time after the store is opened, after one event is
// written (with -write), and again.
func (m *runner) measureViews(ctx context.Context) error {
	fmt.Println("| query | first | of the processor | after a write | again |\n| --- | --- | --- | --- | --- |")
	for i, q := range m.views() {
		if !strings.Contains(q.what, m.only) {
			continue
		}
		opened := *m
		var err error
		if opened.store, err = open.Open(ctx, m.url, m.options()); err != nil {
			return err
		}
		if err := errors.Join(opened.measureView(ctx, opened.views()[i]), opened.store.Close()); err != nil {
			return fmt.Errorf("%s: %w", q.what, err)
		}
	}
	return nil
}

func (m *runner) measureView(ctx context.Context, q query) (err error) {
	ask := func() (time.Duration, error) {
		return since(func() error {
			n, err := q.run(ctx, 0)
			if err == nil && n == 0 {
				err = kg.Errorf(kg.Internal, "the query finds nothing")
			}
			return err
		})
	}
	before := cpuTime()
	first, err := ask()
	if err != nil {
		return err
	}
	took, written := cpuTime()-before, "-"
	if m.write {
		if _, err := m.writeEvent("").run(ctx, int(time.Now().UnixNano())); err != nil {
			return err
		}
		after, err := ask()
		if err != nil {
			return err
		}
		written = format(after)
	}
	again, err := ask()
	fmt.Printf("| %s | %s | %s | %s | %s |\n", q.what, format(first), format(took), written, format(again))
	return err
}

// cpuTime returns the processor time that this program has used.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func (m *runner) views() (all []query) {
	from, to := edtf.InstantOf(time.Date(2014, 3, 1, 0, 0, 0, 0, time.UTC)),
		edtf.InstantOf(time.Date(2014, 9, 1, 0, 0, 0, 0, time.UTC))
	least := 1
	for _, f := range []struct {
		what   string
		filter *store.EventFilter
	}{
		{"", nil},
		{", of half a year", &store.EventFilter{Time: &store.TimeRange{From: &edtf.Time{Earliest: from, Latest: from},
			To: &edtf.Time{Earliest: to, Latest: to}}}},
		{", of one category", &store.EventFilter{Categories: []kg.EventCategory{kg.CategoryAssault}}},
		{", of one place and all within",
			&store.EventFilter{Place: &store.PlaceFilter{Within: []kg.ID{"location:generated:country-3"}}}},
		{", first asserted in half a year, with killed", &store.EventFilter{Killed: &store.IntRange{Min: &least},
			FirstAsserted: &store.TimeRange{From: &edtf.Time{Earliest: from, Latest: from},
				To: &edtf.Time{Earliest: to, Latest: to}}}},
	} {
		for _, v := range []struct {
			what string
			view kg.View
		}{{"", kg.View{}}, {", as of a moment", kg.View{KnownAt: &to}}} {
			all = append(all, m.viewsOf(f.filter, v.view, f.what+v.what)...)
		}
	}
	return all
}

// viewsOf returns the overviews of the events that a filter selects in a view.
func (m *runner) viewsOf(filter *store.EventFilter, view kg.View, what string) (all []query) {
	all = append(all, query{"extent" + what, func(ctx context.Context, _ int) (int, error) {
		found, err := m.store.Extent(ctx, store.ExtentQuery{View: view, Filter: filter})
		return found.Events, err
	}}, query{"buckets by month" + what, func(ctx context.Context, _ int) (int, error) {
		found, err := m.store.Buckets(ctx, store.BucketQuery{
			View: view, Filter: filter, Interval: edtf.IntervalMonth, Sums: sums.Killed,
		})
		return len(found), err
	}})
	for _, set := range []sums.Set{0, sums.Killed} {
		if set != 0 {
			what += ", with tolls"
		}
		facets := func(name string, fields ...store.FacetField) {
			all = append(all, query{name + what, func(ctx context.Context, _ int) (int, error) {
				found, err := m.store.Facets(ctx,
					store.FacetQuery{View: view, Filter: filter, Fields: fields, Top: 20, Sums: set})
				return len(found), err
			}})
		}
		facets("all facets", store.FacetFields.Values()...)
		for _, field := range store.FacetFields.Values() {
			facets("facet "+string(field), field)
		}
		all = append(all, query{"clusters" + what, func(ctx context.Context, _ int) (int, error) {
			found, err := m.store.Clusters(ctx, store.ClusterQuery{View: view, Filter: filter, Zoom: 2, Sums: set})
			return len(found), err
		}})
	}
	return all
}
