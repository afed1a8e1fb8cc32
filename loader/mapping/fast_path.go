package mapping

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
)

// fastPath evaluates an expression to text, a string, without CEL. It returns false if a column is missing or is not
// text; CEL must then evaluate the expression.
type fastPath func(scope map[string]any) (text any, ok bool)

// newFastPath returns the fast path of the most common expressions: text, a column, a variable, and these joined by +.
// It returns nil for any other expression.
func newFastPath(checked *cel.Ast) fastPath {
	e := checked.NativeRep().Expr()
	if lookup := newLookup(e); lookup != nil {
		return func(scope map[string]any) (any, bool) { // returned as stored, without a new allocation
			v := lookup(scope)
			if s, ok := v.(types.String); ok {
				return string(s), true
			}
			_, ok := v.(string)
			return v, ok
		}
	}
	build := newTextBuilder(e)
	if build == nil {
		return nil
	}
	return func(scope map[string]any) (any, bool) {
		s, ok := build(scope)
		if !ok {
			return nil, false
		}
		return s, true
	}
}

// newLookup returns a function that reads a column or a variable; nil if the expression is neither.
func newLookup(e ast.Expr) func(scope map[string]any) any {
	switch e.Kind() {
	case ast.SelectKind:
		if s := e.AsSelect(); isRow(s.Operand()) && !s.IsTestOnly() {
			column := s.FieldName()
			return func(scope map[string]any) any {
				row, _ := scope["row"].(map[string]any)
				return row[column]
			}
		}
	case ast.IdentKind:
		name := e.AsIdent()
		return func(scope map[string]any) any { return scope[name] }
	}
	return nil
}

// newTextBuilder returns a function that evaluates an expression to text; nil if the expression has no fast path.
func newTextBuilder(e ast.Expr) func(scope map[string]any) (string, bool) {
	if lookup := newLookup(e); lookup != nil {
		return func(scope map[string]any) (string, bool) {
			switch v := lookup(scope).(type) {
			case string:
				return v, true
			case types.String:
				return string(v), true
			}
			return "", false
		}
	}
	switch e.Kind() {
	case ast.LiteralKind:
		if text, ok := e.AsLiteral().(types.String); ok {
			return func(map[string]any) (string, bool) { return string(text), true }
		}
	case ast.CallKind:
		call := e.AsCall()
		if call.FunctionName() != operators.Add || len(call.Args()) != 2 {
			return nil
		}
		left, right := newTextBuilder(call.Args()[0]), newTextBuilder(call.Args()[1])
		if left == nil || right == nil {
			return nil
		}
		return func(scope map[string]any) (string, bool) {
			a, ok := left(scope)
			if !ok {
				return "", false
			}
			b, ok := right(scope)
			if !ok || len(a)+len(b) > maxText || charge(scope, uint64(len(a)+len(b))/10) != nil {
				return "", false // CEL reports the bound
			}
			return a + b, true
		}
	}
	return nil
}
