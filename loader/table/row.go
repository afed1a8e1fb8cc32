package table

import (
	"casus/internal/strictjson"
	"fmt"
	"slices"
	"unicode/utf8"
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
	// Reads are the columns that a mapping reads. They tell an object that is a row from one that contains the rows.
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
	// More are further faults of a row of JSON.
	More  []*strictjson.Fault
	field int // from 1, in delimited text; 0 if unknown
}

// Error returns the line and the reason.
func (f *Fault) Error() string { return fmt.Sprintf("line %d: %s", f.Line, f.Reason) }

// source reads the rows of one format.
type source interface {
	// next returns the next row; the error is a *Fault or io.EOF.
	next() (Row, error)
	columns() []string
}

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
