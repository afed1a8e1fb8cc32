package input

import (
	"fmt"
)

// Warning is something unusual in the input that keeps nothing from being loaded.
type Warning struct {
	Reason string `json:"reason"`
	// Count is the number of records, rows or files to which it applies. File and Line are the first of them; Line is 0
	// for a file as a whole.
	Count int    `json:"count"`
	File  string `json:"file"`
	Line  int    `json:"line,omitempty"`
}

// The reasons of warnings.
const (
	ReplacementReason = "has the replacement character U+FFFD: the text was damaged before it came here"
	EmptyFileReason   = "is empty"
	NoRowReason       = "has a header but no row"
	NoObjectReason    = "has no row"
	NoRecordReason    = "has no record"
)

// String returns the warning in one line.
func (w Warning) String() string {
	place := w.File
	if w.Line > 0 {
		place += fmt.Sprintf(":%d", w.Line)
	}
	if w.Count > 1 {
		return fmt.Sprintf("%s %s (and %d more)", place, w.Reason, w.Count-1)
	}
	return place + " " + w.Reason
}

// AddWarning adds a warning to the one of the same reason, or to the list.
func AddWarning(list []Warning, w Warning) []Warning {
	for i := range list {
		if list[i].Reason == w.Reason {
			list[i].Count += w.Count
			return list
		}
	}
	return append(list, w)
}
