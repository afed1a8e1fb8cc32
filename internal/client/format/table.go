package format

import (
	"encoding/json"
	"slices"
	"strings"
)

// table is a field of a response as rows.
type table struct {
	name    string
	columns []string
	rows    [][]string
}

// parseTables returns a table for each top-level field of a response, and notes with its errors and warnings.
func parseTables(response []byte) (tables []table, notes []string, err error) {
	root, err := parseOrdered(response)
	if err != nil {
		return nil, nil, err
	}
	for _, field := range root {
		switch field.name {
		case "errors":
			for _, e := range elements(field.value) {
				notes = append(notes, "error: "+errorText(e))
			}
		case "extensions":
			notes = append(notes, warningsOf(field.value)...)
		case "data":
			data, _ := field.value.(object) // null if the whole operation failed
			for _, f := range data {
				tables = append(tables, newTable(f.name, elements(f.value)))
			}
		}
	}
	return tables, notes, nil
}

// warningsOf returns the warnings in the extensions of a response.
func warningsOf(extensions any) (warnings []string) {
	fields, _ := extensions.(object)
	for _, f := range fields {
		if f.name != "warnings" {
			continue
		}
		for _, w := range elements(f.value) {
			warnings = append(warnings, "warning: "+errorText(w))
		}
	}
	return warnings
}

// errorText returns the message of a GraphQL error, or of a warning, with its path, such as "timeline.nodes.0.id".
func errorText(e any) string {
	message, path := "", ""
	fields, _ := e.(object)
	for _, f := range fields {
		switch f.name {
		case "message":
			message = scalarText(f.value)
		case "path":
			var parts []string
			for _, p := range elements(f.value) {
				parts = append(parts, scalarText(p))
			}
			path = strings.Join(parts, ".")
		}
	}
	if path == "" {
		return message
	}
	return path + ": " + message
}

// elements returns the elements of a list or of a connection's nodes or edges. Any other value is its only element;
// null has none.
func elements(value any) []any {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		return v
	case object:
		if list, ok := v.connection(); ok {
			return list
		}
	}
	return []any{value}
}

// newTable returns a table with a row for each element.
func newTable(name string, values []any) table {
	t := table{name: name}
	cells := make([]map[string]string, len(values))
	for i, v := range values {
		cells[i] = map[string]string{}
		last := ""
		flatten(v, "", func(column, text string) {
			if column == "" {
				column = name
			}
			cells[i][column] = text
			if !slices.Contains(t.columns, column) {
				t.columns = slices.Insert(t.columns, slices.Index(t.columns, last)+1, column)
			}
			last = column
		})
	}
	// An object that is null in some rows has made a column of its own in addition to those of its fields: remove it.
	all := slices.Clone(t.columns)
	t.columns = slices.DeleteFunc(t.columns, func(column string) bool {
		return slices.ContainsFunc(all, func(other string) bool { return strings.HasPrefix(other, column+".") })
	})
	for _, c := range cells {
		row := make([]string, len(t.columns))
		for i, column := range t.columns {
			row[i] = c[column]
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// flatten calls cell for each leaf of a value. The node of an edge has no prefix.
func flatten(value any, prefix string, cell func(column, text string)) {
	o, ok := value.(object)
	if ok {
		_, isConnection := o.connection()
		ok = !isConnection
	}
	if !ok {
		cell(prefix, valueText(value))
		return
	}
	for _, m := range o {
		name := m.name
		if prefix != "" {
			name = prefix + "." + m.name
		}
		if _, isObject := m.value.(object); isObject && m.name == "node" {
			name = prefix
		}
		flatten(m.value, name, cell)
	}
}

// valueText returns a value in one cell: the elements of lists joined by "; ", the fields of objects by ", ".
func valueText(value any) string {
	var parts []string
	for _, e := range elements(value) {
		switch e := e.(type) {
		case []any:
			parts = append(parts, valueText(e))
		case object:
			var fields []string
			flatten(e, "", func(_, text string) {
				if text != "" {
					fields = append(fields, text)
				}
			})
			parts = append(parts, strings.Join(fields, ", "))
		default:
			parts = append(parts, scalarText(e))
		}
	}
	return strings.Join(parts, "; ")
}

// scalarText returns a string without quotes, null as nothing, and any other value as JSON writes it.
func scalarText(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return ""
}
