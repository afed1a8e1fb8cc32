package mapping

import (
	"fmt"
	"reflect"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

// result returns a function's result as a CEL value.
func result(v any, err error) ref.Val {
	switch {
	case err != nil:
		return types.WrapErr(err)
	case v == nil:
		return types.NullValue
	}
	return types.DefaultTypeAdapter.NativeToValue(v)
}

// toText converts a value to text; null is "".
func toText(v ref.Val) string {
	switch v := v.(type) {
	case types.Null:
		return ""
	case types.String:
		return string(v)
	case traits.Lister, traits.Mapper:
		return fmt.Sprint(v.Value())
	}
	if s, ok := v.ConvertToType(types.StringType).(types.String); ok {
		return string(s)
	}
	return fmt.Sprint(v.Value())
}

// toTexts converts a list's elements to text; another value is a list of one.
func toTexts(v ref.Val) []string {
	list, ok := v.(traits.Lister)
	if !ok {
		return []string{toText(v)}
	}
	var all []string
	for it := list.Iterator(); it.HasNext() == types.True; {
		all = append(all, toText(it.Next()))
	}
	return all
}

// textOnly returns an error for a list or an object of JSON, from which a function that reads a text would make
// nonsense; nil for any other value.
func textOnly(function string, v ref.Val) ref.Val {
	switch v.(type) {
	case traits.Lister:
		return types.NewErr("%s: its value is a list, not a text; write %s(elements(value)[0]), or each with elements(value)",
			function, function)
	case traits.Mapper:
		return types.NewErr(`%s: its value is an object, not a text; write %s(at(value, "field"))`, function, function)
	}
	return nil
}

// jsonValue converts a CEL value to a JSON value; nil for null, "" and an empty list.
func jsonValue(v ref.Val) (any, error) {
	if v == nil || v.Type() == types.NullType {
		return nil, nil
	}
	native, err := v.ConvertToNative(anyType)
	if err != nil {
		return nil, err
	}
	return dropEmpty(native), nil
}

// dropEmpty removes nil, empty strings and empty lists at every depth; nil if nothing is left.
func dropEmpty(v any) any {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		if v == "" {
			return nil
		}
	case []any:
		var all []any
		for _, item := range v {
			if item = dropEmpty(item); item != nil {
				all = append(all, item)
			}
		}
		if len(all) == 0 {
			return nil
		}
		return all
	case []ref.Val:
		items := make([]any, len(v))
		for i, item := range v {
			made, err := jsonValue(item)
			if err != nil {
				return nil
			}
			items[i] = made
		}
		return dropEmpty(items)
	case map[ref.Val]ref.Val:
		made := map[string]any{}
		for k, item := range v {
			if p, err := jsonValue(item); err == nil && p != nil {
				made[toText(k)] = p
			}
		}
		return made
	case map[any]any: // from a map literal in an expression
		made := map[string]any{}
		for k, item := range v {
			if item = dropEmpty(item); item != nil {
				made[fmt.Sprint(k)] = item
			}
		}
		if len(made) == 0 {
			return nil
		}
		return made
	}
	return v
}

var anyType = reflect.TypeFor[any]()
