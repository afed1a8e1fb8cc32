package sums

import (
	"cmp"
	"context"
	"slices"

	"casus/internal/kg"
)

// walk computes the contributions of the parts and wholes of one selection to one quantity after another. It goes from
// parts up to their wholes, since an event has few wholes and may have very many parts.
type walk struct {
	ctx    context.Context
	s      *Summation
	groups []groupState // by group
	round  int32        // of the selection and quantity
	step   int32        // of the walk from one group
	stack  []int32
	steps  int // since the context was checked
}

// groupState is a group of events that are parts of one another: it counts as one event, with the greatest of their
// numbers.
type groupState struct {
	round, visited int32
	number
	events int // with a number
	// owner is the event to which the contribution is attributed: the one with the greatest number.
	owner int
	// below has the contributions of the parts to low, best and high; covered is set if one of them has a number.
	below   [3]int
	covered bool
}

func newWalk(ctx context.Context, s *Summation) *walk {
	return &walk{ctx: ctx, s: s, groups: make([]groupState, len(s.nesting.wholes))}
}

// contribute adds the contributions of the nested events of one selection to a quantity.
func (w *walk) contribute(selected []nestedEvent, quantity int32) error {
	w.round++
	numbered := w.number(selected, quantity)
	slices.SortFunc(numbered, func(a, b int32) int { return cmp.Compare(b, a) }) // parts before wholes
	for _, g := range numbered {
		if err := w.addGroup(g, selected, quantity); err != nil {
			return err
		}
	}
	for _, e := range selected {
		if e.numbers.find(quantity) != nil {
			continue
		}
		covered, err := w.isCovered(w.s.nesting.groupOf[e.node])
		if err != nil {
			return err
		}
		if covered {
			w.s.tally(e.cell, quantity).covered++
		}
	}
	return nil
}

// state returns the state of a group in this round.
func (w *walk) state(group int32) *groupState {
	g := &w.groups[group]
	if g.round != w.round {
		*g = groupState{round: w.round, visited: g.visited}
	}
	return g
}

// number sets the numbers of groups, and returns the groups that have one.
func (w *walk) number(selected []nestedEvent, quantity int32) (numbered []int32) {
	for i, e := range selected {
		n := e.numbers.find(quantity)
		if n == nil {
			continue
		}
		w.s.tally(e.cell, quantity).count(n)
		group := w.s.nesting.groupOf[e.node]
		g := w.state(group)
		if g.events++; g.events == 1 {
			g.number, g.owner = *n, i
			numbered = append(numbered, group)
			continue
		}
		if w.isGreater(e.node, n, selected[g.owner].node, selected[g.owner].numbers.find(quantity)) {
			g.owner = i
		}
		high := max(n.high, g.high)
		if high >= 0 { // a part of a whole with a high: an absent high counts as the best
			high = max(high, g.best, n.best)
		}
		g.low, g.best, g.high = max(g.low, n.low), max(g.best, n.best), high
	}
	return numbered
}

// isGreater orders the events of a group by their numbers, and equal ones by id.
func (w *walk) isGreater(a int32, n *number, b int32, m *number) bool {
	ids := w.s.nesting.ids
	return cmp.Or(
		cmp.Compare(n.best, m.best), cmp.Compare(n.low, m.low), cmp.Compare(n.high, m.high), cmp.Compare(ids[b], ids[a]),
	) > 0
}

// addGroup adds the contribution of a group with a number: the amount by which it exceeds the numbers of its parts.
func (w *walk) addGroup(group int32, selected []nestedEvent, quantity int32) error {
	g := w.state(group)
	t := w.s.tally(selected[g.owner].cell, quantity)
	if g.high < 0 {
		hasHigh := false
		err := w.up(group, func(whole *groupState) bool {
			hasHigh = whole.events > 0 && whole.high >= 0
			return !hasHigh
		})
		if err != nil {
			return err
		}
		if hasHigh {
			g.high = g.best
		} else {
			t.withoutHigh++
		}
	}
	excess := [3]int{max(0, g.low-g.below[0]), max(0, g.best-g.below[1]), max(0, g.high-g.below[2])}
	t.low, t.best, t.high = t.low+excess[0], t.best+excess[1], t.high+excess[2]
	return w.up(group, func(whole *groupState) bool {
		whole.covered = true
		for i, n := range excess {
			whole.below[i] += n
		}
		return true
	})
}

// isCovered reports whether an event without a number has a part or a whole with one.
func (w *walk) isCovered(group int32) (covered bool, err error) {
	g := w.state(group)
	if g.events > 0 || g.covered {
		return true, nil
	}
	err = w.up(group, func(whole *groupState) bool {
		covered = whole.events > 0
		return !covered
	})
	return covered, err
}

// up calls f for each whole of a group, at any depth, until f returns false.
func (w *walk) up(group int32, f func(*groupState) bool) error {
	w.step++
	w.stack = append(w.stack[:0], w.s.nesting.wholes[group]...)
	for len(w.stack) > 0 {
		if w.steps++; w.steps&0xffff == 0 && w.ctx.Err() != nil {
			return kg.Errorf(kg.Timeout, "add up the figures of events: %w", w.ctx.Err())
		}
		at := w.stack[len(w.stack)-1]
		w.stack = w.stack[:len(w.stack)-1]
		g := w.state(at)
		if g.visited == w.step {
			continue
		}
		g.visited = w.step
		if !f(g) {
			return nil
		}
		w.stack = append(w.stack, w.s.nesting.wholes[at]...)
	}
	return nil
}
