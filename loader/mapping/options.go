package mapping

import (
	"slices"
	"strings"

	"casus/loader/table"
)

// Options are how the mapping's data is written.
func (m *Mapping) Options() table.Options {
	o := table.Options{Format: m.Input.Format, NoHeader: m.Input.NoHeader, Columns: m.Input.Columns, Encoding: m.Input.Encoding}
	for _, c := range m.Input.Delimiter {
		o.Delimiter = c
	}
	if m.Input.Tags {
		o.SkipAfterHeader = tagged
	}
	return o
}

// tagged says whether a row is one of HXL tags: every field is empty or begins with #.
func tagged(fields []string) bool {
	return slices.ContainsFunc(fields, func(f string) bool { return strings.HasPrefix(f, "#") }) &&
		!slices.ContainsFunc(fields, func(f string) bool { return f != "" && !strings.HasPrefix(f, "#") })
}
