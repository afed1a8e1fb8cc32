package sums

import (
	"cmp"
	"context"
	"slices"
)

// Summation adds up the numbers of the events of one or several selections. The events of a selection are divided into
// cells, such as time buckets; the result is a Part for each cell. The contribution of an event depends on all events
// of its selection.
type Summation struct {
	quantities *Quantities
	nesting    *Nesting
	cells      []cell
	// tallies are by quantity and then by cell, for the first few quantities; rare has those of all others.
	tallies [denseQuantities][]tally
	rare    map[rareKey]*tally
	nested  []nestedEvent
}

const denseQuantities = 2

type rareKey struct{ cell, quantity int32 }

// cell is a cell of a selection. counted is the number of its events that occurred or are going on.
type cell struct {
	selection int32
	counted   int
}

// tally is the contribution of the events of a cell to one quantity.
type tally struct {
	low, best, high              int
	events, withoutHigh, covered int
	disagreed                    bool
}

// plus returns the tally of the events of t and of o.
func (t tally) plus(o tally) tally {
	return tally{
		t.low + o.low, t.best + o.best, t.high + o.high,
		t.events + o.events, t.withoutHigh + o.withoutHigh, t.covered + o.covered, t.disagreed || o.disagreed,
	}
}

// nestedEvent is an event that is a part or a whole.
type nestedEvent struct {
	cell, node int32
	counts     bool
	numbers    Numbers
}

// NewSummation returns a summation of the quantities of a set. nesting has all the parts and wholes of the events that
// will be added.
func NewSummation(q *Quantities, nesting *Nesting) *Summation {
	return &Summation{quantities: q, nesting: nesting, rare: map[rareKey]*tally{}}
}

// Cell adds a cell to a selection and returns its number. Cells and selections are numbered from 0.
func (s *Summation) Cell(selection int) int {
	s.cells = append(s.cells, cell{selection: int32(selection)})
	return len(s.cells) - 1
}

// Add adds an event to a cell. node is its number in the nesting, or -1. counts is set if it occurred or is going on
// and is not RETRACTED. An event is added to each selection at most once.
func (s *Summation) Add(at int, node int32, counts bool, numbers Numbers) {
	if counts {
		s.cells[at].counted++
	}
	if node >= 0 {
		if counts {
			s.nested = append(s.nested, nestedEvent{int32(at), node, counts, numbers})
		}
		return
	}
	for i := range numbers {
		n := &numbers[i]
		var t *tally
		if q := n.quantity; q < denseQuantities && at < len(s.tallies[q]) {
			t = &s.tallies[q][at]
		} else {
			t = s.tally(int32(at), q)
		}
		t.count(n)
		t.low, t.best = t.low+n.low, t.best+n.best
		if n.high < 0 {
			t.withoutHigh++
		} else {
			t.high += n.high
		}
	}
}

// Count is Add for an event without a number that is neither a part nor a whole.
func (s *Summation) Count(at int) { s.cells[at].counted++ }

// count counts an event that has a number.
func (t *tally) count(n *number) {
	t.events++
	t.disagreed = t.disagreed || !n.agreed
}

// tally returns the tally of a quantity in a cell.
func (s *Summation) tally(at, quantity int32) *tally {
	if quantity < denseQuantities {
		if grown := len(s.cells); len(s.tallies[quantity]) < grown {
			s.tallies[quantity] = append(s.tallies[quantity], make([]tally, grown-len(s.tallies[quantity]))...)
		}
		return &s.tallies[quantity][at]
	}
	key := rareKey{at, quantity}
	t := s.rare[key]
	if t == nil {
		t = &tally{}
		s.rare[key] = t
	}
	return t
}

// Parts returns the part of each cell. It is called once, after all events were added.
func (s *Summation) Parts(ctx context.Context) ([]Part, error) {
	if err := s.contribute(ctx); err != nil {
		return nil, err
	}
	return s.parts(s.order()), nil
}

