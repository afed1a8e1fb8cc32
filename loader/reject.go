package loader

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Reject is a record that was not loaded, and why.
type Reject struct {
	File string `json:"file"`
	// Line is where the record begins, from 1; 0 where the file is no record.
	Line int `json:"line"`
	// Pointer is the JSON pointer of the faulty value: within the line, or within the file where that is one object; of what
	// a mapping made, within the record, or the place in the mapping.
	Pointer string `json:"pointer,omitempty"`
	// Column names the columns of the row that the faulty value was made of.
	Column string `json:"column,omitempty"`
	Reason string `json:"reason"`
	// Found is the faulty value, Allowed what may stand there, Suggestion the nearest of these.
	Found      string   `json:"found,omitempty"`
	Allowed    []string `json:"allowed,omitempty"`
	Suggestion string   `json:"suggestion,omitempty"`
	// Raw is the record as it was read, Other the record that it contradicts.
	Raw   string `json:"raw,omitempty"`
	Other string `json:"other,omitempty"`
}

// String tells it in one line, without the record itself.
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

// cut shortens a text to so many code points.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + "…"
}

// columnsOf names the columns that a place in a mapping is made of.
func columnsOf(m Mapper, place string) string { return strings.Join(m.Columns(place), ", ") }
