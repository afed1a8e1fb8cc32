package loader

import (
	"fmt"
	"strings"
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
	replacementReason = "has the replacement character U+FFFD: the text was damaged before it came here"
	emptyFileReason   = "is empty"
	noRowReason       = "has a header but no row"
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

// addWarnings adds the counts of warnings, by their reasons.
func (r *Report) addWarnings(all []Warning) {
	for _, w := range all {
		r.Warnings = addWarning(r.Warnings, w)
	}
}

func addWarning(list []Warning, w Warning) []Warning {
	for i := range list {
		if list[i].Reason == w.Reason {
			list[i].Count += w.Count
			return list
		}
	}
	return append(list, w)
}

// addWarnings adds the warnings about a row that can be read.
func (raw rawRow) addWarnings(list []Warning) []Warning {
	if raw.fault == nil && (strings.Contains(raw.text, "\uFFFD") || hasEscapedReplacement(raw.text)) {
		list = addWarning(list, Warning{Reason: replacementReason, Count: 1, File: raw.file, Line: raw.line})
	}
	return list
}

// hasEscapedReplacement reports whether JSON has the replacement character as an escape.
func hasEscapedReplacement(text string) bool {
	return strings.HasPrefix(text, "{") && (strings.Contains(text, `\ufffd`) || strings.Contains(text, `\uFFFD`))
}
