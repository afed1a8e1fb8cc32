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
	got := []any{
		event.Normalize(), actor.Normalize(), location.Normalize(), document.Normalize(), claims.Normalize(),
		half.Normalize(), otherHalf.Normalize(),
	}
	want := []any{
		store.EventOrder{
			Field: "TIME", Direction: "ASC",
		}, store.ActorOrder{Field: "NAME", Direction: "ASC"}, store.LocationOrder{Field: "NAME", Direction: "ASC"},
		store.DocumentOrder{Field: "PUBLISHED", Direction: "ASC"}, store.ClaimOrder{Field: "ASSERTED", Direction: "ASC"},
		store.EventOrder{Field: "TIME", Direction: "DESC"}, store.EventOrder{Field: "KILLED", Direction: "ASC"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	zero := []any{
		(&store.EventOrder{}).Normalize(), (&store.ActorOrder{}).Normalize(), (&store.LocationOrder{}).Normalize(),
		(&store.DocumentOrder{}).Normalize(), (&store.ClaimOrder{}).Normalize(),
	}
	if diff := cmp.Diff(want[:5], zero); diff != "" {
		t.Errorf("zero values (-want +got):\n%s", diff)
	}
}

// TestAbsentKeysComeLast sorts by key in both directions.
func TestAbsentKeysComeLast(t *testing.T) {
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
	for _, field := range store.EventOrderFields.Values() {
		if n := field.SourceNumber(); n >= 0 { // no number of sources is absent
			counted := kg.EventState{Sources: kg.SourceCount{Documents: 4, Publishers: 3, Voices: 2, Datasets: 1}}
			if got := (store.EventOrder{Field: field}).Key(counted); got != int64(4-n) {
				t.Errorf("%s: %d, want %d", field, got, 4-n)
			}
			continue
		}
		for direction, want := range map[store.Direction][]string{
			store.Asc:  {"old", "new", "absent"},
			store.Desc: {"new", "old", "absent"},
		} {
			if got := sorted(store.EventOrder{Field: field, Direction: direction}); !slices.Equal(got, want) {
				t.Errorf("%s %s: %v, want %v", field, direction, got, want)
			}
		}
	}
	byTime := store.EventOrder{Field: store.EventsByTime, Direction: store.Asc}
	if got := byTime.Key(states["new"]); got != 1735689600000 {
		t.Errorf("2025-01-01 has the key %d", got)
	}
	noBest := kg.EventState{Toll: kg.Toll{Killed: &kg.Estimate{Low: ref(3)}}}
	byKilled := store.EventOrder{Field: store.EventsByKilled, Direction: store.Desc}
	if got := byKilled.Key(noBest); got != int64(edtf.BeginningOfTime) {
		t.Errorf("a toll without best has the key %d in descending order", got)
	}
	dated, undated := kg.Document{PublishedAt: timeOf("2025-01-01")}, kg.Document{}
	open := kg.Document{PublishedAt: timeOf("../2025")}
	for _, d := range []kg.Document{undated, open} {
		ascending := store.PublishedKey(d, store.Asc) > store.PublishedKey(dated, store.Asc)
		descending := store.PublishedKey(d, store.Desc) < store.PublishedKey(dated, store.Desc)
		if !ascending || !descending {
			t.Errorf("a document published %v does not come last", d.PublishedAt)
		}
	}
}
