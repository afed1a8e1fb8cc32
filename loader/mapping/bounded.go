package mapping

import (
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"cel.dev/cel-go/ext"
)

// boundedSuffix ends the names of the functions that replace those of CEL's extensions.
const boundedSuffix = "_bounded"

// boundedFunctions replace functions of CEL's extensions whose results may be far greater than their arguments, or
// whose running time grows faster than these. They return the same results, or an error if a bound is exceeded; a limit
// of the cost alone comes too late, since CEL counts a call's cost after it. Macros call them by their usual names.
func boundedFunctions() ([]cel.EnvOption, error) {
	str, list := cel.StringType, cel.ListType(cel.DynType)
	formatted, err := formatProgram()
	if err != nil {
		return nil, err
	}
	format := func(args ...ref.Val) ref.Val {
		size := 0
		for it := args[1].(traits.Lister).Iterator(); it.HasNext() == types.True; {
			size += len(toText(it.Next()))
		}
		if size += len(toText(args[0])); size > maxText {
			return tooLong("format", size)
		}
		out, _, err := formatted.Eval(map[string]any{"text": args[0], "values": args[1]})
		if err != nil {
			return types.WrapErr(err)
		}
		return out
	}
	return []cel.EnvOption{
		bounded("replace", replaceText, str, str, str, str),
		bounded("replace", replaceText, str, str, str, str, cel.IntType),
		bounded("split", splitText, cel.ListType(str), str, str),
		bounded("split", splitText, cel.ListType(str), str, str, cel.IntType),
		bounded("join", joinTexts, str, list),
		bounded("join", joinTexts, str, list, str),
		bounded("format", format, str, str, list),
		bounded("distinct", distinctElements, list, list),
	}, nil
}

// bounded declares a function and a macro that calls it: target.name(args).
func bounded(name string, f func(...ref.Val) ref.Val, result *cel.Type, args ...*cel.Type) cel.EnvOption {
	own := name + boundedSuffix
	call := func(factory cel.MacroExprFactory, target ast.Expr, args []ast.Expr) (ast.Expr, *cel.Error) {
		return factory.NewCall(own, append([]ast.Expr{target}, args...)...), nil
	}
	return func(e *cel.Env) (*cel.Env, error) {
		overload := cel.Overload(fmt.Sprint(own, "_", len(args)), args, result, cel.FunctionBinding(f))
		e, err := cel.Function(own, overload)(e)
		if err != nil {
			return nil, err
		}
		return cel.Macros(cel.ReceiverMacro(name, len(args)-1, call))(e)
	}
}

// formatProgram returns a program of CEL's own format.
func formatProgram() (cel.Program, error) {
	env, err := cel.NewEnv(cel.Variable("text", cel.StringType), cel.Variable("values", cel.ListType(cel.DynType)),
		ext.Strings(ext.StringsMaxPrecision(100)))
	if err != nil {
		return nil, err
	}
	checked, issues := env.Compile("text.format(values)")
	if issues.Err() != nil {
		return nil, issues.Err()
	}
	return env.Program(checked)
}

func replaceText(args ...ref.Val) ref.Val {
	s, old, by, n := toText(args[0]), toText(args[1]), toText(args[2]), intArgument(args, 3)
	times := strings.Count(s, old)
	if n >= 0 {
		times = min(times, n)
	}
	if size := len(s) + times*(len(by)-len(old)); size > maxText {
		return tooLong("replace", size)
	}
	return types.String(strings.Replace(s, old, by, n))
}

func splitText(args ...ref.Val) ref.Val {
	s, separator, n := toText(args[0]), toText(args[1]), intArgument(args, 2)
	if count := strings.Count(s, separator) + 1; count > maxElements && (n < 0 || n > maxElements) {
		return tooMany("split", count)
	}
	return types.DefaultTypeAdapter.NativeToValue(strings.SplitN(s, separator, n))
}

func joinTexts(args ...ref.Val) ref.Val {
	separator, size := "", 0
	if len(args) > 1 {
		separator = toText(args[1])
	}
	var all []string
	for it := args[0].(traits.Lister).Iterator(); it.HasNext() == types.True; {
		s, ok := it.Next().(types.String)
		if !ok {
			return types.NewErr("join: an element is not a string")
		}
		if size += len(separator) + len(s); size > maxText {
			return tooLong("join", size)
		}
		all = append(all, string(s))
	}
	return types.String(strings.Join(all, separator))
}

// maxCompared is the maximum number of elements other than strings that distinct compares, each with all before it.
const maxCompared = 1_000

func distinctElements(args ...ref.Val) ref.Val {
	var all, compared []ref.Val
	texts := map[types.String]bool{}
	for it := args[0].(traits.Lister).Iterator(); it.HasNext() == types.True; {
		v := it.Next()
		if text, ok := v.(types.String); ok {
			if !texts[text] {
				texts[text], all = true, append(all, v)
			}
			continue
		}
		if len(compared) > maxCompared {
			return types.NewErr("distinct: more than %d different elements that are not strings", maxCompared)
		}
		if !slices.ContainsFunc(compared, func(o ref.Val) bool { return o.Equal(v) == types.True }) {
			compared, all = append(compared, v), append(all, v)
		}
	}
	return types.DefaultTypeAdapter.NativeToValue(all)
}

// intArgument returns the argument at i, if there is one; else -1.
func intArgument(args []ref.Val, i int) int {
	if i >= len(args) {
		return -1
	}
	n, _ := args[i].(types.Int)
	return int(max(min(n, maxText+1), -1))
}

func tooLong(function string, size int) ref.Val {
	return types.NewErr("%s: the result has %d bytes; at most %d", function, size, maxText)
}

func tooMany(function string, n int) ref.Val {
	return types.NewErr("%s: the text has %d parts; at most %d", function, n, maxElements)
}
