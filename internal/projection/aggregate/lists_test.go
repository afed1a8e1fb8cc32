package aggregate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/kg"
)

// TestListColumn adds random values to a few rows, some twice, and clears rows periodically. A map of slices is the
// oracle.
func TestListColumn(t *testing.T) {
	d := rand.New(rand.NewPCG(1, 2))
	rows, events := map[kg.ID]uint32{}, make([]kg.ID, 12)
	for i := range events {
		events[i] = kg.ID(fmt.Sprint("event:", i))
		rows[events[i]] = uint32(i)
	}
	l, want := newListColumn(len(events)), map[kg.ID][]string{}
	longest := 0
	for range 5000 {
		event, value := events[d.IntN(len(events))], []string{"", "a", "b", "c", "d", "e"}[d.IntN(6)]
		if d.IntN(40) == 0 {
			l.refs[rows[event]] = 0
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
			longest = max(longest, len(got))
			if !slices.Equal(got, want[e]) {
				t.Fatalf("%s has %q, want %q", e, got, want[e])
			}
		}
	}
	if longest < 5 {
		t.Errorf("no row has more than %d values", longest)
	}
}
