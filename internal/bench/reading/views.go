package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
)

// measureViews times what a page asks about many events at once: the first time after the store was opened, after one event was written
// (with -write), and again.
func (m *measuring) measureViews(ctx context.Context) error {
	fmt.Println("| question | first | of the processor | after a write | again |\n| --- | --- | --- | --- | --- |")
	for i, q := range m.views() {
		if !strings.Contains(q.what, m.only) {
			continue
		}
		opened := *m
		var err error
		if opened.store, err = store.Open(ctx, m.url, store.Options{}); err != nil {
			return err
		}
		if err := errors.Join(opened.measureView(ctx, opened.views()[i]), opened.store.Close()); err != nil {
			return fmt.Errorf("%s: %w", q.what, err)
		}
	}
	return nil
}

func (m *measuring) measureView(ctx context.Context, q question) (err error) {
	ask := func() (time.Duration, error) {
		return since(func() error {
			n, err := q.ask(ctx, 0)
			if err == nil && n == 0 {
				err = kg.Errorf(kg.Internal, "what finds nothing measures nothing")
			}
			return err
		})
	}
	before := processor()
	first, err := ask()
	if err != nil {
		return err
	}
	took, written := processor()-before, "-"
	if m.write {
		if _, err := m.written("").ask(ctx, int(time.Now().UnixNano())); err != nil {
			return err
		}
		after, err := ask()
		if err != nil {
			return err
		}
		written = shown(after)
	}
	again, err := ask()
	fmt.Printf("| %s | %s | %s | %s | %s |\n", q.what, shown(first), shown(took), written, shown(again))
	return err
}

// processor is how much of the processor's time this program has used.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func (m *measuring) views() (all []question) {
	from, to := kg.InstantOf(time.Date(2014, 3, 1, 0, 0, 0, 0, time.UTC)), kg.InstantOf(time.Date(2014, 9, 1, 0, 0, 0, 0, time.UTC))
	least := 1
	for _, f := range []struct {
		what   string
		filter *kg.EventFilter
	}{
		{"", nil},
		{", of half a year", &kg.EventFilter{Time: &kg.TimeRange{From: &kg.Time{Earliest: from, Latest: from}, To: &kg.Time{Earliest: to, Latest: to}}}},
		{", of one category", &kg.EventFilter{Categories: []kg.EventCategory{kg.CategoryAssault}}},
		{", of one place and all within", &kg.EventFilter{Place: &kg.PlaceFilter{Within: []kg.ID{"location:generated:country-3"}}}},
		{", first asserted in half a year, with killed", &kg.EventFilter{Killed: &kg.IntRange{Min: &least},
			FirstAsserted: &kg.TimeRange{From: &kg.Time{Earliest: from, Latest: from}, To: &kg.Time{Earliest: to, Latest: to}}}},
	} {
		for _, tolls := range []bool{false, true} {
			what := f.what
			if tolls {
				what += ", with tolls"
			}
			facets := func(name string, fields ...kg.FacetField) {
				all = append(all, question{name + what, func(ctx context.Context, _ int) (int, error) {
					found, err := m.store.Facets(ctx, kg.FacetQuery{Filter: f.filter, Fields: fields, Top: 20, Killed: tolls})
					return len(found), err
				}})
			}
			facets("all facets", kg.FacetFields()...)
			for _, field := range kg.FacetFields() {
				facets("facet "+string(field), field)
			}
			all = append(all, question{"clusters" + what, func(ctx context.Context, _ int) (int, error) {
				found, err := m.store.Clusters(ctx, kg.ClusterQuery{Filter: f.filter, Zoom: 2, Killed: tolls})
				return len(found), err
			}})
		}
		all = append(all, question{"extent" + f.what, func(ctx context.Context, _ int) (int, error) {
			found, err := m.store.Extent(ctx, kg.ExtentQuery{Filter: f.filter})
			return found.Events, err
		}})
	}
	return all
}
