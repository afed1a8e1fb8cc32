package table

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// csvReader splits delimited text into records as RFC 4180 describes, and texts as Python's csv and pandas do: a
// quotation mark that does not begin a field is text. A quoted field must be closed before a delimiter, a line end or
// the end of the file. If it is not, only the line on which it opens is a Fault and reading continues with the next
// line, so that an open quotation mark never swallows rows.
type csvReader struct {
	*lineBuffer
	comma     byte
	commaRest string // further bytes of a delimiter that is not ASCII
	quotes    quoting
	columns   int // of the header; 0 if unknown
	cells     []cell
	fields    []string
}

// cell is the place of a field among the unread bytes.
type cell struct {
	from, to int
	quoted   bool // from and to are within the quotation marks
	tail     int  // blanks after the closing quotation mark
}

// scanResult is the outcome of scanning a record.
type scanResult struct {
	end   int    // of the record, or of the scanned part of it
	fault string // why there is no record
	quote bool   // the fault is about a quotation mark that opens
	at    int    // the position to which the fault refers
	field int    // to which it refers, from 1, or 0
	lines int    // line ends within quoted fields
}

// newCSVReader returns a reader of text with a delimiter. It uses CSV quoting unless the delimiter is a tab.
func newCSVReader(in *lineBuffer, comma rune, quotes quoting) *csvReader {
	text := string(comma)
	return &csvReader{lineBuffer: in, comma: text[0], commaRest: text[1:], quotes: quotes}
}

// next returns the fields of the next record, its text and its line. The fields are valid until the next call. The
// error is a *Fault, io.EOF or the reader's.
func (r *csvReader) next() (fields []string, raw string, line int, err error) {
	if !r.skipBlankLines() {
		if err := r.failure(); err != nil {
			return nil, "", r.line, err
		}
		return nil, "", r.line, io.EOF
	}
	if r.comma == '\t' {
		return r.nextTabbed()
	}
	found := r.scan()
	if err := r.failure(); err != nil && found.end == len(r.unread()) {
		return nil, "", r.line, err
	}
	if found.fault == "" && found.lines > 0 && r.columns > 0 {
		r.checkLines(&found)
	}
	if found.fault != "" {
		return nil, "", r.line, r.faultAt(found)
	}
	fields, raw, line = r.record(found)
	return fields, raw, line, nil
}

// scan finds the cells of the record that begins with the unread bytes.
func (r *csvReader) scan() scanResult {
	r.cells = r.cells[:0]
	pos, lines := 0, 0
	for {
		r.fill(pos + 1)
		text := r.unread()
		var c cell
		var end int
		if pos < len(text) && text[pos] == '"' {
			var fault scanResult
			if c, end, fault = r.scanQuoted(pos); fault.fault != "" {
				return fault
			}
			if inner := r.unread()[c.from:c.to]; bytes.IndexByte(inner, '\n') >= 0 || bytes.IndexByte(inner, '\r') >= 0 {
				lines += countLineEnds(string(inner))
			}
		} else {
			end = r.fieldEnd(pos)
			c = cell{from: pos, to: end}
		}
		r.cells = append(r.cells, c)
		text = r.unread()
		atEnd := end == len(text) || text[end] == '\n' || text[end] == '\r'
		switch {
		case c.to-c.from > maxCell && c.size(text) > maxCell:
			n := len(r.cells)
			return scanResult{end: end, at: pos, field: n, fault: longCell(fmt.Sprintf("field %d", n), c.size(text))}
		case end > maxRow:
			return scanResult{end: end, at: pos, fault: longRow}
		case len(r.cells) > maxColumns:
			return scanResult{end: end, at: pos, fault: wideRow}
		case atEnd:
			return scanResult{end: end, lines: lines}
		}
		pos = end + 1 + len(r.commaRest)
	}
}

// fieldEnd returns the position of the delimiter or line end after a position, or the number of unread bytes.
func (r *csvReader) fieldEnd(pos int) int {
	for {
		text := r.unread()
		for i := pos; i < len(text); i++ {
			c := text[i]
			if c == '\n' || c == '\r' || c == r.comma && (r.commaRest == "" || r.isComma(i)) {
				return i
			}
		}
		if pos = len(text); pos > maxRow || !r.more() {
			return len(r.unread())
		}
	}
}

