package loader

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"casus/internal/text"
)

// Reject is a record that was not loaded, and why.
type Reject struct {
	File string `json:"file"`
	// Line is the record's first line, from 1, or 0 if the file as a whole is rejected.
	Line int `json:"line"`
	// Pointer is the JSON pointer to the faulty value: within the line, or within the file if it is one JSON object.
	// For mapped rows it is a pointer within the record, or the place in the mapping.
	Pointer string `json:"pointer,omitempty"`
	// Column names the columns of the row from which the faulty value was made.
	Column string `json:"column,omitempty"`
	Reason string `json:"reason"`
	// Found is the faulty value, Allowed are the valid values, and Suggestion is the nearest of these.
	Found      string   `json:"found,omitempty"`
	Allowed    []string `json:"allowed,omitempty"`
	Suggestion string   `json:"suggestion,omitempty"`
	// Raw is the record as it was read. Other is the record that it contradicts.
	Raw   string `json:"raw,omitempty"`
	Other string `json:"other,omitempty"`
}

// String returns the reject in one line, and further lines with the contradictory records, if any.
func (r Reject) String() string {
	var b strings.Builder
	b.WriteString(r.File)
	if r.Line > 0 {
		_, _ = fmt.Fprintf(&b, ":%d", r.Line)
	}
	b.WriteString(": ")
	if r.Column != "" {
		b.WriteString("column " + r.Column + ": ")
	}
	if r.Pointer != "" {
		b.WriteString(r.Pointer + ": ")
	}
	b.WriteString(r.Reason)
	var more []string
	if r.Found != "" {
		more = append(more, "found "+cut(r.Found, 60))
	}
	if len(r.Allowed) > 0 {
		more = append(more, "allowed: "+cut(strings.Join(r.Allowed, ", "), 200))
	}
	if len(more) > 0 {
		b.WriteString(" (" + strings.Join(more, "; ") + ")")
	}
	if r.Suggestion != "" {
		b.WriteString("; did you mean " + r.Suggestion + "?")
	}
	if r.Other != "" {
		b.WriteString("\n  this:  " + cut(r.Raw, 300) + "\n  other: " + cut(r.Other, 300))
	}
	return b.String()
}

// cut shortens a text to n code points.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + "…"
}

// nearest returns the candidate most similar to a word, or "" if none is similar enough.
func nearest(word string, candidates []string) string { return text.Nearest(word, candidates) }

// columnsOf returns the names of the columns that a place in a mapping reads.
func columnsOf(m Mapper, place string) string { return strings.Join(m.Columns(place), ", ") }
