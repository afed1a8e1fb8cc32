package draft

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"casus/internal/text"
	"casus/loader/mapping"
	"casus/loader/values"
)

// column is a column of a table, a field of an object in one, or a list.
type column struct {
	name     string // as reports show it: place.name
	key      string // of the row
	path     string // within the value of the row; "" for the value itself
	list     bool   // a list of texts, or of objects
	element  string // of the objects in a list: the field with their names
	fields   []string
	optional bool // some rows lack it
	words    []string
	values   []string // in the sample, without missing ones
	missing  []string // values that mark a missing one
	comment  string   // why these do
	rows     int      // of the sample
}

const (
	maxDraftColumns = 2_000
	maxDraftDepth   = 4
)

// columnsOf returns the columns of a sample. Objects become columns of their fields.
func columnsOf(s Sample) []*column {
	var all []*column
	for _, key := range s.Columns {
		if len(all) < maxDraftColumns {
			all = append(all, columnsAt(s.Rows, key, nil)...)
		}
	}
	for _, c := range all {
		c.words, c.rows = nameWords(c.name), len(s.Rows)
		for _, row := range s.Rows {
			if _, found := row[c.key]; !found {
				c.optional = true
			}
			for _, v := range c.texts(row[c.key]) {
				if !values.Missing(v) {
					c.values = append(c.values, strings.TrimSpace(v))
				}
			}
		}
	}
	return all
}

// columnsAt returns the column of a key of rows or, if that holds objects, those of their fields.
func columnsAt(rows []map[string]any, key string, path []string) []*column {
	c := &column{name: strings.Join(append([]string{key}, path...), "."), key: key, path: strings.Join(path, ".")}
	fields, elements := map[string]bool{}, map[string]bool{}
	for _, row := range rows {
		switch v := valueAtFields(row[key], path).(type) {
		case map[string]any:
			for f := range v {
				fields[f] = true
			}
		case []any:
			c.list = true
			for _, e := range v {
				o, _ := e.(map[string]any)
				for f := range o {
					elements[f] = true
				}
			}
		}
	}
	c.fields = slices.Sorted(maps.Keys(elements))
	c.element = nameField(elements)
	if len(fields) == 0 || c.list || len(path) >= maxDraftDepth {
		return []*column{c}
	}
	var all []*column
	for _, f := range slices.Sorted(maps.Keys(fields)) {
		if !strings.Contains(f, ".") && len(all) < maxDraftColumns {
			all = append(all, columnsAt(rows, key, append(slices.Clone(path), f))...)
		}
	}
	return all
}

// nameField returns the field of objects that names them; "" if there is none.
func nameField(fields map[string]bool) string {
	for _, want := range []string{"name", "label", "title", "actor", "place", "text", "value", "url", "id"} {
		for _, f := range slices.Sorted(maps.Keys(fields)) {
			if strings.EqualFold(f, want) {
				return f
			}
		}
	}
	return ""
}

func valueAtFields(v any, path []string) any {
	for _, f := range path {
		o, _ := v.(map[string]any)
		v = o[f]
	}
	return v
}

// texts returns the texts of the column in a row's value.
func (c *column) texts(v any) []string {
	if c.path != "" {
		v = valueAtFields(v, strings.Split(c.path, "."))
	}
	items, isList := v.([]any)
	if !isList {
		if s, ok := scalarText(v); ok {
			return []string{s}
		}
		return nil
	}
	var all []string
	for _, item := range items {
		if o, ok := item.(map[string]any); ok {
			item = o[c.element]
		}
		if s, ok := scalarText(item); ok {
			all = append(all, s)
		}
	}
	return all
}

func scalarText(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	case bool:
		return strconv.FormatBool(v), true
	}
	return "", false
}

// example returns a value of the column; "" if the sample has none.
func (c *column) example() string {
	switch {
	case len(c.values) > 0:
		return c.values[0]
	case len(c.missing) > 0:
		return c.missing[0]
	}
	return ""
}

// expr returns a CEL expression for the column; "" if c is nil.
func (c *column) expr() string {
	if c == nil {
		return ""
	}
	e := mapping.ColumnExpr(c.key)
	if c.optional {
		e = fmt.Sprintf("row[?%s].orValue(\"\")", mapping.QuoteCEL(c.key))
	}
	if c.path != "" {
		e = fmt.Sprintf("at(%s, %s)", e, mapping.QuoteCEL(c.path))
	}
	return e
}

// listExpr returns a CEL expression for the texts of a list, or of a cell with semicolons between them.
func (c *column) listExpr() string {
	switch {
	case c.list && c.element != "":
		return fmt.Sprintf("elements(%s).map(o, type(o) == map ? at(o, %s) : o).filter(n, given(n) != null).distinct()",
			c.expr(), mapping.QuoteCEL(c.element))
	case c.list:
		return fmt.Sprintf("elements(%s).filter(n, given(n) != null).distinct()", c.expr())
	}
	return fmt.Sprintf("parts(%s, \";\").filter(n, given(n) != null).distinct()", c.expr())
}

// yamlText returns a text as a string of YAML.
func yamlText(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString("\\" + string(r))
		case !unicode.IsPrint(r) && r > 0xffff:
			fmt.Fprintf(&b, "\\U%08x", r)
		case !unicode.IsPrint(r):
			fmt.Fprintf(&b, "\\u%04x", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String() + "\""
}

// nameWords returns the words of a column's name, folded: the same for event_date, eventDate, eventdate and "Event
// Date".
func nameWords(name string) []string {
	var spaced strings.Builder
	last := ' '
	for _, r := range name {
		if unicode.IsUpper(r) && unicode.IsLower(last) || unicode.IsDigit(r) && unicode.IsLetter(last) {
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(r)
		last = r
	}
	isSeparator := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }
	var all []string
	for _, w := range strings.FieldsFunc(text.Fold(spaced.String()), isSeparator) {
		all = append(all, splitWord(w)...)
	}
	return all
}

// splitWord splits a word that is made of words of column names: countryname is country and name. The fewest words
// count.
func splitWord(word string) []string {
	known := knownWords()
	if known[word] || len(word) > 40 {
		return []string{word}
	}
	best := make([][]string, len(word)+1)
	best[0] = []string{}
	for end := 1; end <= len(word); end++ {
		for start := range end {
			if best[start] != nil && known[word[start:end]] && (best[end] == nil || len(best[start])+1 < len(best[end])) {
				best[end] = append(slices.Clone(best[start]), word[start:end])
			}
		}
	}
	if split := best[len(word)]; len(split) > 1 && len(split) <= 4 {
		return split
	}
	return []string{word}
}
