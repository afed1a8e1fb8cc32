// Package table reads CSV, TSV and JSON row by row, so memory use does not depend on the size of a file.
package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"casus/internal/kg"
)

// Row is a row of a table, or a JSON object.
type Row struct {
	// Line is the line on which it begins, from 1.
	Line int
	// Values are the values by column: text in tables, JSON values in JSON, with numbers as float64.
	Values map[string]any
	// Raw is the row's text.
	Raw string
}

// Options describe the format of a file.
type Options struct {
	// Format is "csv", "tsv" or "json": objects one after another, a list, an object that holds a list, or GeoJSON. If
	// "", it is detected from the file's name and first byte.
	Format string
	// Delimiter separates fields in CSV. If 0, it is the most frequent of comma, semicolon, tab and bar in the header,
	// outside quotation marks.
	Delimiter rune
	// NoHeader is set if the first row is data.
	NoHeader bool
	// Columns are the names of columns; they replace the header's. If nil, a file without a header has c1, c2 and so on.
	Columns []string
	// OtherColumns are the columns of files without a header and with another number of columns.
	OtherColumns [][]string
	// MatchHeader returns the names by which a header's columns are known; it may be nil.
	MatchHeader func(header []string) []string
	// Decimal is the decimal mark of numbers, "." or ","; "" if it is to be detected.
	Decimal string
	// LowerCase converts the names of columns to lower case.
	LowerCase bool
	// SkipAfterHeader reports whether to skip the row after the header; it may be nil.
	SkipAfterHeader func(fields []string) bool
	// List is the field with the rows, if a file is one JSON object, with dots if it is in objects within. It must begin
	// within the first MiB. If "", a list of objects is found unless the object looks like a row.
	List string
	// Reads are the columns that a mapping reads, by which an object that is a row is known.
	Reads []string
	// AsText converts the values of JSON to text, as in a table: numbers as they are written, null as "".
	AsText bool
	// Encoding is a name from the WHATWG Encoding standard, such as windows-1252; "" is UTF-8.
	Encoding string
}

// Fault is a row that cannot be read. The rows after it can.
type Fault struct {
	Line        int
	Column      string
	Reason, Raw string
	field       int // from 1, in delimited text; 0 if unknown
}

// Error returns the line and the reason.
func (f *Fault) Error() string { return fmt.Sprintf("line %d: %s", f.Line, f.Reason) }

// source reads the rows of one format.
type source interface {
	// next returns the next row; the error is a *Fault or io.EOF.
	next() (Row, error)
	columns() []string
}

// Reader reads the rows of a file.
type Reader struct {
	source
	file io.Closer
}

// Shape returns how the rows of JSON are arranged.
func (r *Reader) Shape() Shape {
	if s, ok := r.source.(*jsonSource); ok {
		return s.shape
	}
	return Lines
}

// Open returns a Reader of a file, which Close closes. Errors: BAD_INPUT for a header with two columns of one name, or
// an unknown format or encoding.
func Open(name string, f io.ReadCloser, o Options) (*Reader, error) {
	r, err := open(name, f, o)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &Reader{r, f}, nil
}

func open(name string, f io.Reader, o Options) (source, error) {
	text, err := Decode(name, f, o.Encoding)
	if err != nil {
		return nil, err
	}
	in := bufio.NewReaderSize(text, 64<<10)
	format, err := detectFormat(name, in, o.Format)
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", name, err)
	}
	switch format {
	case "json":
		return newJSON(name, in, o)
	case "csv", "tsv":
		return newCSV(name, in, o, format)
	}
	return nil, kg.Errorf(kg.BadInput, "unknown format %q: must be csv, tsv or json", format)
}

// detectFormat returns the requested format or, if that is "", the one that the file's name or first byte indicates.
// A JSON object or list is JSON, unless the name is one of delimited text.
func detectFormat(name string, in *bufio.Reader, requested string) (string, error) {
	if requested != "" {
		return requested, nil
	}
	head, err := in.Peek(512)
	if err != nil && len(head) == 0 && err != io.EOF {
		return "", err
	}
	name = strings.ToLower(name)
	if head = bytes.TrimLeft(head, " \t\r\n\x1e"); len(head) > 0 && (head[0] == '{' || head[0] == '[') &&
		!strings.HasSuffix(name, ".csv") && !strings.HasSuffix(name, ".tsv") && !strings.HasSuffix(name, ".tab") {
		return "json", nil
	}
	for extension, format := range map[string]string{
		".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".json": "json", ".jsonl": "json", ".ndjson": "json",
		".geojson": "json", ".geojsonl": "json", ".geojsons": "json",
	} {
		if strings.HasSuffix(name, extension) {
			return format, nil
		}
	}
	return "csv", nil
}

// ListName returns the field that holds the rows of a WrappedList.
func (r *Reader) ListName() string {
	if s, ok := r.source.(*jsonSource); ok {
		return s.field
	}
	return ""
}

// Columns returns the table's columns; nil for JSON.
func (r *Reader) Columns() []string { return r.columns() }

// DecimalComma reports whether the numbers of the table have decimal commas.
func (r *Reader) DecimalComma() bool {
	s, ok := r.source.(*csvSource)
	return ok && s.decimalComma
}

// Next returns the next row. The error is a *Fault for a row that cannot be read, and io.EOF at the end.
func (r *Reader) Next() (Row, error) { return r.next() }

// Close closes the file.
func (r *Reader) Close() error { return r.file.Close() }

// firstInvalidUTF8 returns the column of the first field that is not UTF-8; "" if the field has no column.
func firstInvalidUTF8(columns, fields []string) (column string, found bool) {
	i := slices.IndexFunc(fields, func(f string) bool { return !utf8.ValidString(f) })
	switch {
	case i < 0:
		return "", false
	case i < len(columns):
		return columns[i], true
	}
	return "", true
}
