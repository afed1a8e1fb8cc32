package aggregate

import (
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// lastMoment is after all moments at which TestListColumn's values change.
const lastMoment = 6

// added is a value that a test added to an event.
type added struct {
	value string
	known kg.Interval
}

// TestListColumn adds random values, known for whole lives or in random intervals, to a few events, some twice, and
// clears events periodically. A list of all that was added is the oracle.
func TestListColumn(t *testing.T) {
	for _, field := range []store.FacetField{store.FacetActor, store.FieldOnMap} {
		d := rand.New(rand.NewPCG(1, 2))
		l, want := newListColumn(field, 4), make([][]added, 12)
		longest := 0
		for i := range 4000 {
			if i%300 == 299 && len(l.refs) < len(want) {
				l.grow()
			}
			event := uint32(d.IntN(len(l.refs)))
			if d.IntN(40) == 0 {
				l.clear(event)
				want[event] = nil
			}
			a := added{[]string{"", "a", "b", "c", "d", "e"}[d.IntN(6)], kg.Interval{KnownTo: edtf.EndOfTime}}
			if event%3 != 0 && d.IntN(2) == 0 {
				a.known.KnownFrom = edtf.Instant(d.IntN(lastMoment))
				if d.IntN(2) == 0 {
					a.known.KnownTo = edtf.Instant(d.IntN(lastMoment))
				}
			}
			l.add(event, a.value, duringLife(a.known, 0))
			want[event] = append(want[event], a)
			for n := range l.refs {
				longest = max(longest, compareValues(t, l, uint32(n), want[n]))
			}
		}
		if longest < 5 || len(l.spans) < 300 {
			t.Errorf("%s: at most %d values, %d spans", field, longest, len(l.spans))
		}
	}
}

// compareValues compares the values of an event with the added ones, as of each moment. It returns their
// number in the latest view.
func compareValues(t *testing.T, l *listColumn, event uint32, all []added) (n int) {
	t.Helper()
	for m := edtf.Instant(0); m <= lastMoment; m++ {
		moment := &m
		if m == lastMoment {
			moment = nil
		}
		var got, want []string
		for _, code := range l.at(moment).of(event) {
			v := l.words[code]
			switch {
			case v != "" && !slices.Contains(got, v):
				got = append(got, v)
			case v != "" && !l.ordered:
				t.Fatalf("event %d has %s twice as of %v", event, v, m)
			}
		}
		for _, a := range all {
			if a.known.Holds(m) && a.value != "" && !slices.Contains(want, a.value) {
				want = append(want, a.value)
			}
		}
		if !l.ordered {
			slices.Sort(got)
			slices.Sort(want)
		}
		if n = len(got); !slices.Equal(got, want) {
			t.Fatalf("event %d has %q as of %v, want %q", event, got, m, want)
		}
	}
	return n
}