// Contributions returns the contributions of the events of each cell to the low, the best and the high sum. They differ
// from Parts if these sums cross: Contributions does not exchange them. It is called once, in place of Parts.
func (s *Summation) Contributions(ctx context.Context) ([]Part, error) {
	if err := s.contribute(ctx); err != nil {
		return nil, err
	}
	return s.parts(nil), nil
}

func (s *Summation) parts(order order) []Part {
	parts, first := make([]Part, len(s.cells)), make([]entry, len(s.cells)) // of one allocation
	for i := range parts {
		parts[i] = Part{s.quantities, s.cells[i].counted, first[i : i : i+1]}
	}
	s.each(func(at, quantity int32, t *tally) {
		parts[at].entries = append(parts[at].entries, order.entry(s.cells[at].selection, quantity, t))
	})
	return parts
}

// each calls f for each tally with events.
func (s *Summation) each(f func(at, quantity int32, t *tally)) {
	for quantity, tallies := range s.tallies {
		for at := range tallies {
			if t := &tallies[at]; t.events > 0 || t.covered > 0 {
				f(int32(at), int32(quantity), t)
			}
		}
	}
	for key, t := range s.rare {
		f(key.cell, key.quantity, t)
	}
}

// contribute adds the contributions of parts and wholes, for each selection and quantity.
func (s *Summation) contribute(ctx context.Context) error {
	if len(s.nested) == 0 {
		return nil
	}
	selection := func(e nestedEvent) int32 { return s.cells[e.cell].selection }
	slices.SortStableFunc(s.nested, func(a, b nestedEvent) int { return cmp.Compare(selection(a), selection(b)) })
	w := newWalk(ctx, s)
	for begin := 0; begin < len(s.nested); {
		end := begin + 1
		for end < len(s.nested) && selection(s.nested[end]) == selection(s.nested[begin]) {
			end++
		}
		selected := s.nested[begin:end]
		var quantities []int32
		seen := make(map[int32]bool)
		for _, e := range selected {
			for _, n := range e.numbers {
				if !seen[n.quantity] {
					seen[n.quantity] = true
					quantities = append(quantities, n.quantity)
				}
			}
		}
		for _, q := range quantities {
			if err := w.contribute(selected, q); err != nil {
				return err
			}
		}
		begin = end
	}
	return nil
}

// order holds, for the selections and quantities whose sums cross, which of the sums is the low one and which the high
// one. Sums cross only where a part has several wholes.
type order map[orderKey]crossing

type orderKey struct{ selection, quantity int32 }

// crossing has the index of the least and the greatest sum among those of low, best and high.
type crossing struct{ low, high int }

var straight = crossing{0, 2}

// order compares the sums of each selection and quantity.
func (s *Summation) order() order {
	if len(s.nested) == 0 {
		return nil
	}
	totals := map[orderKey]tally{}
	s.each(func(at, quantity int32, t *tally) {
		key := orderKey{s.cells[at].selection, quantity}
		sum := totals[key]
		sum.low, sum.best, sum.high = sum.low+t.low, sum.best+t.best, sum.high+t.high
		sum.withoutHigh += t.withoutHigh
		totals[key] = sum
	})
	crossed := order{}
	for key, t := range totals {
		c, last := straight, 2
		if t.withoutHigh > 0 {
			last = 1
		}
		sums := []int{t.low, t.best, t.high}
		for i := 1; i <= last; i++ {
			if sums[i] < sums[c.low] {
				c.low = i
			}
		}
		for i := 0; i < last && last == 2; i++ {
			if sums[i] > sums[c.high] {
				c.high = i
			}
		}
		if c != straight {
			crossed[key] = c
		}
	}
	return crossed
}

// entry returns the entry of a tally.
func (o order) entry(selection, quantity int32, t *tally) entry {
	e := entry{quantity, *t}
	if len(o) > 0 {
		if c, crossed := o[orderKey{selection, quantity}]; crossed {
			sums := [3]int{t.low, t.best, t.high}
			e.low, e.high = sums[c.low], sums[c.high]
		}
	}
	return e
}
