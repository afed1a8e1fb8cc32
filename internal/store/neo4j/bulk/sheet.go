package bulk

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"casus/internal/kg"
	"casus/internal/store/neo4j/rows"
)

// listDelimiter separates the elements of a list. The import tool cannot escape it within an element, so it is a
// noncharacter of Unicode.
const listDelimiter = "\uFDD0"

// sheetBufferSize is the size at which a buffer is written to the file.
const sheetBufferSize = 128 << 10

// sheet is a CSV file of rows of one kind. The file is created with its first row. A sheet belongs to one writer.
type sheet struct {
	path  string
	width int // columns
	rows  int64
	// hasLineBreaks is set if any text contains a line break.
	hasLineBreaks bool
	longest       int // row, in bytes

	file   *os.File
	buffer []byte
	start  int // of the current row
	cells  int
	err    error
}

var _ rows.Columns = (*sheet)(nil)

// row writes a row: its ids, then the columns that emit produces. The remaining cells stay empty.
func (s *sheet) row(emit func(rows.Columns), ids ...string) {
	s.start, s.cells = len(s.buffer), 0
	for _, id := range ids {
		s.Text("", id)
	}
	if emit != nil {
		emit(s)
	}
	for s.cells < s.width {
		s.cell()
	}
	s.end()
}

// end completes the current row.
func (s *sheet) end() {
	s.buffer = append(s.buffer, '\n')
	s.rows++
	s.longest = max(s.longest, len(s.buffer)-s.start)
	if len(s.buffer) >= sheetBufferSize {
		s.flush()
	}
}

// flush writes the buffer to the file.
func (s *sheet) flush() {
	if s.file == nil && s.err == nil {
		s.file, s.err = os.Create(s.path)
	}
	if s.err == nil {
		_, s.err = s.file.Write(s.buffer)
	}
	s.buffer = s.buffer[:0]
}

func (s *sheet) close() error {
	if s.rows > 0 {
		s.flush()
	}
	if s.file != nil {
		if err := s.file.Close(); s.err == nil {
			s.err = err
		}
	}
	return s.failed()
}

// failed returns the error of the first write that failed. Later writes are skipped.
func (s *sheet) failed() error {
	if s.err != nil {
		return kg.Errorf(kg.Internal, "write %s: %w", s.path, s.err)
	}
	return nil
}

// cell begins a cell: it writes the comma after the previous one.
func (s *sheet) cell() {
	if s.cells > 0 {
		s.buffer = append(s.buffer, ',')
	}
	s.cells++
}

// Text writes a quoted cell, even for an empty text. The import tool stores no property for an unquoted empty cell.
func (s *sheet) Text(_, value string) {
	s.cell()
	s.buffer = append(s.buffer, '"')
	s.appendQuoted(value)
	s.buffer = append(s.buffer, '"')
}

// Optional writes an unquoted empty cell, for which no property is stored, if value is empty.
func (s *sheet) Optional(name, value string) {
	if value == "" {
		s.cell()
		return
	}
	s.Text(name, value)
}

func (s *sheet) appendQuoted(value string) {
	if !utf8.ValidString(value) {
		value = strings.ToValidUTF8(value, string(utf8.RuneError))
	}
	s.hasLineBreaks = s.hasLineBreaks || strings.IndexByte(value, '\n') >= 0 || strings.IndexByte(value, '\r') >= 0
	if strings.IndexByte(value, '"') < 0 {
		s.buffer = append(s.buffer, value...)
		return
	}
	s.buffer = slices.Grow(s.buffer, 2*len(value))
	to, n := s.buffer[:cap(s.buffer)], len(s.buffer)
	for i := range len(value) {
		to[n] = value[i]
		n++
		if value[i] == '"' {
			to[n] = '"'
			n++
		}
	}
	s.buffer = to[:n]
}

// Whole writes a decimal number.
func (s *sheet) Whole(_ string, value int64) {
	s.cell()
	s.buffer = strconv.AppendInt(s.buffer, value, 10)
}

// OptionalWhole writes a number, or an empty cell unless ok.
func (s *sheet) OptionalWhole(name string, value int64, ok bool) {
	if !ok {
		s.cell()
		return
	}
	s.Whole(name, value)
}

// Real writes a number with as many digits as are needed to parse it back.
func (s *sheet) Real(_ string, value *float64) {
	s.cell()
	if value != nil {
		s.buffer = strconv.AppendFloat(s.buffer, *value, 'g', -1, 64)
	}
}

// Flag writes true or false.
func (s *sheet) Flag(_ string, value bool) {
	s.cell()
	s.buffer = strconv.AppendBool(s.buffer, value)
}

// List writes elements separated by listDelimiter.
func (s *sheet) List(_ string, values []string) {
	s.cell()
	if len(values) == 0 {
		return
	}
	s.buffer = append(s.buffer, '"')
	for i, v := range values {
		if i > 0 {
			s.buffer = append(s.buffer, listDelimiter...)
		}
		s.appendQuoted(v)
	}
	s.buffer = append(s.buffer, '"')
}

// Point writes a map of coordinates.
func (s *sheet) Point(_ string, value *kg.Point) {
	s.cell()
	if value == nil {
		return
	}
	s.buffer = append(s.buffer, `"{latitude:`...)
	s.buffer = strconv.AppendFloat(s.buffer, value.Latitude, 'f', -1, 64)
	s.buffer = append(s.buffer, `,longitude:`...)
	s.buffer = strconv.AppendFloat(s.buffer, value.Longitude, 'f', -1, 64)
	s.buffer = append(s.buffer, `}"`...)
}

// header is the first line of a kind's file: the names and types of its columns.
type header []string

func (h *header) Text(name, _ string)                        { *h = append(*h, name+":string") }
func (h *header) Optional(name, _ string)                    { *h = append(*h, name+":string") }
func (h *header) Whole(name string, _ int64)                 { *h = append(*h, name+":long") }
func (h *header) OptionalWhole(name string, _ int64, _ bool) { *h = append(*h, name+":long") }
func (h *header) Real(name string, _ *float64)               { *h = append(*h, name+":double") }
func (h *header) Flag(name string, _ bool)                   { *h = append(*h, name+":boolean") }
func (h *header) List(name string, _ []string)               { *h = append(*h, name+":string[]") }
func (h *header) Point(name string, _ *kg.Point)             { *h = append(*h, name+":point{crs:WGS-84}") }
