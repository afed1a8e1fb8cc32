package mapping

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
)

// quick gives the text that an expression makes, without CEL. It is not sure of it where a column is missing or is no text:
// then CEL decides.
type quick func(scope map[string]any) (text string, sure bool)

// quickOf knows the most common expressions: text, a column, a variable, and these put together by +. nil: it is none.
func quickOf(checked *cel.Ast) quick { return quickExpr(checked.NativeRep().Expr()) }

func quickExpr(e ast.Expr) quick {
	switch e.Kind() {
	case ast.LiteralKind:
		if text, is := e.AsLiteral().(types.String); is {
			return func(map[string]any) (string, bool) { return string(text), true }
		}
	case ast.SelectKind:
		if s := e.AsSelect(); isRow(s.Operand()) && !s.IsTestOnly() {
			column := s.FieldName()
			return func(scope map[string]any) (string, bool) {
				row, _ := scope["row"].(map[string]any)
				text, is := row[column].(string)
				return text, is
			}
		}
	case ast.IdentKind:
		name := e.AsIdent()
		return func(scope map[string]any) (string, bool) {
			text, is := scope[name].(types.String)
			return string(text), is
		}
	case ast.CallKind:
		call := e.AsCall()
		if call.FunctionName() != operators.Add || len(call.Args()) != 2 {
			return nil
		}
		left, right := quickExpr(call.Args()[0]), quickExpr(call.Args()[1])
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
