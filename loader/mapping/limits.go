package mapping

import (
	"fmt"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"casus/loader/values"
)

const (
	// maxCost bounds the evaluation of one expression, in CEL's units: a step, or ten bytes of text.
	maxCost = 1_000_000
	// maxRowCost bounds all expressions of a row together, and the objects that they fill.
	maxRowCost = 10 * maxCost
	// objectCost is the cost of an object, which takes more memory than a text.
	objectCost = 50
	// maxText is the maximum length of a text that functions and + make; maxCost allows no more.
	maxText = 10 * maxCost
	// maxElements is the maximum number of elements that functions make of one text.
	maxElements = values.MaxElements
)

// rowCost is what a row's expressions have cost. It is in the scope of the row.
type rowCost struct{ spent uint64 }

// costKey is the name of the rowCost in a scope; no variable has it.
const costKey = ""

// errRowCost ends the mapping of a row.
var errRowCost = fmt.Errorf("the row costs more than %d steps to map, which is the bound of a row", maxRowCost)

// charge adds a cost to the row of a scope. The error is set if the row's bound is exceeded.
func charge(scope map[string]any, n uint64) error {
	row, ok := scope[costKey].(*rowCost)
	if !ok {
		return nil
	}
	if row.spent += n; row.spent > maxRowCost {
		return errRowCost
	}
	return nil
}

// resultCost is the cost of a value that an expression without a limit has made.
func resultCost(v ref.Val) uint64 {
	switch v := v.(type) {
	case types.String:
		return 1 + uint64(len(v))/10
	case traits.Lister:
		if n, ok := v.Size().(types.Int); ok {
			return 1 + uint64(n)
		}
	}
	return 1
}
