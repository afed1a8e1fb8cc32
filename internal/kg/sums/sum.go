package sums

import (
	"cmp"
	"slices"

	"casus/internal/kg"
)

// Set selects the quantities to add up.
type Set uint8

// The elements of a Set.
const (
	// Killed and Wounded select kg.KilledPeople and kg.WoundedPeople.
	Killed Set = 1 << iota
	Wounded
	// Figures selects all quantities, these two included.
	Figures
)

// has reports whether a quantity is added up.
func (s Set) has(q kg.Quantity) bool {
	return s&Figures != 0 || s&Killed != 0 && q == kg.KilledPeople || s&Wounded != 0 && q == kg.WoundedPeople
}

// Sum is the sum of one quantity over selected events.
type Sum struct {
	Low, Best int
	// High is nil if the number of an event has no upper bound; WithoutHigh counts these numbers.
	High        *int
	WithoutHigh int
	// Agreed reports whether the claims about each of the events agree.
	Agreed bool
	// Events counts the events that have a number. WithoutFigures counts the events that occurred or are going on for
	// which neither they themselves, nor a part, nor a whole of theirs has one.
	Events, WithoutFigures int
}

// QuantitySum is the sum of a quantity.
type QuantitySum struct {
	kg.Quantity
	Sum
}

// Sums are the sums of all quantities of which an event has a number, in the order of kg.Quantity.Compare.
type Sums []QuantitySum

// Of returns the sum of a quantity, or nil without a number.
func (s Sums) Of(q kg.Quantity) *Sum {
	i, found := slices.BinarySearchFunc(s, q, func(s QuantitySum, q kg.Quantity) int { return s.Compare(q) })
	if !found {
		return nil
	}
	return &s[i].Sum
}

// Killed returns the sum of the people killed, or nil without a number.
func (s Sums) Killed() *Sum { return s.Of(kg.KilledPeople) }

// Wounded returns the sum of the people wounded, or nil without a number.
func (s Sums) Wounded() *Sum { return s.Of(kg.WoundedPeople) }

// MaxFigures bounds the result of Figures.
const MaxFigures = 200

// Figures returns the sums of quantities of some kinds; nil means all. If there are more than MaxFigures, it returns
// those of the most events.
func (s Sums) Figures(kinds []kg.FigureKind) []QuantitySum {
	found := []QuantitySum{}
	for _, q := range s {
		if kinds == nil || slices.Contains(kinds, q.Kind) {
			found = append(found, q)
		}
	}
	if len(found) > MaxFigures {
		slices.SortStableFunc(found, func(a, b QuantitySum) int { return cmp.Compare(b.Events, a.Events) })
		found = found[:MaxFigures]
		slices.SortFunc(found, func(a, b QuantitySum) int { return a.Compare(b.Quantity) })
	}
	return found
}

// Part is the contribution of some of the selected events to the sums. Parts of one Summation can be added in any
// order. The zero Part is the contribution of no event.
type Part struct {
	quantities *Quantities
	counted    int // events that occurred or are going on
	entries    []entry
}

// entry is the part of one quantity.
type entry struct {
	quantity int32
	tally
}

// Plus returns the part of the events of p and of o.
func (p Part) Plus(o Part) Part {
	switch {
	case p.quantities == nil:
		return o
	case len(o.entries) == 0:
		p.counted += o.counted
		return p
	}
	sum := Part{p.quantities, p.counted + o.counted, slices.Clone(p.entries)}
	for _, e := range o.entries {
		i := slices.IndexFunc(sum.entries, func(s entry) bool { return s.quantity == e.quantity })
		if i < 0 {
			sum.entries = append(sum.entries, e)
			continue
		}
		sum.entries[i].tally = sum.entries[i].plus(e.tally)
	}
	return sum
}

// Sums returns the sums of the part. A quantity of which no event has a number has none.
func (p Part) Sums() Sums {
	var all Sums
	for _, e := range p.entries {
		if e.events == 0 {
			continue
		}
		s := Sum{
			Low: e.low, Best: e.best, WithoutHigh: e.withoutHigh, Agreed: !e.disagreed, Events: e.events,
			WithoutFigures: p.counted - e.events - e.covered,
		}
		if e.withoutHigh == 0 {
			s.High = &e.high
		}
		all = append(all, QuantitySum{p.quantities.all[e.quantity], s})
	}
	slices.SortFunc(all, func(a, b QuantitySum) int { return a.Compare(b.Quantity) })
	return all
}
