package mapping

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
)

// quick gives the text that an expression makes, a string, without CEL. It is not sure of it where a column is missing or is no
// text: then CEL decides.
type quick func(scope map[string]any) (text any, sure bool)

// quickOf knows the most common expressions: text, a column, a variable, and these put together by +. nil: it is none.
func quickOf(checked *cel.Ast) quick {
	e := checked.NativeRep().Expr()
	if held := heldBy(e); held != nil {
		return func(scope map[string]any) (any, bool) { // as it is: it need not be made again
			v := held(scope)
			if s, is := v.(types.String); is {
				return string(s), true
			}
			_, is := v.(string)
			return v, is
		}
	}
	text := textOf(e)
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

// heldBy gives what a column or a variable holds; nil: the expression is neither.
func heldBy(e ast.Expr) func(scope map[string]any) any {
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

// textOf gives the text that an expression makes; nil: it is none of those known.
func textOf(e ast.Expr) func(scope map[string]any) (string, bool) {
	if held := heldBy(e); held != nil {
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
		left, right := textOf(call.Args()[0]), textOf(call.Args()[1])
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
