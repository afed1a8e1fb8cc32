package values

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Kind is what a column's cells are.
type Kind int

const (
	// Text is any text.
	Text Kind = iota
	// CodeKind is a code or a number used as a name, which Code reads.
	CodeKind
	// CodesKind is a list of codes. A list of one code may be written as a decimal.
	CodesKind
	// CAMEOKind is the CAMEO code of an event, which CAMEO reads.
	CAMEOKind
	// NumberKind is a number, which Format.Number reads.
	NumberKind
)

// AnyColumn is the key of the markers of all columns in Columns.Missing.
const AnyColumn = "*"

// Columns are the rules for the cells of a table.
type Columns struct {
	Kinds map[string]Kind
	// Missing has the values by column that mark a missing one, in addition to those of AnyColumn, which are the words
	// of the function Missing by default. In a column with an empty list, only an empty cell is missing.
	Missing map[string][]any
}

// Rules are compiled Columns.
type Rules struct {
	kinds   map[string]Kind
	markers map[string][]marker
	literal map[string]bool // columns with an empty list
	words   []marker        // nil: those of Missing
}

// Compile checks and compiles the rules.
func (c Columns) Compile() (*Rules, error) {
	r := &Rules{kinds: c.Kinds, markers: map[string][]marker{}, literal: map[string]bool{}}
	for _, name := range slices.Sorted(maps.Keys(c.Missing)) {
		list := make([]marker, 0, len(c.Missing[name]))
		for _, v := range c.Missing[name] {
			m, ok := newMarker(v)
			if !ok {
				return nil, fmt.Errorf("%s: %v is neither a text nor a number", name, v)
			}
			list = append(list, m)
		}
		switch {
		case name == AnyColumn:
			r.words = list
		case len(list) == 0:
			r.literal[name] = true
		default:
			r.markers[name] = list
		}
	}
	return r, nil
}

// Fault is a cell that a rule cannot read.
type Fault struct {
	Column string
	Err    error
}

// Error returns the reason.
func (f *Fault) Error() string { return f.Err.Error() }

// Unwrap returns the reason.
func (f *Fault) Unwrap() error { return f.Err }

// Apply returns a row whose missing cells are empty and whose codes and numbers have one form each. Values of JSON that
// are not text remain, but codes become text. A number that cannot be read remains, for the expression that uses it to
// reject. Apply returns row itself if nothing changes, and never modifies it. An error is a *Fault.
func (r *Rules) Apply(row map[string]any, format Format) (map[string]any, error) {
	result, cloned := row, false
	for name, v := range row {
		var clean any
		var err error
		switch v := v.(type) {
		case string:
			if clean, err = r.cleanText(name, v, format); err == nil && clean == any(v) {
				continue
			}
		case float64:
			if clean, err = r.cleanFloat(name, v); err == nil && clean == any(v) {
				continue
			}
		default:
			continue
		}
		if err != nil {
			return nil, &Fault{name, err}
		}
		if !cloned {
			result, cloned = maps.Clone(row), true
		}
		result[name] = clean
	}
	return result, nil
}

// cleanText returns the text of a cell; "" if it is missing.
func (r *Rules) cleanText(column, cell string, format Format) (string, error) {
	if cell == "" || r.isMissing(column, cell, format) {
		return "", nil
	}
	switch r.kinds[column] {
	case CodeKind:
		return Code(cell)
	case CAMEOKind:
		return CAMEO(cell)
	case CodesKind:
		if code, err := Code(cell); err == nil {
			return code, nil
		}
	case NumberKind:
		if plain, err := format.Number(cell); err == nil && !IsShortened(strings.TrimSpace(cell)) {
			return plain, nil
		}
	}
	return cell, nil
}

// cleanFloat returns a number of JSON; nil if it is missing, and text if it is a code.
func (r *Rules) cleanFloat(column string, v float64) (any, error) {
	text := formatFloat(v)
	if marks(r.markers[column], text, Format{}) {
		return nil, nil
	}
	switch r.kinds[column] {
	case CodeKind, CodesKind:
		return Code(text)
	case CAMEOKind:
		return CAMEO(text)
	}
	return v, nil
}

// isMissing reports whether a cell that is not empty marks a missing value.
func (r *Rules) isMissing(column, cell string, format Format) bool {
	switch {
	case marks(r.markers[column], cell, format):
		return true
	case r.literal[column]:
		return strings.TrimSpace(cell) == ""
	case r.words != nil:
		return strings.TrimSpace(cell) == "" || marks(r.words, cell, format)
	}
	return Missing(cell)
}
