package sums_test

import (
	"slices"

	"casus/internal/kg"
)

// naive computes the sums of one selection and quantity straight from the words of docs/model.md: it asks for each pair
// of events whether one is part of the other.
type naive struct {
	events []event
	// within tells for each event of which others it is a part, at any depth.
	within [][]bool
}

// event is an event of a test. Selected ones count unless planned is set.
type event struct {
	selected, planned bool
	number            *kg.Estimate
	cell              int
}

// result is what the naive computation returns for a cell.
type result struct {
	low, best, high             int
	hasHigh, agreed             bool
	events, withoutHigh, absent int
}

func newNaive(events []event, links [][2]int) *naive {
	n := &naive{events: events, within: make([][]bool, len(events))}
	for i := range events {
		n.within[i] = make([]bool, len(events))
	}
	for changed := true; changed; {
		changed = false
		for _, l := range links {
			part, whole := l[0], l[1]
			add := func(of int) {
				if !n.within[part][of] {
					n.within[part][of], changed = true, true
				}
			}
			add(whole)
			for of, in := range n.within[whole] {
				if in {
					add(of)
				}
			}
		}
	}
	return n
}

func (n *naive) numbered(i int) bool {
	return n.events[i].selected && !n.events[i].planned && n.events[i].number != nil
}

// circle returns the numbered events that count as one with an event: each is a part of it, and it is a part of each.
func (n *naive) circle(i int) (all []int) {
	for j := range n.events {
		if n.numbered(j) && (i == j || n.within[i][j] && n.within[j][i]) {
			all = append(all, j)
		}
	}
	return all
}

// own returns a number of an event or its circle: 0 the low, 1 the best, 2 the high.
func (n *naive) own(i, which int) (number int, ok bool) {
	stated := func(j int) (int, bool) {
		e := n.events[j].number
		switch {
		case which == 0, which == 1 && e.Best == nil:
			return *e.Low, true
		case which == 1:
			return *e.Best, true
		case e.High != nil:
			return *e.High, true
		}
		return 0, false
	}
	number, ok = stated(i)
	for _, j := range n.circle(i) {
		if m, stated := stated(j); stated {
			number, ok = max(number, m), true
		}
	}
	if which < 2 {
		return number, true
	}
	inWholeWithHigh := ok
	for j := range n.events {
		inWholeWithHigh = inWholeWithHigh || n.numbered(j) && n.within[i][j] && n.events[j].number.High != nil
	}
	if !inWholeWithHigh {
		return 0, false
	}
	for _, j := range n.circle(i) {
		if n.events[j].number.High == nil {
			best, _ := n.single(j)
			number = max(number, best)
		}
	}
	return number, true
}

// single returns the best number of one event alone, or its low.
func (n *naive) single(i int) (int, bool) {
	if e := n.events[i].number; e.Best != nil {
		return *e.Best, true
	}
	return *n.events[i].number.Low, true
}

// owner returns the event of a circle to which its contribution is attributed.
func (n *naive) owner(i int) int {
	owner := -1
	key := func(j int) [3]int {
		best, _ := n.single(j)
		k := [3]int{best, *n.events[j].number.Low, -1}
		if h := n.events[j].number.High; h != nil {
			k[2] = *h
		}
		return k
	}
	for _, j := range n.circle(i) { // in the order of ids
		if owner < 0 || slices.Compare(ref(key(j)), ref(key(owner))) > 0 {
			owner = j
		}
	}
	return owner
}

func ref(k [3]int) []int { return k[:] }

// contribution returns c(e) of the owner of a circle.
func (n *naive) contribution(i, which int, known map[[2]int]int) int {
	if c, ok := known[[2]int{i, which}]; ok {
		return c
	}
	c, _ := n.own(i, which)
	for j := range n.events {
		if n.numbered(j) && n.owner(j) == j && n.within[j][i] && !n.within[i][j] {
			c -= n.contribution(j, which, known)
		}
	}
	c = max(0, c)
	known[[2]int{i, which}] = c
	return c
}

// sums returns the result of each cell.
func (n *naive) sums(cells int) []result {
	all, known := make([]result, cells), map[[2]int]int{}
	var total [3]int
	withoutHigh := 0
	parts := make([][3]int, cells)
	for i := range all {
		all[i].agreed = true
	}
	for i, e := range n.events {
		if !e.selected || e.planned {
			continue
		}
		r := &all[e.cell]
		if e.number == nil {
			absent := true
			for j := range n.events {
				related := n.within[i][j] || n.within[j][i]
				absent = absent && (!related || !n.numbered(j))
			}
			if absent {
				r.absent++
			}
			continue
		}
		r.events++
		r.agreed = r.agreed && e.number.Agreed
		if n.owner(i) != i {
			continue
		}
		if _, ok := n.own(i, 2); !ok {
			r.withoutHigh++
			withoutHigh++
		}
		for which := range total {
			c := n.contribution(i, which, known)
			total[which] += c
			parts[e.cell][which] += c
		}
	}
	least, greatest, last := 0, 2, 3
	if withoutHigh > 0 {
		last = 2
	}
	for which := range last {
		if total[which] < total[least] {
			least = which
		}
		if last == 3 && total[which] > total[greatest] {
			greatest = which
		}
	}
	for i := range all {
		r := &all[i]
		r.low, r.best, r.hasHigh = parts[i][least], parts[i][1], r.withoutHigh == 0
		if r.hasHigh {
			r.high = parts[i][greatest]
		}
	}
	return all
}
