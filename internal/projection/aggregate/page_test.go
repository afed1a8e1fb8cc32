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

// TestPage compares random pages with the store's own after every batch.
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
			f.Categories = kg.EventCategories.Values()[:1+d.IntN(6)]
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
	compare := func(t *testing.T, s *memory.Store, index *Index) {
		index.nextRefresh.Store(0)
		waitFresh(t, index)
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
						p.ID += "0" // a position between two events
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
			got, revision, answered := index.Page(t.Context(), q)
			if !answered {
				t.Fatalf("%+v is not answered", q)
			}
			if now := revisionOf(t, s); revision != now {
				t.Fatalf("revision %d, want %d", revision, now)
			}
			page := store.Page[kg.ID]{
				Items: []kg.ID{}, Positions: want[0].Positions, HasNext: want[0].HasNext, HasPrevious: want[0].HasPrevious,
				Total: want[0].Total,
			}
			for _, e := range want[0].Items {
				page.Items = append(page.Items, e.ID)
			}
			if diff := cmp.Diff(page, got); diff != "" {
				t.Fatalf("%+v, filter %+v (-store +index):\n%s", q, q.Filter, diff)
			}
			items += len(page.Items)
			if len(all[0].Items) > len(page.Items) && len(page.Items) > 0 {
				windows++
			}
			for _, p := range page.Positions {
				if p.Int == int64(edtf.EndOfTime) || p.Int == int64(edtf.BeginningOfTime) {
					open++
				}
			}
		}
	}
	for seed := range uint64(10) {
		s, reads := memory.New(), flight.New()
		index := New(s, reads, Options{})
		batches, decisions := storetest.GeneratedBatches(seed, false)
		for _, b := range append(batches, decisions) {
			if _, err := s.Apply(t.Context(), b); err != nil {
				t.Fatal(err)
			}
			compare(t, s, index)
		}
		reads.Close()
	}
	if items < 2000 || windows < 600 || open < 500 {
		t.Errorf("%d events, %d partial pages, %d events without a start: the queries find too little", items, windows, open)
	}
}

// waitFresh requests pages until the index has the store's revision.
func waitFresh(t *testing.T, c *Index) {
	t.Helper()
	for started := time.Now(); ; {
		now, err := c.store.Revision(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		_, revision, answered := c.Page(t.Context(), store.EventQuery{})
		if answered && revision == now {
			return
		}
		c.MarkStale(revision)
		if time.Since(started) > 5*time.Minute {
			t.Fatal("the index is stale five minutes after the write")
		}
		time.Sleep(time.Millisecond)
	}
}

// TestPageStale marks the index as stale: it answers no page until it is refreshed, by a count or after the backoff.
func TestPageStale(t *testing.T) {
	s, reads := memory.New(), flight.New()
	defer reads.Close()
	index := New(s, reads, Options{})
	batches, _ := storetest.GeneratedBatches(1, false)
	change := func() {
		t.Helper()
		for before := revisionOf(t, s); revisionOf(t, s) == before; batches = batches[1:] {
			if _, err := s.Apply(t.Context(), batches[0]); err != nil {
				t.Fatal(err)
			}
		}
	}
	answered := func() bool {
		_, _, answered := index.Page(t.Context(), store.EventQuery{})
		return answered
	}
	change()
	waitFresh(t, index)
	before := revisionOf(t, s)
	change()
	index.MarkStale(before - 1)
	if !answered() {
		t.Error("marking an older revision makes the index stale")
	}
	index.nextRefresh.Store(time.Now().Add(time.Hour).UnixNano())
	index.MarkStale(before)
	for range 3 * buildThreshold {
		if answered() {
			t.Fatal("a stale index answered a page")
		}
	}
	if _, done, err := index.Buckets(t.Context(), store.BucketQuery{Interval: edtf.IntervalYear}); err != nil || !done {
		t.Fatal(done, err)
	}
	if !answered() {
		t.Error("the index answers no page after a count refreshed it")
	}
	index.MarkStale(revisionOf(t, s)) // although it is fresh
	index.nextRefresh.Store(0)
	waitFresh(t, index)
}

// TestPageBuildThreshold requests a few pages: the index is not built for these.
func TestPageBuildThreshold(t *testing.T) {
	s, reads := memory.New(), flight.New()
	index := New(s, reads, Options{})
	for range buildThreshold {
		index.Page(t.Context(), store.EventQuery{})
	}
	reads.Close()
	if index.follower.Peek(func(*table, int64) {}) {
		t.Error("the index was built for a few pages")
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

// TestUnsupportedPages requests pages that the index cannot answer.
func TestUnsupportedPages(t *testing.T) {
	s, reads := memory.New(), flight.New()
	defer reads.Close()
	index := New(s, reads, Options{})
	waitFresh(t, index)
	then := edtf.Instant(1)
	for _, q := range []store.EventQuery{
		{Scope: &store.Scope{}},
		{Order: store.EventOrder{Field: store.EventsByKilled}},
		{View: kg.View{KnownAt: &then}},
		{View: kg.View{Identity: kg.IdentityExact}},
		{Filter: &store.EventFilter{IDs: []kg.ID{}}},
		{Filter: &store.EventFilter{Not: &store.EventFilter{Claimants: []kg.ID{"actor:a"}}}},
	} {
		if _, _, answered := index.Page(t.Context(), q); answered {
			t.Errorf("%+v is answered", q)
		}
	}
}
