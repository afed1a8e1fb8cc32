package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// query is a query of a store. turn counts its repetitions.
type query struct {
	what string
	run  func(ctx context.Context, turn int) (found int, err error)
}

// measureStore measures the queries of pages against the store, without the API.
func (m *runner) measureStore(ctx context.Context) error {
	fmt.Println("| query | first | p50 | p95 |\n| --- | --- | --- | --- |")
	for _, q := range m.queries() {
		if !strings.Contains(q.what, m.only) {
			continue
		}
		var all times
		most := 0
		first, err := since(func() error { _, err := q.run(ctx, 0); return err })
		for turn := range m.turns {
			took, e := since(func() error {
				n, err := q.run(ctx, turn+1)
				most = max(most, n)
				return err
			})
			if all = append(all, took); err == nil {
				err = e
			}
		}
		if err == nil && most == 0 {
			err = kg.Errorf(kg.Internal, "the query finds nothing")
		}
		if err != nil {
			return fmt.Errorf("%s: %w", q.what, err)
		}
		fmt.Printf("| %s | %s | %s | %s |\n", q.what, format(first), format(all.at(50)), format(all.at(95)))
	}
	return nil
}

func (m *runner) queries() []query {
	category := store.EventFilter{Categories: []kg.EventCategory{kg.CategoryAssault}}
	statuses := store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusUnverified},
		Modalities: []kg.Modality{kg.ModalityOccurred}}
	all := []query{
		m.page("page, the earliest first", store.Asc, nil, false),
		m.page("page, the latest before a day", store.Desc, nil, true),
		m.page("page, the latest before a day, of one category", store.Desc, &category, true),
		m.buckets("buckets by month", store.BucketQuery{Interval: edtf.IntervalMonth}),
		m.buckets("buckets by day", store.BucketQuery{Interval: edtf.IntervalDay}),
		m.buckets("buckets by month and category", store.BucketQuery{Interval: edtf.IntervalMonth,
			SplitBy: store.SplitByCategory}),
		m.buckets("buckets by month, of one category", store.BucketQuery{Interval: edtf.IntervalMonth, Filter: &category}),
		m.buckets("buckets by month and category, of one status and modality",
			store.BucketQuery{Interval: edtf.IntervalMonth, SplitBy: store.SplitByCategory, Filter: &statuses}),
	}
	if m.write {
		again := m.buckets("buckets by month, after a write", store.BucketQuery{Interval: edtf.IntervalMonth})
		all = append(all, m.writeEvent("one event written"), query{again.what,
			func(ctx context.Context, turn int) (int, error) {
				return again.run(ctx, turn)
			}})
	}
	for _, s := range []struct{ what, text string }{
		{"search, a word of a third of all events", "assault"}, {"search, a word of few", "mobilize"},
		{"search, a common word and a beginning", "assault ba"},
		{"search, a beginning of many names", "ba"}, {"search, the beginning of a common word", "assau"},
		{"search, a beginning in Cyrillic", "до"},
	} {
		all = append(all, m.search(s.what, s.text, nil), m.search(s.what+", events alone", s.text,
			[]store.NodeType{store.TypeEvent}))
	}
	return all
}

func (m *runner) page(what string, d store.Direction, f *store.EventFilter, before bool) query {
	return query{what, func(ctx context.Context, _ int) (int, error) {
		q := store.EventQuery{Order: store.EventOrder{Field: store.EventsByTime, Direction: d},
			Window: store.Window{Limit: store.DefaultPageSize}}
		var filter store.EventFilter
		if f != nil {
			filter = *f
		}
		if before {
			to, err := edtf.ParseTime(m.day())
			if err != nil {
				return 0, err
			}
			filter.Time = &store.TimeRange{To: &to}
		}
		q.Filter = &filter
		found, err := m.store.Events(ctx, q)
		if err != nil {
			return 0, err
		}
		return len(found[0].Items), nil
	}}
}

// day returns a random day of the time that the generator's and ICEWS' events cover.
func (m *runner) day() string {
	return time.Date(2014, 1, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, m.IntN(330)).Format(time.DateOnly)
}

func (m *runner) buckets(what string, q store.BucketQuery) query {
	return query{what, func(ctx context.Context, _ int) (int, error) {
		found, err := m.store.Buckets(ctx, q)
		return len(found), err
	}}
}

func (m *runner) search(what, text string, types []store.NodeType) query {
	return query{what, func(ctx context.Context, _ int) (int, error) {
		found, err := m.store.Search(ctx, store.SearchQuery{Text: text, Types: types,
			Window: store.Window{Limit: store.DefaultPageSize}})
		return len(found.Items), err
	}}
}

// writeEvent applies a claim about a new event.
func (m *runner) writeEvent(what string) query {
	return query{what, func(ctx context.Context, turn int) (int, error) {
		at, err := edtf.ParseTime("2014-06-01")
		if err != nil {
			return 0, err
		}
		name := fmt.Sprintf("reading-%d", turn)
		_, err = m.store.Apply(ctx, kg.Batch{RecordedAt: edtf.InstantOf(time.Now()), Claims: []kg.Claim{{
			ID: kg.ID("claim:" + name), Subject: kg.ID("event:" + name), Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
			AssertedAt: at,
			Says:       kg.Statement{Titles: []kg.Name{{Value: "A measurement"}}, Time: &at},
		}}})
		return 1, err
	}}
}
