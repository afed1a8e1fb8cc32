package bulk

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/neo4j/rows"
)

// listDelimiter separates the elements of a list. The import tool cannot escape it within an element, so it is a
// noncharacter of Unicode.
const listDelimiter = "\uFDD0"

// sheetBufferSize is the size at which a buffer is written to the file.
const sheetBufferSize = 128 << 10

// sheet writes the rows of one kind. A file of the import tool has one type for each column, so the rows are divided by
// variant: which of the columns that are dates or datetimes are dates. A sheet belongs to one writer.
type sheet struct {
	width int // columns
	// hasLineBreaks is set if any text contains a line break.
	hasLineBreaks bool
	longest       int // row, in bytes
	files         [variants]sheetFile

	line    []byte // the current row
	cells   int
	variant int
	choices int // columns of the current row so far that may be dates
	err     error
}

// variants is the number of variants of a kind: of each kind at most two columns are dates or datetimes.
const variants = 4

// sheetFile is the CSV file of one variant. It is created with its first row.
type sheetFile struct {
	path   string
	rows   int64
	file   *os.File
	buffer []byte
}

var _ rows.Columns = (*sheet)(nil)

// row writes a row: its ids, then the columns that emit produces. The remaining cells stay empty.
func (s *sheet) row(emit func(rows.Columns), ids ...string) {
	s.line, s.cells, s.variant, s.choices = s.line[:0], 0, 0, 0
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
	s.line = append(s.line, '\n')
	s.longest = max(s.longest, len(s.line))
	f := &s.files[s.variant]
	f.rows++
	f.buffer = append(f.buffer, s.line...)
	if len(f.buffer) >= sheetBufferSize {
		s.flush(f)
	}
}

// flush writes the buffer to the file.
func (s *sheet) flush(f *sheetFile) {
	if f.file == nil && s.err == nil {
		f.file, s.err = os.Create(f.path)
	}
	if s.err == nil {
		_, s.err = f.file.Write(f.buffer)
	}
	f.buffer = f.buffer[:0]
}

func (s *sheet) close() error {
	for i := range s.files {
		f := &s.files[i]
		if f.rows > 0 {
			s.flush(f)
		}
		if f.file != nil {
			if err := f.file.Close(); s.err == nil {
				s.err = err
			}
		}
	}
	return s.failed()
}

// failed returns the error of the first write that failed. Later writes are skipped.
func (s *sheet) failed() error {
	if s.err != nil {
		return kg.Errorf(kg.Internal, "write the files of the bulk load: %w", s.err)
	}
	return nil
}

// cell begins a cell: it writes the comma after the previous one.
func (s *sheet) cell() {
	if s.cells > 0 {
		s.line = append(s.line, ',')
	}
	s.cells++
}

// Text writes a quoted cell, even for an empty text. The import tool stores no property for an unquoted empty cell.
func (s *sheet) Text(_, value string) {
	s.cell()
	s.line = append(s.line, '"')
	s.appendQuoted(value)
	s.line = append(s.line, '"')
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
		s.line = append(s.line, value...)
		return
	}
	s.line = slices.Grow(s.line, 2*len(value))
	to, n := s.line[:cap(s.line)], len(s.line)
	for i := range len(value) {
		to[n] = value[i]
		n++
		if value[i] == '"' {
			to[n] = '"'
			n++
		}
	}
	s.line = to[:n]
}

// Whole writes a decimal number.
func (s *sheet) Whole(_ string, value int64) {
	s.cell()
	s.line = strconv.AppendInt(s.line, value, 10)
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
		s.line = strconv.AppendFloat(s.line, *value, 'g', -1, 64)
	}
}

// Flag writes true or false.
func (s *sheet) Flag(_ string, value bool) {
	s.cell()
	s.line = strconv.AppendBool(s.line, value)
}

// List writes elements separated by listDelimiter.
func (s *sheet) List(_ string, values []string) {
	s.cell()
	if len(values) == 0 {
		return
	}
	s.line = append(s.line, '"')
	for i, v := range values {
		if i > 0 {
			s.line = append(s.line, listDelimiter...)
		}
		s.appendQuoted(v)
	}
	s.line = append(s.line, '"')
}

// Point writes a map of coordinates.
func (s *sheet) Point(_ string, value *kg.Point) {
	s.cell()
	if value == nil {
		return
	}
	s.line = append(s.line, `"{latitude:`...)
	s.line = strconv.AppendFloat(s.line, value.Latitude, 'f', -1, 64)
	s.line = append(s.line, `,longitude:`...)
	s.line = strconv.AppendFloat(s.line, value.Longitude, 'f', -1, 64)
	s.line = append(s.line, `}"`...)
}

// Date writes a date in ISO 8601.
func (s *sheet) Date(_ string, at edtf.Instant, ok bool) {
	s.cell()
	if ok {
		s.line = append(s.line, at.String()[:len(at.String())-len("T00:00:00Z")]...)
	}
}

// Moment writes a datetime in ISO 8601.
func (s *sheet) Moment(_ string, at edtf.Instant, ok bool) {
	s.cell()
	if ok {
		s.line = append(s.line, at.String()...)
	}
}

// DateOrMoment writes a date or a datetime, and makes the choice a part of the variant.
func (s *sheet) DateOrMoment(name string, at edtf.Instant, floats bool) {
	choice := 1 << s.choices
	s.choices++
	switch {
	case !rows.Readable(at):
		s.cell()
	case floats:
		s.variant |= choice
		s.Date(name, rows.StartOfDay(at), true)
	default:
		s.Moment(name, at, true)
	}
}
