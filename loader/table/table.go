// Package table reads tables and lists of JSON objects row by row, so that a file of any size needs little memory.
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
)

// Row is one row of a table, or one object.
type Row struct {
	// Line is where it begins, from 1.
	Line int
	// Values are by column: text in tables; in JSON what it holds, numbers as float64.
	Values map[string]any
	// Raw is the row as it was read.
	Raw string
}

// Options say how a file is written.
type Options struct {
	// Format is "csv", "tsv" or "json" (JSON Lines, or one array); "" is told by the file's name, else by its first byte.
	Format string
	// Delimiter of CSV; 0: the one of comma, semicolon, tab and bar that the header has most of.
	Delimiter rune
	// NoHeader says that the first row is data; columns are then Columns, or c1, c2 and so on.
	NoHeader bool
	Columns  []string
	// OtherColumns are those of files without a header that have another number of them.
	OtherColumns [][]string
	// LowerCase takes the names of columns in lower case, however a file writes them.
	LowerCase bool
	// SkipAfterHeader says whether the row below the header is none.
	SkipAfterHeader func(fields []string) bool
	// List is the field that has the rows where a file is one JSON object; it must begin within the file's first 64 KiB.
	List string
	// AsText gives the values of JSON as a table would have them: numbers as they are written, null as nothing.
	AsText bool
	// Encoding is a name that the Encoding standard knows, such as windows-1252; "" is UTF-8.
	Encoding string
}

// Fault is a row that cannot be read. Reading goes on with the next.
type Fault struct {
	Line        int
	Column      string
	Reason, Raw string
}

// Error tells where and why.
func (f *Fault) Error() string { return fmt.Sprintf("line %d: %s", f.Line, f.Reason) }

// source is one format's way of reading.
type source interface {
	// next gives a row, a *Fault or io.EOF.
	next() (Row, error)
	columns() []string
}

// Reader reads rows.
type Reader struct {
	source
	file io.Closer
}

// Open begins to read a file, which Close closes. Errors: BAD_INPUT for a header that names a column twice, or an
// encoding that is not known.
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
			return nil, kg.Errorf(kg.BadInput, "encoding %q is not known: %w", o.Encoding, err)
		}
		f = transform.NewReader(f, e.NewDecoder())
	}
	in := newRecorder(f)
	if o.Encoding == "" && in.isUTF16() {
		in = newRecorder(transform.NewReader(in.in, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()))
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
	return nil, kg.Errorf(kg.BadInput, "format %q is none of csv, tsv, json", format)
}

// Columns are the table's; nil of JSON.
func (r *Reader) Columns() []string { return r.columns() }

// Next gives the next row. A row that cannot be read is a *Fault, and the end io.EOF.
func (r *Reader) Next() (Row, error) { return r.next() }

// Close closes the file.
func (r *Reader) Close() error { return r.file.Close() }

// firstInvalidUTF8 finds the first field that is not UTF-8.
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
