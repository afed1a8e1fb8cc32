package table

import (
	"bytes"
	"fmt"
	"strings"
)

// quoting is how quotation marks are read in text with tabs.
type quoting int

const (
	// unquoteAlways removes the quotation marks that enclose a field.
	unquoteAlways quoting = iota
	// unquoteIfNeeded removes them only from a field that could not be written without, because it has a tab, a line break
	// or a quotation mark. Other quotation marks are text. If quotation marks enclose the fields of the header, they do so
	// in all rows.
	unquoteIfNeeded
)

// nextTabbed returns the next record of text with tabs. There a quotation mark at the start of a field is often text,
// so a line with as many fields as the header is a record by itself. Others are read as CSV is, if that fits.
func (r *csvReader) nextTabbed() (fields []string, raw string, line int, err error) {
	end := r.lineEnd(0)
	if err := r.failure(); err != nil && end == len(r.unread()) {
		return nil, "", r.line, err
	}
	line = r.line
	if end > maxRow {
		return nil, "", line, &Fault{Line: line, Reason: longRow, Raw: r.takeLongLine()}
	}
	text := r.unread()[:end]
	count := 1 + bytes.Count(text, []byte{'\t'})
	if count > maxColumns {
		return nil, "", line, &Fault{Line: line, Reason: wideRow, Raw: r.takeLongLine()}
	}
	hasQuotes := bytes.IndexByte(text, '"') >= 0
	if hasQuotes && r.columns > 0 && (count != r.columns || opensQuote(text)) {
		if found := r.scan(); found.fault == "" && len(r.cells) == r.columns &&
			(found.lines == 0 || !r.isRows(r.unread()[:found.end])) {
			fields, raw, line = r.record(found)
			return fields, raw, line, nil
		}
	}
	raw = string(r.unread()[:end])
	r.drop(end)
	r.fields = r.fields[:0]
	for rest, more := raw, true; more; {
		var field string
		if field, rest, more = strings.Cut(rest, "\t"); hasQuotes {
			field = r.unquote(field)
		}
		if len(field) > maxCell {
			n := len(r.fields) + 1
			reason := longCell(fmt.Sprintf("field %d", n), len(field))
			return nil, "", line, &Fault{Line: line, Reason: reason, Raw: raw[:shownBytes], field: n}
		}
		r.fields = append(r.fields, field)
	}
	return r.fields, raw, line, nil
}

// opensQuote reports whether the last field of a line begins with a quotation mark that is not closed on the line.
func opensQuote(line []byte) bool {
	last := line[bytes.LastIndexByte(line, '\t')+1:]
	return len(last) > 0 && last[0] == '"' && bytes.Count(last, []byte{'"'})%2 == 1
}

// unquote returns a field without its quotation marks, if they enclose it.
func (r *csvReader) unquote(field string) string {
	if len(field) < 2 || field[0] != '"' || field[len(field)-1] != '"' {
		return field
	}
	inner := field[1 : len(field)-1]
	doubled := strings.Count(inner, `""`)
	if strings.Count(inner, `"`) != 2*doubled {
		return field
	}
	if r.columns == 0 && r.quotes == unquoteIfNeeded && doubled == 0 {
		r.quotes = unquoteAlways // the header is quoted
	}
	if r.quotes == unquoteIfNeeded && doubled == 0 {
		return field
	}
	return strings.ReplaceAll(inner, `""`, `"`)
}
