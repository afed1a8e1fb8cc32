package mapping

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"

	"casus/internal/text"
)

// explainCompile returns the errors of an expression that does not compile, with what to write instead.
func explainCompile(source string, issues *cel.Issues) error {
	var hints []string
	for _, e := range issues.Errors() {
		if hint := compileHint(source, e.Message); hint != "" && !slices.Contains(hints, hint) {
			hints = append(hints, hint)
		}
	}
	if len(hints) == 0 {
		return issues.Err()
	}
	return fmt.Errorf("%w\n hint: %s", issues.Err(), strings.Join(hints, "; "))
}

var (
	noOverload      = regexp.MustCompile(`^found no matching overload for '(.+?)' applied to '(.*)'`)
	undeclared      = regexp.MustCompile(`^undeclared reference to '([^']*)'`)
	otherWords      = regexp.MustCompile(`\b(and|or|not|if|else|elif|then|AND|OR|NOT|IF|ELSE)\b`)
	assignment      = regexp.MustCompile(`[^=!<>]=[^=]`)
	singleAmpersand = regexp.MustCompile(`[^&]&[^&]`)
	isNone          = regexp.MustCompile(`\bis (None|null|NULL|NaN|NA)\b`)
	formatText      = regexp.MustCompile(`(^|\W)f["']`)
	spacedName      = regexp.MustCompile(`\brow\.(\w+(?:[ .-]\w+)+)`)
	quotedText      = regexp.MustCompile(`"[^"]*"|'[^']*'`)
)

// compileHint returns what to write instead of an expression that has an error, or "".
func compileHint(source, message string) string {
	if m := noOverload.FindStringSubmatch(message); m != nil {
		return overloadHint(m[1], strings.Split(strings.Trim(m[2], "()"), ", "))
	}
	if m := undeclared.FindStringSubmatch(message); m != nil {
		return undeclaredHint(m[1])
	}
	bare := quotedText.ReplaceAllString(source, `""`)
	switch {
	case strings.Contains(message, "argument to has() macro"):
		return `has() takes a column or a field, as in has(row.column); for a name with spaces write "a name" in row`
	case otherWords.MatchString(bare):
		return "write && for and, || for or, ! for not, and c ? a : b for if c then a else b"
	case singleAmpersand.MatchString(bare):
		return "write + to join texts and && for and"
	case isNone.MatchString(bare):
		return "write given(row.column) == null to test for a missing value"
	case formatText.MatchString(source):
		return `join texts with +, as in "a " + row.column`
	case strings.Contains(bare, "??"):
		return "there is no ??: write given(a) != null ? a : b"
	case assignment.MatchString(bare):
		return "write == to compare"
	case spacedName.MatchString(bare):
		return fmt.Sprintf("write row[%q] for a column with such a name", spacedName.FindStringSubmatch(bare)[1])
	case strings.Contains(message, "does not support field selection"):
		return "a column is row.name; what is not a row, an object or an entry of a table has no fields"
	case strings.HasPrefix(message, "expected type"):
		return `convert the value or write dyn() around it; a column of a table is text, so compare it: row.column == "1"`
	}
	return ""
}

// overloadHint returns what to write instead of a function or an operator that does not take such types.
func overloadHint(function string, types []string) string {
	has := func(names ...string) bool {
		return slices.ContainsFunc(types, func(t string) bool { return slices.Contains(names, t) })
	}
	switch {
	case function == "_?_:_" && has("null"):
		return "write absent() instead of null: it stands for an absent value of any type"
	case function == "_?_:_":
		return fmt.Sprintf("the two results are %s: write dyn() around each, or convert one with string() or number()",
			strings.Join(types[1:], " and "))
	case has("null"):
		return "write absent() instead of null, or compare with null alone: row.column == null"
	case function == "_+_" && has("string"):
		return "+ joins texts or adds numbers: write string() around the number"
	case function == "@in":
		return `in takes a list or an object, as in x in ["a", "b"]; within a text write text.contains("a")`
	case has("string") && has("int", "uint", "double"):
		return `text and numbers cannot be compared: write "1" for a column of a table, or number(row.column)`
	case has("int") && has("double"):
		return "a whole number and one with a point: write double() around the whole one"
	case function == "_[_]":
		return `a column is row.name or row["a name"], an element of a list list[0]`
	case textMethods[function] && len(types) > 0 && types[0] == "dyn" || textMethods[function] && has("string"):
		return fmt.Sprintf("%s is called on a value, as in row.column.%s(...)", function, function)
	case signatures[function] != "":
		return "write " + signatures[function]
	}
	return "the types do not fit: convert with string(), number() or double(), or write dyn() around a value"
}

