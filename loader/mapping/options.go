package mapping

import (
	"slices"
	"strings"

	"casus/loader/table"
	"casus/loader/values"
)

// Options returns how the mapping's input files are read.
func (m *Mapping) Options() table.Options {
	o := m.File.Options()
	o.Reads = m.reads()
	known := m.known()
	o.MatchHeader = func(header []string) []string { return values.MatchHeader(header, known) }
	return o
}

// Options returns how the mapping's input files are read, as far as their first rows show whether the mapping fits.
func (f *File) Options() table.Options {
	known := f.known()
	o := table.Options{
		Format: f.Input.Format, Encoding: f.Input.Encoding,
		NoHeader: f.Input.NoHeader, Columns: f.Input.Columns, OtherColumns: f.Input.OtherColumns,
		LowerCase: f.Input.LowerCase, List: f.Input.List, AsText: f.Input.AsText, Decimal: f.Input.Decimal,
		MatchHeader: func(header []string) []string { return values.MatchHeader(header, known) },
	}
	for _, c := range f.Input.Delimiter {
		o.Delimiter = c
	}
	if f.Input.Tags {
		o.SkipAfterHeader = IsTagRow
	}
	return o
}

// IsTagRow reports whether a row holds HXL tags: some field begins with #, and every other is missing.
func IsTagRow(fields []string) bool {
	isTag := func(f string) bool { return strings.HasPrefix(f, "#") && !values.Missing(f) }
	return slices.ContainsFunc(fields, isTag) &&
		!slices.ContainsFunc(fields, func(f string) bool { return !isTag(f) && !values.Missing(f) })
}

// known returns the names of all columns that the mapping uses.
func (m *Mapping) known() []string {
	all := m.File.known()
	for _, uses := range m.columns.byPlace {
		for _, use := range uses {
			if use != "" && use[0] != '=' {
				all = append(all, use)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// known returns the names of the columns that the file lists, outside of expressions.
func (f *File) known() []string {
	all := slices.Concat(f.Detect.Columns, f.Input.Columns, f.Values.columns())
	for _, other := range f.Input.OtherColumns {
		all = append(all, other...)
	}
	for column := range f.Missing {
		if column != values.AnyColumn {
			all = append(all, column)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
