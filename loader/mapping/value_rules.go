package mapping

import (
	"fmt"
	"maps"
	"slices"

	"casus/loader/values"
)

// Values lists columns by what their cells are.
type Values struct {
	Codes []string `yaml:"codes"`
	// Lists are columns with several codes in one cell.
	Lists   []string `yaml:"lists"`
	CAMEO   []string `yaml:"cameo"`
	Numbers []string `yaml:"numbers"`
	// Texts are other columns whose names expressions compute.
	Texts []string `yaml:"texts"`
}

// compile returns the compiled rules of the columns' values.
func (v Values) compile(missing map[string][]any) (*values.Rules, error) {
	all := values.Columns{Kinds: map[string]values.Kind{}, Missing: missing}
	for _, list := range []struct {
		name    string
		columns []string
		kind    values.Kind
	}{
		{"codes", v.Codes, values.CodeKind}, {"lists", v.Lists, values.CodesKind},
		{"cameo", v.CAMEO, values.CAMEOKind},
		{"numbers", v.Numbers, values.NumberKind}, {"texts", v.Texts, values.Text},
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

// valuePlace is the place in a mapping to which the faults of a column's values belong.
func valuePlace(column string) string { return "values." + column }

// byPlace returns the columns that the rules name by place, so that a fault of one names the column.
func (v Values) byPlace(missing map[string][]any) map[string][]string {
	all := map[string][]string{}
	for _, column := range slices.Concat(v.columns(), slices.Collect(maps.Keys(missing))) {
		all[valuePlace(column)] = []string{column}
	}
	return all
}