// signatures are the calls of the functions that mappings add to CEL's, by name; functions describes them.
var signatures = map[string]string{
	"lookup": "lookup(table, key)", "prefix": "prefix(table, key)", "number": "number(text)", "given": "given(text)",
	"parts": "parts(text, separator)", "date": "date(text) or date(text, layout)", "instant": "instant(text)",
	"between": "between(from, to)", "within": "within(from, to)", "fields": "fields(text, separator)",
	"match": "match(text, pattern)", "latest": "latest(days), with a list", "slug": "slug(text)", "absent": "absent()",
	"derive": `derive(kind, parts), as in derive("event", [row.a, row.b])`,
	"code":   "code(text) or code(text, width)", "cameo": "cameo(text)", "fold": "fold(text)",
	"day": "day(year, month, day)", "datetime": "datetime(text)", "items": "items(text, separator)",
	"outlet": "outlet(text)", "citations": "citations(text)",
	"elements": "elements(value)", "at": `at(value, path), as in at(row.place, "name")`,
}

// otherLiterals are the names that other languages have for values.
var otherLiterals = map[string]string{
	"None": "absent()", "nil": "absent()", "NULL": "absent()", "Null": "absent()", "undefined": "absent()",
	"NA":  "absent()",
	"NaN": "absent()", "True": "true", "TRUE": "true", "False": "false", "FALSE": "false",
}

// otherFunctions are what to write for functions of other languages.
var otherFunctions = map[string]string{
	"len": "size(value)", "length": "size(value)", "count": "size(value)", "strlen": "size(value)", "concat": "a + b",
	"paste": "a + b", "paste0": "a + b", "upper": "text.upperAscii()", "toUpperCase": "text.upperAscii()",
	"toUpper": "text.upperAscii()", "lower": "text.lowerAscii() or fold(text)",
	"toLowerCase": "text.lowerAscii() or fold(text)",
	"toLower":     "text.lowerAscii() or fold(text)", "strip": "text.trim()", "substr": "text.substring(begin, end)",
	"slice": "text.substring(begin, end)", "includes": `text.contains("a")`, "startswith": `text.startsWith("a")`,
	"endswith": `text.endsWith("a")`, "str": "string(value)", "toString": "string(value)", "float": "double(value)",
	"parseInt": "int(value)", "parseFloat": "double(value)", "isnull": "given(value) == null",
	"isna":    "given(value) == null",
	"is_null": "given(value) == null", "coalesce": "given(a) != null ? a : b", "ifelse": "c ? a : b", "iif": "c ? a : b",
	"regex": `match(text, "pattern")`, "strptime": `date(text, "DD/MM/YYYY")`, "to_date": `date(text, "DD/MM/YYYY")`,
}

// textMethods are CEL's functions that are called on a text.
var textMethods = setOf("substring", "replace", "split", "trim", "contains", "startsWith", "endsWith",
	"lowerAscii", "upperAscii", "indexOf", "charAt", "join")

func undeclaredHint(name string) string {
	if write := otherFunctions[name]; write != "" {
		return "write " + write + " for " + name
	}
	if write := otherLiterals[name]; write != "" {
		return "write " + write + " for " + name
	}
	near := text.Nearest(name, slices.Concat([]string{"row", "rowNumber"}, slices.Collect(maps.Keys(signatures))))
	if near != "" && near != name {
		return "did you mean " + near + "?"
	}
	return fmt.Sprintf("write row.%s for a column and %q for a text; a variable is defined by let, before it is used",
		name, name)
}

