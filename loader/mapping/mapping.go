// Package mapping turns rows of tables and JSON objects into records of the extraction format. A mapping file describes
// how: it is YAML, in which each string that begins with "=" is a CEL expression over the row. docs/mappings.md
// documents it.
package mapping

import (
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/loader/values"
)

// Mapping is a compiled mapping file.
type Mapping struct {
	File
	published value
	let       []namedValue
	sources   list
	warnings  []warning
	records   []template
	columns   columnUses
	codes     tables
	rules     *values.Rules
	format    values.Format
	// withCommas compiles the same mapping for files with decimal commas, once.
	withCommas func() (*Mapping, error)
}

// Key returns the mapping's name, which is unique among mappings.
func (m *Mapping) Key() string { return m.Name }

// About returns the mapping's description.
func (m *Mapping) About() string { return m.Description }

// Columns returns the columns from which the value at a place of the mapping is made. The place may continue with a
// JSON pointer into that value. If nothing at the place uses a column, the nearest enclosing place that does is used.
func (m *Mapping) Columns(place string) []string {
	place = pointerStep.ReplaceAllStringFunc(place, func(s string) string {
		if len(s) > 1 {
			return "[" + s[1:] + "]"
		}
		return "."
	})
	for place != "" && place != "records" {
		if found := m.columns.columnsBelow(place, map[string]bool{}); len(found) > 0 {
			slices.Sort(found)
			return slices.Compact(found)
		}
		place = place[:max(strings.LastIndexAny(place, ".["), 0)]
	}
	return nil
}

// Coding returns who coded the rows, or "" if the mapping does not say so.
func (m *Mapping) Coding() kg.Coding { return kg.Coding(m.Release.Coding) }
