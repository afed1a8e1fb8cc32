// Package timeline is the part of the conformance suite about time series of events: what must and what may lie in a
// bucket, and the groups that it is divided into.
package timeline

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/bucket"
)

// Test compares the buckets of a store's events, as of some moments and now, with lists of the same events.
func Test(t *testing.T, s store.Store, moments ...edtf.Instant) {
	views := []kg.View{{}}
	for _, m := range moments {
		views = append(views, kg.View{KnownAt: &m})
	}
	for _, v := range views {
		c := tester{t, s, v}
		c.testEnvelope()
		c.testKnowledge()
		for _, split := range []store.BucketSplit{store.SplitByActor, store.SplitByLocation} {
			for _, top := range []int{1, 3, store.MaxBucketGroups} {
				c.testLanes(split, top)
			}
		}
	}
	for top, code := range map[int]kg.ErrorCode{-1: kg.BadInput, 51: kg.LimitExceeded} {
		q := store.BucketQuery{Interval: edtf.IntervalYear, SplitBy: store.SplitByActor, Top: top}
		if _, err := s.Buckets(t.Context(), q); kg.CodeOf(err) != code {
			t.Errorf("top %d: %v, want %s", top, err, code)
		}
	}
}

// tester reads a store in one view.
type tester struct {
	*testing.T
	store.Store
	view kg.View
}

func (c tester) buckets(q store.BucketQuery) []store.Bucket {
	c.Helper()
	q.View = c.view
	all, err := c.Buckets(c.Context(), q)
	if err != nil {
		c.Fatal(err)
	}
	return all
}

func (c tester) events(f store.EventFilter) []kg.Event {
	c.Helper()
	pages, err := c.Events(c.Context(), store.EventQuery{
		View: c.view, Filter: &f, Window: store.Window{Limit: store.MaxPageSize},
		Order: store.EventOrder{Field: store.EventsByTime, Direction: store.Asc},
	})
	if err != nil {
		c.Fatal(err)
	}
	return pages[0].Items
}

// testEnvelope compares months with the lists of the events that must and that may lie in them.
func (c tester) testEnvelope() {
	window := &store.BucketWindow{From: parse("2024-05"), To: parse("2026-01")}
	q := store.BucketQuery{Interval: edtf.IntervalMonth, Window: window, Possible: true, SplitBy: store.SplitByActor}
	months := c.buckets(q)
	if len(months) != 21 {
		c.Errorf("%d months, want 21", len(months))
	}
	for _, b := range months {
		month := parse(b.Start.Time().UTC().Format("2006-01"))
		lies := func(certainty store.Certainty, in store.EventFilter) int {
			in.Time = &store.TimeRange{From: month, To: month, Certainty: &certainty}
			found := c.events(in)
			return len(slices.DeleteFunc(found, func(e kg.Event) bool {
				return !e.Time.Earliest.Bounded() && !e.Time.Latest.Bounded()
			}))
		}
		all := store.EventFilter{}
		if certain, possible := lies(store.Definitely, all), lies(store.Possibly, all); b.Certain() != certain ||
			b.Possible != possible {
			c.Errorf("%s as of %v: %d events must and %d may lie in it, want %d and %d", month, c.view.KnownAt, b.Certain(),
				b.Possible, certain, possible)
		}
		for _, g := range b.Groups {
			if g.Key == "" {
				continue
			}
			of := store.EventFilter{Participants: []store.ParticipantFilter{{AnyOf: []kg.ID{kg.ID(g.Key)}}}}
			if certain, possible := lies(store.Definitely, of), lies(store.Possibly, of); g.Certain() != certain ||
				g.Possible != possible {
				c.Errorf("%s of %s as of %v: %d events must and %d may lie in it, want %d and %d", month, g.Key,
					c.view.KnownAt, g.Certain(), g.Possible, certain, possible)
			}
		}
	}
	q.Sparse = true
	full := slices.DeleteFunc(months, func(b store.Bucket) bool { return b.Events == 0 })
	if diff := gocmp.Diff(full, c.buckets(q)); diff != "" {
		c.Errorf("sparse as of %v (-want +got):\n%s", c.view.KnownAt, diff)
	}
}

// testLanes compares the groups of years with those of the values that the events' edges name.
func (c tester) testLanes(split store.BucketSplit, top int) {
	events := c.events(store.EventFilter{})
	ids := make([]kg.ID, len(events))
	for i, e := range events {
		ids[i] = e.ID
	}
	edges, err := c.EventEdges(c.Context(), c.view, kg.WantParticipations|kg.WantLocations, ids)
	if err != nil {
		c.Fatal(err)
	}
	values, totals := make([]map[string]bool, len(events)), map[string]int{}
	for i, e := range edges {
		values[i] = map[string]bool{}
		for _, p := range e.Participations {
			values[i][string(p.Actor)] = split == store.SplitByActor
		}
		for _, l := range e.Locations {
			values[i][string(l.Location)] = split == store.SplitByLocation
		}
		maps.DeleteFunc(values[i], func(_ string, of bool) bool { return !of })
		for v := range values[i] {
			totals[v]++
		}
	}
	ranked := slices.SortedFunc(maps.Keys(totals), func(a, b string) int {
		return cmp.Or(totals[b]-totals[a], cmp.Compare(a, b))
	})
	own := ranked[:min(top, len(ranked))]
	want := map[string]int{} // by year and group
	for i, e := range events {
		year := "none"
		if at, _, _ := store.CountedAt(e.Time, e.Nominal.Start(), time.UTC); at.Bounded() {
			year = at.Time().UTC().Format("2006")
		}
		groups := map[string]bool{}
		for v := range values[i] {
			if !slices.Contains(own, v) {
				v = bucket.Others
			}
			groups[v] = true
		}
		if len(values[i]) == 0 {
			groups[""] = true
		}
		for g := range groups {
			want[fmt.Sprintf("%s %q", year, g)]++
		}
	}
	got := map[string]int{}
	for _, b := range c.buckets(store.BucketQuery{Interval: edtf.IntervalYear, SplitBy: split, Top: top}) {
		year := "none"
		if b.Start != nil {
			year = b.Start.Time().UTC().Format("2006")
		}
		for i, g := range b.Groups {
			if g.Others {
				g.Key = bucket.Others
				if i < len(b.Groups)-1 {
					c.Errorf("%s by %s: the group of others is not the last one: %+v", year, split, b.Groups)
				}
			}
			got[fmt.Sprintf("%s %q", year, g.Key)] += g.Events
		}
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		c.Errorf("the first %d by %s as of %v (-want +got):\n%s", top, split, c.view.KnownAt, diff)
	}
}

func parse(value string) *edtf.Time {
	t, err := edtf.ParseTime(value)
	if err != nil {
		panic(err) // a bug of the suite
	}
	return &t
}
