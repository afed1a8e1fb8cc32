package storetest

import (
	"math/rand/v2"

	"casus/internal/kg"
)

// random is a source of random graphs and queries, determined by its seed.
type random struct{ *rand.Rand }

// newRandom returns the source of a seed.
func newRandom(seed uint64) random { return random{rand.New(rand.NewPCG(seed, 0xca505))} }

// chance reports true with a probability of percent / 100.
func (d random) chance(percent int) bool { return d.IntN(100) < percent }

// between returns a number from low to high, both included.
func (d random) between(low, high int) int { return low + d.IntN(high-low+1) }

func pick[T any](d random, from []T) T { return from[d.IntN(len(from))] }

// randomValues returns 1 to most random values, which may repeat.
func randomValues[T any](d random, most int, from []T) []T {
	values := make([]T, d.between(1, most))
	for i := range values {
		values[i] = pick(d, from)
	}
	return values
}

// filterValues returns the values of a filter. Three in a hundred lists are empty and match nothing.
func filterValues[T any](d random, most int, from []T) []T {
	if d.chance(3) {
		return []T{}
	}
	return randomValues(d, most, from)
}

// distinctValues returns up to most different values in random order.
func distinctValues[T any](d random, most int, from []T) []T {
	var values []T
	for _, i := range d.Perm(len(from))[:min(d.IntN(most+1), len(from))] {
		values = append(values, from[i])
	}
	return values
}

// optional returns a pointer to value with a probability of percent / 100, and nil otherwise.
func optional[T any](d random, percent int, value T) *T {
	if d.chance(percent) {
		return &value
	}
	return nil
}

// ids returns random ids of the graph, and a few unknown ones.
func (g *graph) ids(d random, most int, kinds ...kg.NodeKind) []kg.ID {
	var from []kg.ID
	for _, k := range kinds {
		from = append(from, g.known[k]...)
		from = append(from, kg.ID(string(k)+":unknown"))
	}
	return filterValues(d, most, from)
}
