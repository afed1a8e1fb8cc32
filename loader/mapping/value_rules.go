package mapping

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"casus/loader/values"
)

// valueRules returns the compiled rules of the columns' values.
func (f *File) valueRules() (*values.Rules, error) {
	all := values.Columns{Kinds: map[string]values.Kind{}, Missing: f.Missing}
	for _, list := range []struct {
		name    string
		columns []string
		kind    values.Kind
	}{
		{"codes", f.Values.Codes, values.CodeKind}, {"lists", f.Values.Lists, values.CodesKind},
		{"cameo", f.Values.CAMEO, values.CAMEOKind},
		{"numbers", f.Values.Numbers, values.NumberKind}, {"texts", f.Values.Texts, values.Text},
	} {
		for i, column := range list.columns {
			if _, found := all.Kinds[column]; found {
				return nil, fmt.Errorf("values.%s[%d]: the column %q is listed twice", list.name, i, column)
			}
			all.Kinds[column] = list.kind
		}
	}
	rules, err := all.Compile()
	if err != nil {
		return nil, fmt.Errorf("missing.%w", err)
	}
	return rules, nil
}

// columns returns all listed columns.
func (v Values) columns() []string {
	return slices.Concat(v.Codes, v.Lists, v.CAMEO, v.Numbers, v.Texts)
}

// cleanRow returns a row as the rules change it, or as it is if they find a fault.
func (f *File) cleanRow(row map[string]any) map[string]any {
	rules, err := f.valueRules()
	if err != nil {
		return row
	}
	clean, err := rules.Apply(row, values.Format{})
	if err != nil {
		return row
	}
	return clean
}

// valuePlace is the place in a mapping to which the faults of a column's values belong.
func valuePlace(column string) string { return "values." + column }

// recordRules adds the columns that the rules name, so that a fault of one names the column.
func (c columnUses) recordRules(v Values, missing map[string][]any) {
	named := slices.Concat(v.columns(), slices.Collect(maps.Keys(missing)))
	for _, column := range named {
		c.byPlace[valuePlace(column)] = []string{column}
	}
}

// ruleFault returns the Fault of a cell that a rule cannot read.
func ruleFault(err error) error {
	if f := (*values.Fault)(nil); errors.As(err, &f) {
		return &Fault{valuePlace(f.Column), f.Err}
	}
	return err
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
