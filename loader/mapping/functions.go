package mapping

import (
	"encoding/csv"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"casus/internal/kg"
)

var anyType = reflect.TypeFor[any]()

// functions are those that mappings have beside CEL's own:
//
//	lookup(table, key)        what a code stands for; null where the table has it not
//	prefix(table, key)        what the longest prefix of a code stands for that the table has; null where it has none
//	number(text)              a whole number; null for "", NA and the like, an error for other text
//	given(text)               the text; null for "", NA, N/A, null, none and -
//	parts(text, separator)    the parts, trimmed, empty ones left out
//	date(text)                the day of a date or date-time, as YYYY-MM-DD; a month or a year where no more is given
//	date(text, layout)        the same of a date that is written in a way of its own, such as MM/DD/YYYY
//	instant(text)             the moment of a date-time in UTC such as 20251220180000, as 2025-12-20T18:00:00Z
//	between(from, to)         an EDTF interval; one day where both are the same
//	within(from, to)          EDTF for one unknown day of a range: [from..to]
//	fields(text, separator)   the fields of a line of CSV, quoted ones among them
//	match(text, pattern)      the whole match of a regular expression (RE2) and its groups; null where it does not match
//	latest(days)              the latest of days written YYYY-MM-DD; null where there are none
//	derive(kind, parts)       an id that the parts determine
//	slug(text)                the text as a part of an id: no white space
//	absent()                  no value, beside any other in c ? a : b
func functions(codes tables) []cel.EnvOption {
	text := []*cel.Type{cel.DynType}
	two := []*cel.Type{cel.DynType, cel.DynType}
	return []cel.EnvOption{
		codes.function("lookup", func(entries map[string]any, key string) any { return entries[key] }),
		codes.function("prefix", longestPrefix),
		cel.Function("absent", cel.Overload("absent_dyn", nil, cel.DynType, cel.FunctionBinding(func(...ref.Val) ref.Val { return types.NullValue }))),
		cel.Function("latest", cel.Overload("latest_list", []*cel.Type{cel.ListType(cel.DynType)}, cel.DynType, cel.UnaryBinding(func(v ref.Val) ref.Val {
			return result(latestDay(toTexts(v)), nil)
		}))),
		cel.Function("derive", cel.Overload("derive_kind_list", []*cel.Type{cel.StringType, cel.ListType(cel.DynType)}, cel.DynType, cel.BinaryBinding(func(kind, v ref.Val) ref.Val {
			return result(string(kg.DeriveID(kg.NodeKind(toText(kind)), toTexts(v)...)), nil)
		}))),
		binary("fields", two, splitFields),
		binary("match", two, matchPattern),
		unary("number", text, parseNumber),
		unary("given", text, func(s string) (any, error) { return textOrNil(s), nil }),
		cel.Function("date",
			cel.Overload("date_dyn", text, cel.DynType, cel.UnaryBinding(func(v ref.Val) ref.Val { return result(parseDate(toText(v))) })),
			cel.Overload("date_dyn_dyn", two, cel.DynType, cel.BinaryBinding(func(v, layout ref.Val) ref.Val { return result(parseDateAs(toText(v), toText(layout))) }))),
		unary("instant", text, parseInstant),
		unary("slug", text, func(s string) (any, error) { return slug(s), nil }),
		binary("parts", two, func(s, separator string) (any, error) { return splitParts(s, separator), nil }),
		binary("between", two, func(from, to string) (any, error) {
			if from == to {
				return from, nil
			}
			return from + "/" + to, nil
		}),
		binary("within", two, func(from, to string) (any, error) {
			if from == to {
				return from, nil
			}
			return "[" + from + ".." + to + "]", nil
		}),
	}
}

// function finds an entry in a table that is named.
func (t tables) function(name string, find func(entries map[string]any, key string) any) cel.EnvOption {
	two := []*cel.Type{cel.DynType, cel.DynType}
	return cel.Function(name, cel.Overload(name+"_table_key", two, cel.DynType, cel.BinaryBinding(func(table, key ref.Val) ref.Val {
		entries, ok := t[toText(table)]
		if !ok {
			return types.NewErr("there is no table %q", toText(table))
		}
		return result(find(entries, toText(key)), nil)
	})))
}

