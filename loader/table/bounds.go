package table

import (
	"fmt"
	"slices"
	"strings"

	"casus/internal/kg"
)

// Bounds of what one file may hold. What exceeds them is a Fault, or an error if it is the header.
const (
	maxCell    = kg.MaxCellBytes
	maxRow     = kg.MaxRecordBytes
	maxColumns = kg.MaxColumns
	maxHeader  = 8 << 20 // bytes
	// shownBytes is the number of bytes that a Fault shows of a row that exceeds a bound.
	shownBytes = 1000
)

// The reasons of faults.
var (
	longCell   = fmt.Sprintf("has more than %d MiB", maxCell>>20)
	longQuote  = fmt.Sprintf("is not closed within %d MiB", maxCell>>20)
	longRow    = fmt.Sprintf("the row has more than %d MiB", maxRow>>20)
	longObject = fmt.Sprintf("the object has more than %d MiB", maxRow>>20)
	wideRow    = fmt.Sprintf("more than %d fields", maxColumns)
)

// shown returns the beginning of a row that exceeds a bound.
func shown(row []byte) string {
	return strings.ToValidUTF8(string(row[:min(len(row), shownBytes)]), "\uFFFD")
}

// checkObject returns a *Fault for an object that has too many fields or too long a string. Its own length was checked
// when it was read.
func checkObject(row Row) error {
	fault := Fault{Line: row.Line, Raw: kg.CutText(row.Raw, shownBytes)}
	if len(row.Values) > maxColumns {
		fault.Reason = wideRow
		return &fault
	}
	if len(row.Raw) <= maxCell {
		return nil
	}
	for name, v := range row.Values {
		if hasLongString(v) {
			fault.Column, fault.Reason = name, "a string "+longCell
			return &fault
		}
	}
	return nil
}

func hasLongString(v any) bool {
	switch v := v.(type) {
	case string:
		return len(v) > maxCell
	case []any:
		return slices.ContainsFunc(v, hasLongString)
	case map[string]any:
		for _, element := range v {
			if hasLongString(element) {
				return true
			}
		}
	}
	return false
}
