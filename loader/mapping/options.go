package mapping

import (
	"slices"
	"strings"

	"casus/loader/table"
)

// Options are how the mapping's data is written.
func (f *File) Options() table.Options {
	o := table.Options{Format: f.Input.Format, NoHeader: f.Input.NoHeader, Columns: f.Input.Columns, Encoding: f.Input.Encoding, AsText: f.Input.AsText,
		OtherColumns: f.Input.OtherColumns, LowerCase: f.Input.LowerCase, List: f.Input.List}
	for _, c := range f.Input.Delimiter {
		o.Delimiter = c
	}
	if f.Input.Tags {
		o.SkipAfterHeader = isTagRow
	}
	return o
}

// isTagRow says whether a row is one of HXL tags: every field is empty or begins with #.
func isTagRow(fields []string) bool {
	return slices.ContainsFunc(fields, func(f string) bool { return strings.HasPrefix(f, "#") }) &&
		!slices.ContainsFunc(fields, func(f string) bool { return f != "" && !strings.HasPrefix(f, "#") })
}