// explainEval returns the error of an expression in a row, with what to write instead. uses are the columns and, with
// "=", the variables that it uses.
func explainEval(err error, uses []string, scope map[string]any) error {
	row, _ := scope["row"].(map[string]any)
	message := err.Error()
	key, missing := strings.CutPrefix(message, "no such key: ")
	switch {
	case missing && slices.Contains(uses, key) && !hasKey(row, key):
		hint := fmt.Sprintf(`has(%s) ? ... : absent() where it may be missing`, ColumnExpr(key))
		if near := text.Nearest(key, slices.Collect(maps.Keys(row))); near != "" {
			hint = fmt.Sprintf("did you mean %s? Else write %s", ColumnExpr(near), hint)
		} else if len(row) > 0 && len(row) <= 30 {
			hint = fmt.Sprintf("the columns are %s; write %s", strings.Join(slices.Sorted(maps.Keys(row)), ", "), hint)
		}
		return fmt.Errorf("unknown column %q: %s", key, hint)
	case missing && onlyTexts(uses, row):
		return fmt.Errorf("%w: a text has no fields and no elements; write size(text) for its length and "+
			"text.substring(0, 1) for its first character", err)
	case missing:
		return fmt.Errorf("%w; test it first, as in has(row.object.field) ? row.object.field : absent()", err)
	case strings.HasPrefix(message, "no such overload"):
		return fmt.Errorf("%w%s", err, typesHint(uses, row))
	case strings.HasPrefix(message, "type conversion error from 'string'"):
		return fmt.Errorf("%w; number(text) takes missing values and grouped digits, too%s", err, valuesOf(uses, row))
	case strings.HasPrefix(message, "index out of bounds"):
		return fmt.Errorf("%w: a list begins with 0; test size(list) > n first, or write list[?n].orValue(absent())", err)
	}
	return err
}

// onlyTexts reports whether all columns that an expression uses are texts, and there is one.
func onlyTexts(uses []string, row map[string]any) bool {
	texts := 0
	for _, name := range uses {
		switch row[name].(type) {
		case string:
			texts++
		default:
			return false
		}
	}
	return texts > 0
}

// typesHint names the types of the columns that an operator or function did not accept.
func typesHint(uses []string, row map[string]any) string {
	var all []string
	null := ""
	for _, name := range uses {
		v, found := row[name]
		if !found {
			continue
		}
		typ := "an object"
		switch v.(type) {
		case nil:
			typ, null = "null", ColumnExpr(name)
		case string:
			typ = "text"
		case float64:
			typ = "a number"
		case bool:
			typ = "true or false"
		case []any:
			typ = "a list"
		}
		all = append(all, ColumnExpr(name)+" is "+typ)
	}
	switch {
	case null != "":
		return fmt.Sprintf(": %s. Write %s == null ? absent() : ...", strings.Join(all, ", "), null)
	case len(all) > 0:
		return fmt.Sprintf(": %s. Convert with number(), double() or string(); a condition compares, as in %s == \"1\"",
			strings.Join(all, ", "), strings.Fields(all[0])[0])
	}
	return ": convert values with number(), double() or string(), and test for null first"
}

// valuesOf returns the values of an expression's columns, for a message.
func valuesOf(uses []string, row map[string]any) string {
	var all []string
	for _, name := range uses {
		if v, found := row[name]; found && len(all) < 3 {
			all = append(all, fmt.Sprintf("%s is %.60q", ColumnExpr(name), fmt.Sprint(v)))
		}
	}
	if len(all) == 0 {
		return ""
	}
	return " (" + strings.Join(all, ", ") + ")"
}

func hasKey(row map[string]any, key string) bool {
	_, found := row[key]
	return found
}

func setOf(names ...string) map[string]bool {
	all := make(map[string]bool, len(names))
	for _, name := range names {
		all[name] = true
	}
	return all
}
