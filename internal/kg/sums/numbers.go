package sums

import "casus/internal/kg"

// Quantities numbers the quantities of tolls and selects those of a Set.
type Quantities struct {
	set     Set
	all     []kg.Quantity
	numbers map[kg.Quantity]int32
}

// NewQuantities returns the quantities of a set, none of which has a number yet.
func NewQuantities(set Set) *Quantities {
	return &Quantities{set: set, numbers: map[kg.Quantity]int32{}}
}

// number is an event's own number of a quantity. high is negative if it is absent.
type number struct {
	quantity        int32
	low, best, high int
	agreed          bool
}

// Numbers are the selected numbers of one toll.
type Numbers []number

// Of returns the selected numbers of a toll. An absent best number counts as the low one.
func (q *Quantities) Of(t kg.Toll) (all Numbers) {
	for what, e := range t.Numbers() {
		if !q.set.has(what) {
			continue
		}
		at, known := q.numbers[what]
		if !known {
			at = int32(len(q.all))
			q.numbers[what], q.all = at, append(q.all, what)
		}
		n := number{quantity: at, high: -1, agreed: e.Agreed}
		if e.Low != nil {
			n.low = *e.Low
		}
		if n.best = n.low; e.Best != nil {
			n.best = *e.Best
		}
		if e.High != nil {
			n.high = *e.High
		}
		all = append(all, n)
	}
	return all
}

// find returns the number of a quantity, or nil.
func (all Numbers) find(quantity int32) *number {
	for i := range all {
		if all[i].quantity == quantity {
			return &all[i]
		}
	}
	return nil
}
