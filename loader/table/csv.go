package table

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"casus/internal/kg"
)

// csvSource reads delimited text. In TSV a quotation mark is a character like others.
type csvSource struct {
	in     *recorder
	read   func() ([]string, int64, error)
	names  []string
	first  *Row // a row that was read to find the columns
	closed bool
}

func newCSV(name string, in *recorder, o Options, format string) (*csvSource, error) {
	s := &csvSource{in: in}
	comma := o.Delimiter
	switch {
	case format == "tsv":
		s.read = lines(in)
	default:
		if comma == 0 {
			comma = delimiter(in)
		}
		r := csv.NewReader(in)
		r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
		s.read = func() ([]string, int64, error) {
			fields, err := r.Read()
			return fields, r.InputOffset(), err
		}
	}
	s.names = o.Columns
	if o.NoHeader && s.names != nil {
		return s, nil
	}
	fields, offset, err := s.read()
	switch {
	case errors.Is(err, io.EOF):
		s.closed = true
		return s, nil
	case err != nil:
		return nil, kg.Errorf(kg.BadInput, "cannot read the header of %s: %w", name, err)
	}
	raw, line := in.take(offset)
	if o.NoHeader {
		for i := range fields {
			s.names = append(s.names, fmt.Sprintf("c%d", i+1))
		}
		row := s.row(fields, raw, line)
		s.first = &row
		return s, nil
	}
	if s.names == nil {
		for _, f := range fields {
			s.names = append(s.names, strings.TrimSpace(f))
		}
	}
	for i, n := range s.names {
		if slices.Contains(s.names[:i], n) {
			return nil, kg.Errorf(kg.BadInput, "%s has two columns %q", name, n)
		}
	}
	if o.SkipAfterHeader == nil {
		return s, nil
	}
	fields, offset, err = s.read()
	if err != nil {
		s.closed = errors.Is(err, io.EOF)
		return s, nil // what is wrong is found again
	}
	if raw, line = in.take(offset); !o.SkipAfterHeader(fields) {
		row := s.row(fields, raw, line)
		s.first = &row
		if len(fields) != len(s.names) {
			s.first = &Row{Line: line, Raw: raw}
		}
	}
	return s, nil
}

// delimiter is the one that the first line has most of.
func delimiter(in *recorder) rune {
	head, _ := in.in.Peek(16 << 10)
	line, _, _ := strings.Cut(string(head), "\n")
	best, most := ',', 0
	for _, c := range ",;\t|" {
		if n := strings.Count(line, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// lines reads fields between tabs.
func lines(in *recorder) func() ([]string, int64, error) {
	var offset int64
	return func() ([]string, int64, error) {
		for {
			line, err := in.in.ReadString('\n')
			in.kept.WriteString(line)
			offset += int64(len(line))
			if line = strings.TrimRight(line, "\r\n"); line != "" {
				return strings.Split(line, "\t"), offset, nil
			}
			if err != nil {
				return nil, offset, err
			}
		}
	}
}

func (s *csvSource) columns() []string { return s.names }

func (s *csvSource) row(fields []string, raw string, line int) Row {
	values := make(map[string]any, len(fields))
	for i, f := range fields {
		if i < len(s.names) {
			values[s.names[i]] = f
		}
	}
	return Row{line, values, raw}
}

func (s *csvSource) next() (Row, error) {
	if s.first != nil {
		row := *s.first
		s.first = nil
		if row.Values == nil {
			return Row{}, &Fault{Line: row.Line, Reason: fmt.Sprintf("it has not the %d columns of the header", len(s.names)), Raw: row.Raw}
		}
		return row, nil
	}
	if s.closed {
		return Row{}, io.EOF
	}
	fields, offset, err := s.read()
	if errors.Is(err, io.EOF) {
		return Row{}, io.EOF
	}
	raw, line := s.in.take(offset)
	var broken *csv.ParseError
	switch {
	case errors.As(err, &broken):
		return Row{}, &Fault{Line: line, Reason: broken.Err.Error(), Raw: raw}
	case err != nil:
		return Row{}, kg.Errorf(kg.BadInput, "cannot read on after line %d: %w", line, err)
	case len(fields) != len(s.names):
		return Row{}, &Fault{Line: line, Reason: fmt.Sprintf("it has %d fields, the header %d", len(fields), len(s.names)), Raw: raw}
	}
	if column, found := invalid(s.names, fields); found {
		return Row{}, &Fault{Line: line, Column: column, Reason: "it is not UTF-8: declare the file's encoding", Raw: strings.ToValidUTF8(raw, "�")}
	}
	return s.row(fields, raw, line), nil
}
