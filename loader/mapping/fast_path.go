package mapping

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
)

// fastPath gives the text that an expression makes, a string, without CEL. It is not sure of it where a column is missing or is no
// text: then CEL decides.
type fastPath func(scope map[string]any) (text any, sure bool)

// newFastPath knows the most common expressions: text, a column, a variable, and these put together by +. nil: it is none.
func newFastPath(checked *cel.Ast) fastPath {
	e := checked.NativeRep().Expr()
	if held := newLookup(e); held != nil {
		return func(scope map[string]any) (any, bool) { // as it is: it need not be made again
			v := held(scope)
			if s, is := v.(types.String); is {
				return string(s), true
			}
			_, is := v.(string)
			return v, is
		}
	}
	text := newTextBuilder(e)
	if text == nil {
		return nil
	}
	return func(scope map[string]any) (any, bool) {
		s, sure := text(scope)
		if !sure {
			return nil, false
		}
		return s, true
	}
}

// newLookup gives what a column or a variable holds; nil: the expression is neither.
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

// newTextBuilder gives the text that an expression makes; nil: it is none of those known.
func newTextBuilder(e ast.Expr) func(scope map[string]any) (string, bool) {
	if held := newLookup(e); held != nil {
		return func(scope map[string]any) (string, bool) {
			switch v := held(scope).(type) {
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
		if text, is := e.AsLiteral().(types.String); is {
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
			a, sure := left(scope)
			if !sure {
				return "", false
			}
			b, sure := right(scope)
			return a + b, sure
		}
	}
	return nil
}