// isComma reports whether a delimiter that is not ASCII is at a position.
func (r *csvReader) isComma(at int) bool {
	r.fill(at + 1 + len(r.commaRest))
	text := r.unread()[at:]
	return text[0] == r.comma && bytes.HasPrefix(text[1:], []byte(r.commaRest))
}

// scanQuoted finds the end of the field whose quotation mark opens at a position. After the closing mark there may be
// blanks, which belong to the field.
func (r *csvReader) scanQuoted(open int) (c cell, end int, fault scanResult) {
	i := open + 1
	for {
		text := r.unread()
		n := bytes.IndexByte(text[i:], '"')
		if n < 0 {
			i = len(text)
			switch {
			case i-open > maxRow:
				return c, i, scanResult{end: i, at: open, quote: true, fault: longQuote}
			case !r.more():
				return c, i, scanResult{end: i, at: open, quote: true, fault: "is never closed"}
			}
			continue
		}
		i += n
		r.fill(i + 2)
		if text = r.unread(); i+1 == len(text) || text[i+1] != '"' {
			break
		}
		if i += 2; i-open > maxRow {
			return c, i, scanResult{end: i, at: open, quote: true, fault: longQuote}
		}
	}
	c = cell{from: open + 1, to: i, quoted: true}
	for end = i + 1; ; end++ {
		r.fill(end + 1)
		text := r.unread()
		switch {
		case end == len(text), text[end] == '\n', text[end] == '\r', text[end] == r.comma && r.isComma(end):
			c.tail = end - i - 1
			return c, end, fault
		case text[end] != ' ':
			reason := "is closed before the field ends; within a quoted field it must be doubled"
			if n := countLineEnds(string(text[open:i])); n > 0 {
				line := r.line + n + countLineEnds(string(text[:open]))
				reason = fmt.Sprintf("is not closed on its line; the next one is within a field of line %d", line)
			}
			return c, end, scanResult{end: end, at: open, quote: true, fault: reason}
		}
	}
}

// faultAt consumes the record's lines up to the one to which a fault refers, and returns the fault.
func (r *csvReader) faultAt(found scanResult) *Fault {
	f := &Fault{Line: r.line + countLineEnds(string(r.unread()[:found.at])), Reason: found.fault, field: found.field}
	if found.quote {
		f.field = len(r.cells) + 1
		f.Reason = fmt.Sprintf("the quotation mark that opens field %d %s", f.field, found.fault)
	}
	if end := r.lineEnd(found.at); end > maxRow {
		f.Raw = r.takeLongLine()
	} else {
		f.Raw = r.take(end)
	}
	if !found.quote { // a bound
		f.Raw = f.Raw[:min(len(f.Raw), shownBytes)]
	}
	return f
}

// record consumes the scanned record and returns its fields, its text and its line.
func (r *csvReader) record(found scanResult) (fields []string, raw string, line int) {
	raw, line = string(r.unread()[:found.end]), r.line
	r.fields = r.fields[:0]
	for _, c := range r.cells {
		r.fields = append(r.fields, c.text(raw))
	}
	r.line += found.lines
	r.drop(found.end)
	return r.fields, raw, line
}

// size returns the number of bytes of the field's text.
func (c cell) size(line []byte) int {
	inner := line[c.from:c.to]
	if !c.quoted {
		return len(inner)
	}
	return len(inner) - bytes.Count(inner, []byte(`""`)) - bytes.Count(inner, []byte("\r\n")) + c.tail
}

// text returns the field's text. Within a quoted field, CRLF is a line break like LF.
func (c cell) text(raw string) string {
	text := raw[c.from:c.to]
	if !c.quoted {
		return text
	}
	if strings.IndexByte(text, '"') >= 0 {
		text = strings.ReplaceAll(text, `""`, `"`)
	}
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(text, "\r\n", "\n")
	}
	if c.tail > 0 {
		text += raw[c.to+1 : c.to+1+c.tail]
	}
	return text
}
