// Package table reads CSV, TSV and JSON row by row, so memory use does not depend on the size of a file.
package table

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"casus/internal/kg"
	"casus/internal/strictjson"
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
	// Format is "csv", "tsv" or "json" (JSON Lines, or one array). If "", it is detected from the file's name, else from
	// its first byte.
	Format string
	// Delimiter separates fields in CSV. If 0, it is the most frequent of comma, semicolon, tab and bar in the header.
	Delimiter rune
	// NoHeader is set if the first row is data.
	NoHeader bool
	// Columns are the names of columns; they replace the header's. If nil, a file without a header has c1, c2 and so on.
	Columns []string
	// OtherColumns are the columns of files without a header and with another number of columns.
	OtherColumns [][]string
	// LowerCase converts the names of columns to lower case.
	LowerCase bool
	// SkipAfterHeader reports whether to skip the row after the header; it may be nil.
	SkipAfterHeader func(fields []string) bool
	// List is the field with the rows, if a file is one JSON object. It must begin within the first 64 KiB.
	List string
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
	// More are further faults of a row of JSON.
	More []*strictjson.Fault
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
	if o.Encoding != "" {
		e, err := htmlindex.Get(o.Encoding)
		if err != nil {
			return nil, kg.Errorf(kg.BadInput, "unknown encoding %q: %w", o.Encoding, err)
		}
		f = transform.NewReader(f, e.NewDecoder())
	}
	in := newRecorder(f)
	if o.Encoding == "" && in.isUTF16() {
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
		in = newRecorder(transform.NewReader(in.in, utf16.NewDecoder()))
	}
	format, err := detectFormat(name, in, o.Format)
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", name, err)
	}
	switch format {
	case "json":
		return newJSON(in, o), nil
	case "csv", "tsv":
		return newCSV(name, in, o, format)
	}
	return nil, kg.Errorf(kg.BadInput, "unknown format %q: must be csv, tsv or json", format)
}

// Columns returns the table's columns; nil for JSON.
func (r *Reader) Columns() []string { return r.columns() }

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
