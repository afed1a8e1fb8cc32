package mapping

import (
	"slices"
	"strings"

	"casus/loader/table"
)

// Options returns how the mapping's input files are read.
func (f *File) Options() table.Options {
	o := table.Options{
		Format: f.Input.Format, Encoding: f.Input.Encoding,
		NoHeader: f.Input.NoHeader, Columns: f.Input.Columns, OtherColumns: f.Input.OtherColumns,
		LowerCase: f.Input.LowerCase, List: f.Input.List, AsText: f.Input.AsText,
	}
	for _, c := range f.Input.Delimiter {
		o.Delimiter = c
	}
	if f.Input.Tags {
		o.SkipAfterHeader = isTagRow
	}
	return o
}

// isTagRow reports whether a row holds HXL tags: some field begins with #, and every other is empty.
func isTagRow(fields []string) bool {
	return slices.ContainsFunc(fields, func(f string) bool { return strings.HasPrefix(f, "#") }) &&
		!slices.ContainsFunc(fields, func(f string) bool { return f != "" && !strings.HasPrefix(f, "#") })
}
