package mapping

import (
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

// elementsOf returns a list as it is, and any other value as a list of one; an empty list for null and "".
func elementsOf(v ref.Val) ref.Val {
	switch {
	case v.Type() == types.NullType || v == types.String(""):
		return types.DefaultTypeAdapter.NativeToValue([]any{})
	case v.Type() == types.ListType:
		return v
	}
	return types.DefaultTypeAdapter.NativeToValue([]ref.Val{v})
}

// valueAtPath returns the value at a path of fields, with dots between them; null if there is none.
func valueAtPath(v, path ref.Val) ref.Val {
	for field := range strings.SplitSeq(toText(path), ".") {
		object, ok := v.(traits.Mapper)
		if !ok {
			return types.NullValue
		}
		if v, ok = object.Find(types.String(field)); !ok {
			return types.NullValue
		}
	}
	return v
}
