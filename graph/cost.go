package graph

import (
	"math"
	"slices"
	"sort"

	"github.com/vektah/gqlparser/v2/ast"
)

// cost is what a selection costs: the number of response keys that it can have, over all objects on which it is
// selected. depth is how deep it nests.
type cost struct{ depth, keys int }

// estimator estimates the cost of operations. Each field counts once for each object that can have it, aliases,
// __typename and repeated fields included.
type estimator struct {
	sizes listSizes
	// spreads holds the costs of fragments, each of which is visited once for the same numbers of objects. So fragments
	// that spread each other twice do not take exponential time.
	spreads map[spread]cost
	// visits counts the visited fields.
	visits int
}

// spread is a fragment on some objects.
type spread struct {
	fragment *ast.FragmentDefinition
	on       objects
}

// maxVisits bounds the fields that are visited for one estimate. A query within the limit of tokens has fewer, unless
// it spreads fragments in fragments on lists of ever different sizes. The cost of one with more is math.MaxInt.
const maxVisits = 20_000

// operation returns the cost of an operation.
func (e *estimator) operation(op *ast.OperationDefinition) cost {
	e.reset()
	found := e.selections(op.SelectionSet, root)
	if e.exhausted() {
		found.keys = math.MaxInt
	}
	return found
}

func (e *estimator) reset() { e.spreads, e.visits = map[spread]cost{}, 0 }

func (e *estimator) exhausted() bool { return e.visits > maxVisits }

// selections returns the cost of a selection set on objects.
func (e *estimator) selections(set ast.SelectionSet, on objects) cost {
	var total cost
	for _, s := range set {
		if !e.sizes.included(s) {
			continue
		}
		part := e.selection(s, on)
		total.depth, total.keys = max(total.depth, part.depth), plus(total.keys, part.keys)
	}
	return total
}

func (e *estimator) selection(s ast.Selection, on objects) cost {
	switch s := s.(type) {
	case *ast.Field:
		return e.field(s, on)
	case *ast.InlineFragment:
		return e.selections(s.SelectionSet, on)
	case *ast.FragmentSpread:
		at := spread{s.Definition, on}
		known, ok := e.spreads[at]
		if !ok {
			known = e.selections(s.Definition.SelectionSet, on)
			e.spreads[at] = known
		}
		return known
	}
	return cost{}
}

func (e *estimator) field(f *ast.Field, on objects) cost {
	if f.Name == "__schema" || f.Name == "__type" { // counted by introspectionCounter
		return cost{}
	}
	if e.visits++; e.exhausted() {
		return cost{}
	}
	below := e.selections(f.SelectionSet, e.sizes.below(f, on))
	return cost{1 + below.depth, plus(on.count, below.keys)}
}

// pageCost is a page of an operation: the field with its path, what it costs in all, and the argument that sets the
// number of its rows.
type pageCost struct {
	field          *ast.Field
	path, argument string
	cost           int
}

// costliest returns the pages on the costliest path through an operation, which follows the field that costs most at
// each level, the deepest first.
func (e *estimator) costliest(op *ast.OperationDefinition) (pages []pageCost) {
	e.reset()
	set, path, on := op.SelectionSet, "", root
	for len(set) > 0 {
		f, most := e.costliestField(set, on)
		if f == nil {
			break
		}
		path += f.Alias
		if _, argument := e.sizes.page(f); argument != "" {
			pages = append(pages, pageCost{f, path, argument, most})
		}
		set, path, on = f.SelectionSet, path+".", e.sizes.below(f, on)
	}
	slices.Reverse(pages)
	return pages
}

// costliestField returns the field of a selection set that costs most on some objects, and its cost.
func (e *estimator) costliestField(set ast.SelectionSet, on objects) (costliest *ast.Field, most int) {
	for f := range expandFields(set) {
		if !e.sizes.included(f) {
			continue
		}
		if found := e.field(f, on); found.keys > most {
			costliest, most = f, found.keys
		}
	}
	return costliest, most
}

// pageWithin returns the largest size of a field's page with which an operation costs at most limit, or 0.
func (e *estimator) pageWithin(op *ast.OperationDefinition, f *ast.Field, limit int) int {
	size, _ := e.sizes.requested(f)
	defer func() { e.sizes.assumed = nil }()
	return sort.Search(size, func(n int) bool {
		e.sizes.assumed = map[*ast.Field]int{f: n + 1}
		return e.operation(op).keys > limit
	})
}

// plus returns a+b, or math.MaxInt on overflow.
func plus(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}

// times returns a*b, or math.MaxInt on overflow.
func times(a, b int) int {
	if b > 0 && a > math.MaxInt/b {
		return math.MaxInt
	}
	return a * b
}
