package storetest

import (
	"math/rand/v2"

	"casus/internal/kg"
)

// dice make a generated graph and the questions asked of it: one seed, one graph.
type dice struct{ *rand.Rand }

func roll(seed uint64) dice { return dice{rand.New(rand.NewPCG(seed, 0xca505))} }

// chance is true in so many of a hundred throws.
func (d dice) chance(percent int) bool { return d.IntN(100) < percent }

// between is one of low..high.
func (d dice) between(low, high int) int { return low + d.IntN(high-low+1) }

func pick[T any](d dice, from []T) T { return from[d.IntN(len(from))] }

// few are one to most values, which may repeat.
func few[T any](d dice, most int, from []T) []T {
	values := make([]T, d.between(1, most))
	for i := range values {
		values[i] = pick(d, from)
	}
	return values
}

// listed are the values of a filter: now and then an empty list, which matches nothing.
func listed[T any](d dice, most int, from []T) []T {
	if d.chance(3) {
		return []T{}
	}
	return few(d, most, from)
}

// distinct are up to most different values, in an order of their own; none where there are none.
func distinct[T any](d dice, most int, from []T) []T {
	var values []T
	for _, i := range d.Perm(len(from))[:min(d.IntN(most+1), len(from))] {
		values = append(values, from[i])
	}
	return values
}

// sometimes is a pointer to a value, or nil.
func sometimes[T any](d dice, percent int, value T) *T {
	if d.chance(percent) {
		return &value
	}
	return nil
}

// ids are ids to ask for: mostly of the graph, some of them nobody's.
func (g *graph) ids(d dice, most int, kinds ...kg.NodeKind) []kg.ID {
	var from []kg.ID
	for _, k := range kinds {
		from = append(from, g.known[k]...)
		from = append(from, kg.ID(string(k)+":nobody"))
	}
	return listed(d, most, from)
}
