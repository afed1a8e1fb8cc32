package draft

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"casus/loader/mapping"
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

func valueAtFields(v any, path []string) any {
	for _, f := range path {
		o, _ := v.(map[string]any)
		v = o[f]
	}
	return v
}