func unary(name string, takes []*cel.Type, f func(string) (any, error)) cel.EnvOption {
	return cel.Function(name, cel.Overload(name+"_dyn", takes, cel.DynType, cel.UnaryBinding(func(v ref.Val) ref.Val {
		return result(f(toText(v)))
	})))
}

func binary(name string, takes []*cel.Type, f func(a, b string) (any, error)) cel.EnvOption {
	return cel.Function(name, cel.Overload(name+"_dyn_dyn", takes, cel.DynType, cel.BinaryBinding(func(a, b ref.Val) ref.Val {
		return result(f(toText(a), toText(b)))
	})))
}

func result(v any, err error) ref.Val {
	switch {
	case err != nil:
		return types.WrapErr(err)
	case v == nil:
		return types.NullValue
	}
	return types.DefaultTypeAdapter.NativeToValue(v)
}

// toText is a value as text; null is "".
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

// toTexts are a list's elements as text.
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

func latestDay(days []string) any {
	if len(days) == 0 {
		return nil
	}
	return slices.Max(days)
}

func splitFields(line, separator string) (any, error) {
	if textOrNil(line) == nil {
		return []any{}, nil
	}
	r := csv.NewReader(strings.NewReader(line))
	r.LazyQuotes, r.FieldsPerRecord, r.TrimLeadingSpace = true, -1, true
	for _, c := range separator {
		r.Comma = c
	}
	found, err := r.Read()
	if err != nil {
		return nil, err
	}
	all := make([]any, len(found))
	for i, f := range found {
		all[i] = f
	}
	return all, nil
}

// patterns are compiled once; a mapping has few.
var patterns sync.Map

func matchPattern(s, pattern string) (any, error) {
	compiled, ok := patterns.Load(pattern)
	if !ok {
		re, err := regexp.Compile(pattern)
		if err != nil {
			return nil, err
		}
		compiled, _ = patterns.LoadOrStore(pattern, re)
	}
	groups := compiled.(*regexp.Regexp).FindStringSubmatch(s)
	if groups == nil {
		return nil, nil
	}
	all := make([]any, len(groups))
	for i, g := range groups {
		all[i] = g
	}
	return all, nil
}

// textOrNil is the text, unless it only says that there is none.
func textOrNil(s string) any {
	s = strings.TrimSpace(s)
	switch strings.ToLower(s) {
	case "", "na", "n/a", "null", "none", "nan", "-", "--":
		return nil
	}
	return s
}

// groupedNumber are thousands set apart by commas or spaces. A point may be a decimal one, so it sets nothing apart.
var groupedNumber = regexp.MustCompile(`^[-+]?\d{1,3}([, \x{00a0}\x{2009}\x{202f}]\d{3})+$`)

func parseNumber(s string) (any, error) {
	v := textOrNil(s)
	if v == nil {
		return nil, nil
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n, nil
	}
	if groupedNumber.MatchString(strings.TrimSpace(s)) {
		s = strings.Map(func(r rune) rune {
			if r == ',' || unicode.IsSpace(r) {
				return -1
			}
			return r
		}, s)
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || f != float64(int64(f)) {
		return nil, fmt.Errorf("%q is no whole number", s)
	}
	return int64(f), nil
}

// slug has no white space and nothing that cannot be printed, as ids ask for.
func slug(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '_'
	}, strings.Join(strings.Fields(s), "_"))
}

func splitParts(s, separator string) []any {
	all := []any{}
	for part := range strings.SplitSeq(s, separator) {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// dropEmpty leaves out what has no value, at every depth.
func dropEmpty(v any) any {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		if v == "" {
			return nil
		}
	case []any:
		var kept []any
		for _, item := range v {
			if item = dropEmpty(item); item != nil {
				kept = append(kept, item)
			}
		}
		if len(kept) == 0 {
			return nil
		}
		return kept
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
	case map[any]any: // of a map that an expression writes out
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
