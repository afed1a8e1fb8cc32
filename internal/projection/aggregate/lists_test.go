package aggregate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/kg"
)

// TestLists adds values of few rows in any order, some again, and drops rows now and then; a map of slices knows what is there.
func TestLists(t *testing.T) {
	d := rand.New(rand.NewPCG(1, 2))
	rows, events := map[kg.ID]uint32{}, make([]kg.ID, 12)
	for i := range events {
		events[i] = kg.ID(fmt.Sprint("event:", i))
		rows[events[i]] = uint32(i)
	}
	l, want := newLists(len(events)), map[kg.ID][]string{}
	most := 0
	for range 5000 {
		event, value := events[d.IntN(len(events))], []string{"", "a", "b", "c", "d", "e"}[d.IntN(6)]
		if d.IntN(40) == 0 {
			l.of[rows[event]] = 0
			delete(want, event)
		}
		l.add(rows, event, value)
		l.add(rows, "event:not there", value)
		if value != "" && !slices.Contains(want[event], value) {
			want[event] = append(want[event], value)
		}
		for _, e := range events {
			var got []string
			for _, n := range l.values(rows[e]) {
				if n != 0 {
					got = append(got, l.words[n])
				}
			}
			most = max(most, len(got))
			if !slices.Equal(got, want[e]) {
				t.Fatalf("%s has %q, want %q", e, got, want[e])
			}
		}
	}
	if most < 5 {
		t.Errorf("no row has more than %d values", most)
	}
}
