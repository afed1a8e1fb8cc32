package mapping

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"casus/loader/values"
)

// conversions makes CEL's double and int read text by the rule of number: with decimal commas where the file has them,
// and without a superfluous fraction. Other values are converted as CEL does.
func conversions(format values.Format) cel.EnvOption {
	convert := func(to ref.Type, parse func(string) (any, error)) func(ref.Val) ref.Val {
		return func(v ref.Val) ref.Val {
			s, ok := v.(types.String)
			if !ok {
				return v.ConvertToType(to)
			}
			found, err := parse(string(s))
			if err == nil && found == nil {
				err = fmt.Errorf("%q is missing, not a number", string(s))
			}
			return result(found, err)
		}
	}
	one := []*cel.Type{cel.DynType}
	options := []cel.EnvOption{
		cel.Function("@double", cel.Overload("double_dyn", one, cel.DoubleType,
			cel.UnaryBinding(convert(types.DoubleType, func(s string) (any, error) { return parseDouble(s, format) })))),
		cel.Function("@int", cel.Overload("int_dyn", one, cel.IntType,
			cel.UnaryBinding(convert(types.IntType, func(s string) (any, error) { return parseNumberIn(s, format) })))),
		cel.Macros(renamed("double"), renamed("int")),
	}
	return func(e *cel.Env) (*cel.Env, error) {
		var err error
		for _, o := range options {
			if e, err = o(e); err != nil {
				return nil, err
			}
		}
		return e, nil
	}
}

// renamed returns a macro that calls a function of ours in place of one of CEL's.
func renamed(name string) cel.Macro {
	return cel.GlobalMacro(name, 1, func(f cel.MacroExprFactory, _ ast.Expr, args []ast.Expr) (ast.Expr, *cel.Error) {
		return f.NewCall("@"+name, args...), nil
	})
}

// parseDouble returns a float64; nil if the text is missing.
func parseDouble(s string, format values.Format) (any, error) {
	plain, err := format.Number(s)
	if plain == "" || err != nil {
		return nil, err
	}
	return strconv.ParseFloat(plain, 64)
}

// parseNumberIn returns a whole number, an int64; nil if there is none.
func parseNumberIn(s string, format values.Format) (any, error) {
	plain, err := format.Number(s)
	if plain == "" && err == nil {
		return nil, nil
	}
	if err != nil && !errors.Is(err, values.ErrNotNumber) {
		return nil, err
	}
	if err == nil && values.IsShortened(strings.TrimSpace(s)) {
		return nil, fmt.Errorf("%q %w: a program has rounded the number", s, values.ErrLostDigits)
	}
	n, err := strconv.ParseInt(plain, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("%q is not a whole number", s)
	}
	return n, nil
}
