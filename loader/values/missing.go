// Package values reads the cells of tables as statistics programs and spreadsheets write them: codes and numbers that
// became decimals or lost their leading zeros, decimal commas, and the many words for a missing value. It has the one
// rule that the functions, the columns and the detection of all mappings follow.
package values

import (
	"slices"
	"strconv"
	"strings"
)

// Missing reports whether a cell is empty or has a word by which programs mark a missing value. Case matters: Nan is a
// province and Na a name.
func Missing(cell string) bool {
	if len(cell) > 16 { // longer than any such word with white space around it
		return strings.TrimSpace(cell) == ""
	}
	switch strings.TrimSpace(cell) {
	case "", "NA", "N/A", "n/a", "na", "NULL", "null", "None", "none", "NaN", "nan", "NaT", "<NA>", "#N/A", ".", "-", "--":
		return true
	}
	return false
}

// marker is a value that marks a missing one in a column.
type marker struct {
	text   string
	number float64
	isNum  bool
}

func newMarker(v any) (marker, bool) {
	switch v := v.(type) {
	case nil: // null in YAML
		return marker{text: "null"}, true
	case bool:
		return marker{text: strconv.FormatBool(v)}, true
	case string:
		return numbered(strings.TrimSpace(v), Format{}), true
	case int, int64, uint64, float64:
		f, err := strconv.ParseFloat(formatAny(v), 64)
		return marker{formatAny(v), f, err == nil}, err == nil
	}
	return marker{}, false
}

// numbered returns the marker for a text, which is also a number if it looks like one.
func numbered(text string, format Format) marker {
	plain, err := format.Number(text)
	if err != nil || plain == "" {
		return marker{text: text}
	}
	f, err := strconv.ParseFloat(plain, 64)
	return marker{text, f, err == nil}
}

// marks reports whether a cell holds one of the markers: the same text, or the same number as -99 and -99.0.
func marks(markers []marker, cell string, format Format) bool {
	if len(markers) == 0 {
		return false
	}
	c := numbered(strings.TrimSpace(cell), format)
	return slices.ContainsFunc(markers, func(m marker) bool {
		return m.text == c.text || m.isNum && c.isNum && m.number == c.number
	})
}

func formatAny(v any) string {
	switch v := v.(type) {
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case uint64:
		return strconv.FormatUint(v, 10)
	case float64:
		return formatFloat(v)
	}
	return ""
}
