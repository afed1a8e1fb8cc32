package mapping

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"casus/internal/kg"
	"casus/internal/text"
	"casus/loader/dates"
	"casus/loader/outlet"
	"casus/loader/values"
)

// functions returns the functions that mappings add to CEL's:
//
//	lookup(table, key)        the table's entry for a key; null if there is none
//	prefix(table, key)        the table's entry for the longest prefix of a key; null if there is none
//	number(text)              a whole number, as programs write it; null if given(text) is, an error for other text
//	code(text)                a code as its source wrote it: 2.0 is 2; null if given(text) is
//	code(text, width)         the same with leading zeros up to a number of digits
//	cameo(text)               the CAMEO code of an event with its leading zero; null if given(text) is
//	given(text)               the text, trimmed; null if it is empty or a word for a missing value
//	parts(text, separator)    the parts, trimmed, empty ones left out
//	date(text)                the day of a date or date-time, as YYYY-MM-DD; a month or a year if the text has no more
//	date(text, layout)        the same for a date in a layout such as MM/DD/YYYY
//	day(year, month, day)     the day of a date in three columns; its month or year if the rest is 0, 99 or missing
//	datetime(text)            date(text) with the time of day, if the text has one
//	instant(text)             the moment of a date-time in UTC such as 20251220180000, as 2025-12-20T18:00:00Z
//	elements(value)           the elements of a list; a list of any other value; an empty one if there is none
//	at(value, path)           the value at a path such as "place.name" in an object; null if there is none
//	between(from, to)         an EDTF interval; one day if both are the same
//	within(from, to)          EDTF for one unknown day of a range, [from..to]; one day if both are the same
//	fields(text, separator)   the fields of a line of CSV
//	match(text, pattern)      the match of a regular expression (RE2) and its groups; null if there is none
//	latest(days)              the latest of days written YYYY-MM-DD; null if the list is empty
//	derive(kind, parts)       an id that the parts determine
//	slug(text)                the text as a part of an id, without white space and unprintable characters
//	absent()                  no value, of any type, for use in c ? a : b
//	fold(text)                the text in lower case, without diacritics, as search compares it
//	items(text, separator)    the parts, but a separator within round brackets does not separate
//	outlet(text)              the outlet that a text names, with id and name; null if it names none
//	citations(text)           the articles that a text cites, each with outlet, date and title
//
// dataset is the name of the mapping. Within it, a name that several outlets share is always the same outlet.
func functions(codes tables, format values.Format, order dates.Order, dataset string) []cel.EnvOption {
	dyn := cel.DynType
	one, two := []*cel.Type{dyn}, []*cel.Type{dyn, dyn}
	return []cel.EnvOption{
		codes.function("lookup", entryOf),
		codes.function("prefix", longestPrefix),
		cel.Function("absent", cel.Overload("absent_dyn", nil, dyn,
			cel.FunctionBinding(func(...ref.Val) ref.Val { return types.NullValue }))),
		cel.Function("latest", cel.Overload("latest_list", []*cel.Type{cel.ListType(dyn)}, dyn,
			cel.UnaryBinding(func(v ref.Val) ref.Val { return result(latestDay(toTexts(v)), nil) }))),
		cel.Function("derive", cel.Overload("derive_kind_list", []*cel.Type{cel.StringType, cel.ListType(dyn)}, dyn,
			cel.BinaryBinding(func(kind, v ref.Val) ref.Val {
				return result(string(kg.DeriveID(kg.NodeKind(toText(kind)), toTexts(v)...)), nil)
			}))),
		binary("fields", two, values.Fields),
		binary("match", two, matchPattern),
		unary("number", one, func(s string) (any, error) { return parseNumberIn(s, format) }),
		cel.Function("code",
			cel.Overload("code_dyn", one, dyn, cel.UnaryBinding(func(v ref.Val) ref.Val {
				if err := textOnly("code", v); err != nil {
					return err
				}
				return result(textOrError(values.Code(toText(v))))
			})),
			cel.Overload("code_dyn_int", []*cel.Type{dyn, cel.IntType}, dyn, cel.BinaryBinding(func(v, n ref.Val) ref.Val {
				width, _ := n.Value().(int64)
				return result(textOrError(values.PaddedCode(toText(v), int(min(width, maxCodeWidth)))))
			}))),
		conversions(format),
		unary("cameo", one, func(s string) (any, error) { return textOrError(values.CAMEO(s)) }),
		unary("given", one, func(s string) (any, error) { return textOrNil(s), nil }),
		cel.Function("date",
			cel.Overload("date_dyn", one, dyn, cel.UnaryBinding(func(v ref.Val) ref.Val {
				if err := textOnly("date", v); err != nil {
					return err
				}
				return result(order.Parse(toText(v)))
			})),
			cel.Overload("date_dyn_dyn", two, dyn, cel.BinaryBinding(func(v, layout ref.Val) ref.Val {
				return result(dates.ParseAs(toText(v), toText(layout)))
			}))),
		cel.Function("day", cel.Overload("day_year_month_day", []*cel.Type{dyn, dyn, dyn}, dyn,
			cel.FunctionBinding(func(args ...ref.Val) ref.Val {
				return result(dates.Day(toText(args[0]), toText(args[1]), toText(args[2])))
			}))),
		unary("datetime", one, order.ParseDateTime),
		unary("instant", one, dates.ParseInstant),
		cel.Function("elements", cel.Overload("elements_dyn", one, cel.ListType(dyn), cel.UnaryBinding(elementsOf))),
		cel.Function("at", cel.Overload("at_dyn_path", two, dyn, cel.BinaryBinding(valueAtPath))),
		unary("fold", one, func(s string) (any, error) { return text.Fold(s), nil }),
		binary("items", two, values.Items),
		unary("slug", one, slug),
		unary("outlet", one, func(s string) (any, error) { return outlet.Fields(s, dataset), nil }),
		unary("citations", one, outlet.CitationFields),
		binary("parts", two, values.Parts),
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

// function returns a CEL function of a table's name and a key that looks up an entry with find.
func (t tables) function(name string, find func(entries map[string]any, key string) any) cel.EnvOption {
	args := []*cel.Type{cel.DynType, cel.DynType}
	binding := cel.BinaryBinding(func(table, key ref.Val) ref.Val {
		entries, ok := t[toText(table)]
		if !ok {
			return types.NewErr("there is no table %q", toText(table))
		}
		return result(find(entries, toText(key)), nil)
	})
	return cel.Function(name, cel.Overload(name+"_table_key", args, cel.DynType, binding))
}

// unary returns a function of a text. It is an error to call it with a list or an object, except for
// given(value), which tests whether there is one.
func unary(name string, args []*cel.Type, f func(string) (any, error)) cel.EnvOption {
	binding := cel.UnaryBinding(func(v ref.Val) ref.Val {
		if err := textOnly(name, v); err != nil && name != "given" {
			return err
		}
		return result(f(toText(v)))
	})
	return cel.Function(name, cel.Overload(name+"_dyn", args, cel.DynType, binding))
}

func binary(name string, args []*cel.Type, f func(a, b string) (any, error)) cel.EnvOption {
	binding := cel.BinaryBinding(func(a, b ref.Val) ref.Val { return result(f(toText(a), toText(b))) })
	return cel.Function(name, cel.Overload(name+"_dyn_dyn", args, cel.DynType, binding))
}

func latestDay(days []string) any {
	if len(days) == 0 {
		return nil
	}
	return slices.Max(days)
}

// patterns caches compiled regular expressions; a mapping has few. Patterns that come from rows are cached up to a
// limit.
var (
	patterns     sync.Map
	patternCount atomic.Int64
)

const maxCachedPatterns = 1_000

func matchPattern(s, pattern string) (any, error) {
	compiled, ok := patterns.Load(pattern)
	if !ok {
		re, err := regexp.Compile(pattern)
		if err != nil {
			return nil, err
		}
		if compiled = re; patternCount.Add(1) <= maxCachedPatterns {
			compiled, _ = patterns.LoadOrStore(pattern, re)
		}
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

// textOrNil returns the text, trimmed; nil if it is empty or stands for a missing value.
func textOrNil(s string) any {
	if values.Missing(s) {
		return nil
	}
	return strings.TrimSpace(s)
}

// maxCodeWidth bounds the zeros that code adds.
const maxCodeWidth = 40

// textOrError returns the text, or nil if it is empty.
func textOrError(s string, err error) (any, error) {
	if s == "" || err != nil {
		return nil, err
	}
	return s, nil
}

// slug returns the text as a part of an id, which has no white space and no unprintable characters. A whole number that
// a program wrote as a decimal is the same as without its fraction.
func slug(s string) (any, error) {
	switch code, err := values.Code(s); {
	case errors.Is(err, values.ErrLostDigits):
		return nil, err
	case err == nil && code != "":
		s = code
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '_'
	}, strings.Join(strings.Fields(s), "_")), nil
}
