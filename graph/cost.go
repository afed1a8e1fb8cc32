package graph

import (
	"math"
	"slices"
	"sort"

	"github.com/vektah/gqlparser/v2/ast"
)

// cost is what a selection costs: the number of response keys that it can have. If it is selected on a page, each row
// of the page adds rows to cost. depth is how deep it nests.
type cost struct{ depth, cost, rows int }

// estimator estimates the cost of operations. Each field counts once for each object that can have it, aliases,
// __typename and repeated fields included.
type estimator struct {
	sizes listSizes
	// fragments holds the costs of fragments, each of which is visited once, independent of how often it is spread. So
	// fragments that spread each other twice do not take exponential time.
	fragments map[*ast.FragmentDefinition]cost
}

// operation returns the cost of an operation.
func (e estimator) operation(op *ast.OperationDefinition) cost {
	e.fragments = map[*ast.FragmentDefinition]cost{}
	return e.selections(op.SelectionSet)
}

// selections returns the cost of a selection set.
func (e estimator) selections(set ast.SelectionSet) cost {
	var total cost
	for _, s := range set {
		part := e.selection(s)
		total.depth = max(total.depth, part.depth)
		total.cost, total.rows = plus(total.cost, part.cost), plus(total.rows, part.rows)
	}
	return total
}

func (e estimator) selection(s ast.Selection) cost {
	switch s := s.(type) {
	case *ast.Field:
		return e.field(s)
	case *ast.InlineFragment:
		return e.selections(s.SelectionSet)
	case *ast.FragmentSpread:
		known, ok := e.fragments[s.Definition]
		if !ok {
			known = e.selections(s.Definition.SelectionSet)
			e.fragments[s.Definition] = known
		}
		return known
	}
	return cost{}
}

func (e estimator) field(f *ast.Field) cost {
	if f.Name == "__schema" || f.Name == "__type" { // counted by introspectionCounter
		return cost{}
	}
	below := e.selections(f.SelectionSet)
	page, _ := e.sizes.page(f)
	each := plus(below.cost, times(page, below.rows))
	if isRow(f) {
		return cost{1 + below.depth, 1, each}
	}
	return cost{1 + below.depth, plus(1, times(e.sizes.elements(f), each)), 0}
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
func (e estimator) costliest(op *ast.OperationDefinition) (pages []pageCost) {
	e.fragments = map[*ast.FragmentDefinition]cost{}
	set, path, objects, rows := op.SelectionSet, "", 1, 0
	for len(set) > 0 {
		f, each := e.costliestField(set, rows)
		if f == nil {
			break
		}
		path += f.Alias
		if page, argument := e.sizes.page(f); argument != "" {
			pages = append(pages, pageCost{f, path, argument, times(objects, each)})
			objects, rows = times(objects, e.sizes.elements(f)), page
		} else if isRow(f) {
			objects, rows = times(objects, rows), 0
		} else {
			objects, rows = times(objects, e.sizes.elements(f)), 0
		}
		set, path = f.SelectionSet, path+"."
	}
	slices.Reverse(pages)
	return pages
}

// costliestField returns the field of a selection set that costs most for one object, and its cost. rows is the number
// of rows if the object is a page, else 0.
func (e estimator) costliestField(set ast.SelectionSet, rows int) (costliest *ast.Field, most int) {
	for f := range expandFields(set) {
		found := e.field(f)
		if each := plus(found.cost, times(rows, found.rows)); each > most {
			costliest, most = f, each
		}
	}
	return costliest, most
}

// pageWithin returns the largest size of a field's page with which an operation costs at most limit, or 0.
func (e estimator) pageWithin(op *ast.OperationDefinition, f *ast.Field, limit int) int {
	size, _ := e.sizes.requested(f)
	return sort.Search(size, func(n int) bool {
		e.sizes.assumed = map[*ast.Field]int{f: n + 1}
		return e.operation(op).cost > limit
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
