package mapping

import (
	"maps"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/cost"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

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

// ownCosts returns the cost of the functions that mappings add to CEL's.
type ownCosts struct{}

var _ cost.ActualCostEstimator = ownCosts{}

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
