package cache_test

import (
	"context"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
)

// totalRecorder counts the lists of events whose length the engine is to count.
type totalRecorder struct {
	*memory.Store
	totals int
	// write is called after the next list.
	write func()
}

func (r *totalRecorder) Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	if q.Total {
		r.totals++
	}
	pages, err := r.Store.Events(ctx, q)
	if r.write != nil {
		r.write()
		r.write = nil
	}
	return pages, err
}

// TestTotalFromIndex lists events with the length of the list. The engine counts it only before the store is warmed,
// for a filter that the index does not cover, and if something is written meanwhile.
func TestTotalFromIndex(t *testing.T) {
	engine := &totalRecorder{Store: memory.New()}
	applyGenerated(t, engine)
	s := decorate(t, engine)
	total := func(f *store.EventFilter) int {
		t.Helper()
		q := store.EventQuery{Filter: f, Total: true, Window: store.Window{Limit: 3}}
		want, err := engine.Store.Events(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Events(t.Context(), q)
		if err != nil || len(got) != 1 || len(got[0].Items) != len(want[0].Items) {
			t.Fatalf("%v, %v, want %v", got, err, want)
		}
		if engine.totals == 0 && *got[0].Total != *want[0].Total {
			t.Errorf("there are %d events, want %d", *got[0].Total, *want[0].Total)
		}
		n := engine.totals
		engine.totals = 0
		return n
	}
	unverified := &store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusUnverified}}
	text := "a"
	words := &store.EventFilter{Text: &text}
	day, err := edtf.ParseTime("2025-01-01")
	if err != nil {
		t.Fatal(err)
	}
	if n := total(nil); n != 1 {
		t.Errorf("the engine counted %d times before the store is warmed, want once", n)
	}
	if err := s.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		filter *store.EventFilter
		write  bool
		want   int
	}{
		{"all events", nil, false, 0},
		{"events of a status", unverified, false, 0},
		{"events by words", words, false, 1},
		{"a write meanwhile", nil, true, 1},
	} {
		if c.write {
			engine.write = func() {
				claim := kg.Claim{
					ID: "claim:new", Subject: "event:new", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
					AssertedAt: day,
				}
				if _, err := engine.Apply(t.Context(), kg.Batch{Claims: []kg.Claim{claim}}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if n := total(c.filter); n != c.want {
			t.Errorf("%s: the engine counted %d times, want %d", c.name, n, c.want)
		}
	}
}
