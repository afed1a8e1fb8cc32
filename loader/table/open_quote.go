package table

import (
	"bytes"
	"fmt"
	"slices"
)

// checkLines sets a fault if the quoted fields of a record that runs over several lines have swallowed rows: its lines
// are rows by themselves.
func (r *csvReader) checkLines(found *scanResult) {
	if !r.isRows(r.unread()[:found.end]) {
		return
	}
	at := slices.IndexFunc(r.cells, func(c cell) bool {
		return c.quoted && bytes.ContainsAny(r.unread()[c.from:c.to], "\r\n")
	})
	if at < 0 {
		return
	}
	found.fault = fmt.Sprintf("is closed %d lines below, but each of these lines is a row", found.lines)
	found.quote, found.at = true, r.cells[at].from-1
	r.cells = r.cells[:at]
}

// isRows reports whether each of several lines has as many fields as the header, if quotation marks are text, and
// whether they have numbers in the same columns, at least in one. A text of several lines is unlikely to look like
// that.
func (r *csvReader) isRows(lines []byte) bool {
	var kinds []fieldKind // by column, of the lines so far
	comma := append([]byte{r.comma}, r.commaRest...)
	for len(lines) > 0 {
		end := bytes.IndexAny(lines, "\r\n")
		if end < 0 {
			end = len(lines)
		}
		if bytes.Count(lines[:end], comma)+1 != r.columns {
			return false
		}
		fields := bytes.Split(lines[:end], comma)
		lines = bytes.TrimLeft(lines[end:], "\r\n")
		if kinds == nil {
			kinds = make([]fieldKind, len(fields))
		}
		for i, f := range fields {
			switch kind := kindOfField(f); {
			case kind == emptyField:
			case kinds[i] == emptyField:
				kinds[i] = kind
			case kinds[i] != kind:
				return false
			}
		}
	}
	return slices.Contains(kinds, numberField)
}

type fieldKind int

const (
	emptyField fieldKind = iota
	numberField
	textField
)

// kindOfField returns the kind of a field, perhaps in quotation marks. Dates in digits count as numbers. A field with a
// single quotation mark may be of any kind, like an empty one.
func kindOfField(field []byte) fieldKind {
	kind := emptyField
	if bytes.Count(field, []byte{'"'})%2 == 1 {
		return kind
	}
	for _, c := range bytes.Trim(field, `" `) {
		switch {
		case c >= '0' && c <= '9':
			kind = numberField
		case bytes.IndexByte([]byte("+-./:"), c) < 0:
			return textField
		}
	}
	return kind
}
