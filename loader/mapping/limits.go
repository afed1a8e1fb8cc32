package mapping

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/cost"
	"cel.dev/cel-go/common/operators"
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

// isCheap reports whether an expression costs little for any row, so that its cost need not be counted: it
// has no loops, few calls, and no function whose result is much greater than its arguments.
func isCheap(checked *cel.Ast) bool {
	calls, joins := 0, 0
	for _, e := range ast.MatchDescendants(ast.NavigateAST(checked.NativeRep()), ast.AllMatcher()) {
		switch e.Kind() {
		case ast.ComprehensionKind:
			return false
		case ast.CallKind:
			calls++
			switch name := e.AsCall().FunctionName(); {
			case name == operators.Add:
				joins++
			case !cheapFunctions[name]:
				return false
			}
		}
	}
	return calls <= 40 && joins <= 8
}

// cheapFunctions are the functions that isCheap allows besides +. Functions that make lists are not cheap.
var cheapFunctions = func() map[string]bool {
	all := setOf(slices.Collect(maps.Keys(signatures))...)
	for _, name := range []string{"parts", "fields", "items", "elements", "citations"} {
		delete(all, name)
	}
	for _, name := range []string{
		operators.Conditional, operators.LogicalAnd, operators.LogicalOr, operators.LogicalNot, operators.Equals,
		operators.NotEquals, operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals,
		operators.In, operators.Index, operators.OptIndex, operators.OptSelect, operators.Subtract, operators.Negate,
		"orValue", "hasValue", "size", "string", "double", "int", "type", "dyn", "startsWith", "endsWith", "contains",
		"substring", "trim", "lowerAscii", "upperAscii", "timestamp", "duration",
	} {
		all[name] = true
	}
	return all
}()

func setOf(names ...string) map[string]bool {
	all := make(map[string]bool, len(names))
	for _, name := range names {
		all[name] = true
	}
	return all
}

// program plans a checked expression, with a limit unless it is cheap.
func (c *compiler) program(checked *cel.Ast) (cel.Program, error) {
	if isCheap(checked) {
		return c.env.Program(checked)
	}
	return c.env.Program(checked, cel.CostLimit(maxCost), cel.CostTracking(ownCosts{}))
}

// ownCosts returns the cost of the functions that mappings add to CEL's.
type ownCosts struct{}

// CallCost returns nil for CEL's own functions, for which CEL computes the cost.
func (ownCosts) CallCost(function, _ string, args []ref.Val, result ref.Val) *uint64 {
	if signatures[function] == "" && !strings.HasSuffix(function, boundedSuffix) {
		return nil
	}
	if types.IsError(result) {
		return nil
	}
	total := resultCost(result)
	for _, a := range args {
		if s, ok := a.(types.String); ok {
			total += uint64(len(s)) / 10
		}
	}
	return &total
}

var _ cost.ActualCostEstimator = ownCosts{}
