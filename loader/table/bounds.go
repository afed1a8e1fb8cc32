package table

import (
	"casus/internal/kg"
)

// checkRow returns a *Fault for a row that is beyond a bound.
func checkRow(row Row) error {
	fault := func(column string, err error) error {
		return &Fault{Line: row.Line, Column: column, Reason: err.Error(), Raw: kg.CutText(row.Raw, shownBytes)}
	}
	if err := kg.CheckBound("the row", len(row.Raw), kg.MaxRecordBytes, "bytes"); err != nil {
		return fault("", err)
	}
	if err := kg.CheckBound("the row", len(row.Values), kg.MaxColumns, "columns"); err != nil {
		return fault("", err)
	}
	if len(row.Raw) <= kg.MaxCellBytes {
		return nil
	}
	for name, v := range row.Values {
		if err := checkCell("the cell", v); err != nil {
			return fault(name, err)
		}
	}
	return nil
}

// shownBytes is how much of a row that is too long its reject shows.
const shownBytes = 1000

// checkCell checks a cell, or the strings of a JSON value.
func checkCell(what string, v any) error {
	switch v := v.(type) {
	case string:
		return kg.CheckBound(what, len(v), kg.MaxCellBytes, "bytes")
	case []any:
		for _, element := range v {
			if err := checkCell("a string in it", element); err != nil {
				return err
			}
		}
	case map[string]any:
		for _, element := range v {
			if err := checkCell("a string in it", element); err != nil {
				return err
			}
		}
	}
	return nil
}
