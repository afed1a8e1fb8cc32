package aggregate

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/flight"
	"casus/internal/store/memory"
	"casus/internal/store/storetest"
)

// TestPage asks for pages of chance after every batch, once columns follow it, beside the store itself.
func TestPage(t *testing.T) {
	d := rand.New(rand.NewPCG(3, 4))
	some := func(percent int) bool { return d.IntN(100) < percent }
	day := func() *edtf.Time {
		at, err := edtf.ParseTime([]string{"2025-02", "2025-03-10", "2025-03", "2025-03-20", "2025-04", "2025"}[d.IntN(6)])
		if err != nil {
			t.Fatal(err)
		}
		return &at
	}
	yes, one := true, 1
	filter := func() *store.EventFilter {
		var f store.EventFilter
		if some(50) {
			f.Time = &store.TimeRange{}
			if some(60) {
				f.Time.To = day()
			} else {
				f.Time.From = day()
			}
			if certainty := store.Definitely; some(30) {
				f.Time.Certainty = &certainty
			}
		}
		if some(20) {
			f.Categories = kg.EventCategories()[:1+d.IntN(6)]
		}
		if some(10) {
			f.HasParts = &yes
		}
		if some(10) {
			f.Not = &store.EventFilter{Voices: &store.IntRange{Max: &one}}
		}
		return &f
	}
	items, windows, open := 0, 0, 0
	ask := func(t *testing.T, s *memory.Store, columns *Index) {
		columns.rested(time.Time{})
		follow(t, columns)
		for range 30 {
			q := store.EventQuery{Filter: filter(), Window: store.Window{Limit: store.MaxPageSize}, Total: some(50)}
			if some(60) {
				q.Order.Direction = store.Desc
			}
			all, err := s.Events(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			at := func() *store.Position {
				if n := len(all[0].Positions); n > 0 && some(50) {
					p := all[0].Positions[d.IntN(n)]
					if some(20) {
						p.ID += "0" // is nowhere, but between two
					}
					return &p
				}
				return nil
			}
			q.Window = store.Window{Limit: d.IntN(8), Backward: some(50), After: at(), Before: at()}
			want, err := s.Events(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			got, revision, answered := columns.Page(t.Context(), q)
			if !answered {
				t.Fatalf("%+v is not answered", q)
			}
			if now := revisionOf(t, s); revision != now {
				t.Fatalf("revision %d, want %d", revision, now)
			}
			named := store.Page[kg.ID]{Items: []kg.ID{}, Positions: want[0].Positions, HasNext: want[0].HasNext, HasPrevious: want[0].HasPrevious, Total: want[0].Total}
			for _, e := range want[0].Items {
				named.Items = append(named.Items, e.ID)
			}
			if diff := cmp.Diff(named, got); diff != "" {
				t.Fatalf("%+v, filter %+v (-store +columns):\n%s", q, q.Filter, diff)
			}
			items += len(named.Items)
			if len(all[0].Items) > len(named.Items) && len(named.Items) > 0 {
				windows++
			}
			for i := range named.Positions {
				if named.Positions[i].Int == int64(edtf.EndOfTime) || named.Positions[i].Int == int64(edtf.BeginningOfTime) {
					open++
				}
			}
		}
	}
	for seed := range uint64(10) {
		s, readings := memory.New(), flight.New()
		columns := New(s, readings)
		batches, decisions := storetest.Generated(seed, false)
		for _, b := range append(batches, decisions) {
			if _, err := s.Apply(t.Context(), b); err != nil {
				t.Fatal(err)
			}
			ask(t, s, columns)
		}
		readings.Close()
	}
	if items < 2000 || windows < 600 || open < 500 {
		t.Errorf("%d events in all pages, %d pages of less than all, %d events without a start: the questions find too little", items, windows, open)
	}
}

// follow asks for a page until columns have what was written.
func follow(t *testing.T, c *Index) {
	t.Helper()
	for began := time.Now(); ; {
		now, err := c.store.Revision(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		_, revision, answered := c.Page(t.Context(), store.EventQuery{})
		if answered && revision == now {
			return
		}
		c.MarkStale(revision)
		if time.Since(began) > time.Minute {
			t.Fatal("a minute after it was written the columns do not have it")
		}
		time.Sleep(time.Millisecond)
	}
}

// TestPageOutdated writes, and says so: columns answer no page until they were brought up to date, for a count or once they have rested.
func TestPageOutdated(t *testing.T) {
	s, readings := memory.New(), flight.New()
	defer readings.Close()
	columns := New(s, readings)
	batches, _ := storetest.Generated(1, false)
	change := func() {
		t.Helper()
		for before := revisionOf(t, s); revisionOf(t, s) == before; batches = batches[1:] {
			if _, err := s.Apply(t.Context(), batches[0]); err != nil {
				t.Fatal(err)
			}
		}
	}
	answered := func() bool {
		_, _, answered := columns.Page(t.Context(), store.EventQuery{})
		return answered
	}
	change()
	follow(t, columns)
	before := revisionOf(t, s)
	change()
	columns.MarkStale(before - 1)
	if !answered() {
		t.Error("what was said of an older revision counts")
	}
	columns.rested(time.Now().Add(time.Hour))
	columns.MarkStale(before)
	for range 3 * worth {
		if answered() {
			t.Fatal("a page is answered by columns that lack what was written")
		}
	}
	if _, done, err := columns.Buckets(t.Context(), store.BucketQuery{Interval: edtf.IntervalYear}); err != nil || !done {
		t.Fatal(done, err)
	}
	if !answered() {
		t.Error("no page is answered by columns that were brought up to date for a count")
	}
	columns.MarkStale(revisionOf(t, s)) // which is not so
	columns.rested(time.Time{})
	follow(t, columns)
}

// TestPageReadsLate asks for few pages: for these not everything is read.
func TestPageReadsLate(t *testing.T) {
	s, readings := memory.New(), flight.New()
	columns := New(s, readings)
	for range worth {
		columns.Page(t.Context(), store.EventQuery{})
	}
	readings.Close()
	if columns.table != nil {
		t.Error("everything was read for a few pages")
	}
}

func revisionOf(t *testing.T, s *memory.Store) int64 {
	t.Helper()
	now, err := s.Revision(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return now
}

// TestPagesOfOthers asks for what columns do not know.
func TestPagesOfOthers(t *testing.T) {
	s, readings := memory.New(), flight.New()
	defer readings.Close()
	columns := New(s, readings)
	follow(t, columns)
	then := edtf.Instant(1)
	for _, q := range []store.EventQuery{
		{Scope: &store.Scope{}}, {Order: store.EventOrder{Field: store.EventsByKilled}}, {View: kg.View{KnownAt: &then}}, {View: kg.View{Identity: kg.IdentityExact}},
		{Filter: &store.EventFilter{IDs: []kg.ID{}}}, {Filter: &store.EventFilter{Not: &store.EventFilter{Claimants: []kg.ID{"actor:a"}}}},
	} {
		if _, _, answered := columns.Page(t.Context(), q); answered {
			t.Errorf("%+v is answered", q)
		}
	}
}
