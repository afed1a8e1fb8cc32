// Package table reads CSV, TSV and JSON row by row, so memory use does not depend on the size of a file.
package table

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"casus/internal/kg"
)

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
	if err != nil && len(head) == 0 && !errors.Is(err, io.EOF) {
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
