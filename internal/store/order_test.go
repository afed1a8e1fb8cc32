package store_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"

	"github.com/google/go-cmp/cmp"
)

func TestOrderDefaults(t *testing.T) {
	var (
		event     *store.EventOrder
		actor     *store.ActorOrder
		location  *store.LocationOrder
		document  *store.DocumentOrder
		claims    *store.ClaimOrder
		half      = &store.EventOrder{Direction: store.Desc}
		otherHalf = &store.EventOrder{Field: store.EventsByKilled}
	)
	got := []any{event.Normalize(), actor.Normalize(), location.Normalize(), document.Normalize(), claims.Normalize(), half.Normalize(), otherHalf.Normalize()}
	want := []any{
		store.EventOrder{Field: "TIME", Direction: "ASC"}, store.ActorOrder{Field: "NAME", Direction: "ASC"}, store.LocationOrder{Field: "NAME", Direction: "ASC"},
		store.DocumentOrder{Field: "PUBLISHED", Direction: "ASC"}, store.ClaimOrder{Field: "ASSERTED", Direction: "ASC"},
		store.EventOrder{Field: "TIME", Direction: "DESC"}, store.EventOrder{Field: "KILLED", Direction: "ASC"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want[:5], []any{(&store.EventOrder{}).Normalize(), (&store.ActorOrder{}).Normalize(), (&store.LocationOrder{}).Normalize(), (&store.DocumentOrder{}).Normalize(), (&store.ClaimOrder{}).Normalize()}); diff != "" {
		t.Errorf("zero values (-want +got):\n%s", diff)
	}
}

// Sorted by key, in either direction, what has no key comes last.
func TestKeysPutTheAbsentLast(t *testing.T) {
	state := func(time string, killed *int) kg.EventState {
		s := kg.EventState{FirstAsserted: when(time)}
		s.Time = when(time)
		if killed != nil {
			s.Toll.Killed = &kg.Estimate{Low: ref(0), Best: killed}
		}
		return s
	}
	states := map[string]kg.EventState{
		"old":    state("1850", ref(0)),
		"new":    state("2025-01-01", ref(7)),
		"absent": state("../2025", nil),
	}
	sorted := func(o store.EventOrder) []string {
		var names []string
		for n := range states {
			names = append(names, n)
		}
		rand.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		slices.SortFunc(names, func(a, b string) int {
			x, y := o.Key(states[a]), o.Key(states[b])
			switch {
			case x == y:
				return 0
			case (x < y) == (o.Direction == store.Asc):
				return -1
			}
			return 1
		})
		return names
	}
	for _, field := range store.EventOrderFields() {
		if got, want := sorted(store.EventOrder{Field: field, Direction: store.Asc}), []string{"old", "new", "absent"}; !slices.Equal(got, want) {
			t.Errorf("%s upwards: %v, want %v", field, got, want)
		}
		if got, want := sorted(store.EventOrder{Field: field, Direction: store.Desc}), []string{"new", "old", "absent"}; !slices.Equal(got, want) {
			t.Errorf("%s downwards: %v, want %v", field, got, want)
		}
	}
	if got := (store.EventOrder{Field: store.EventsByTime, Direction: store.Asc}).Key(states["new"]); got != 1735689600000 {
		t.Errorf("2025-01-01 has the key %d", got)
	}
	noBest := kg.EventState{Toll: kg.Toll{Killed: &kg.Estimate{Low: ref(3)}}}
	if got := (store.EventOrder{Field: store.EventsByKilled, Direction: store.Desc}).Key(noBest); got != int64(edtf.BeginningOfTime) {
		t.Errorf("a toll without best has the key %d downwards", got)
	}
	dated, undated := kg.Document{PublishedAt: timeOf("2025-01-01")}, kg.Document{}
	open := kg.Document{PublishedAt: timeOf("../2025")}
	for _, d := range []kg.Document{undated, open} {
		if store.PublishedKey(d, store.Asc) <= store.PublishedKey(dated, store.Asc) || store.PublishedKey(d, store.Desc) >= store.PublishedKey(dated, store.Desc) {
			t.Errorf("a document published %v does not come last", d.PublishedAt)
		}
	}
}
