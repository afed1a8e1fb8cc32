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
	ahead  *ahead // what was read to find the columns
	closed bool
}

// ahead is a row, or what is wrong with it.
type ahead struct {
	row Row
	err error
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
		s.skip(func(first []string) bool { return slices.EqualFunc(first, s.names, isHeader) }) // it may have one all the same
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
		s.ahead = &ahead{row: s.row(fields, raw, line)}
		return s, nil
	}
	if s.names == nil {
		for i, f := range fields {
			if f = strings.TrimSpace(f); f == "" { // as spreadsheets leave them
				f = fmt.Sprintf("c%d", i+1)
			}
			s.names = append(s.names, f)
		}
	}
	for i, n := range s.names {
		if slices.Contains(s.names[:i], n) {
			return nil, kg.Errorf(kg.BadInput, "%s has two columns %q", name, n)
		}
	}
	if o.SkipAfterHeader != nil {
		s.skip(o.SkipAfterHeader)
	}
	return s, nil
}

// skip reads one row, which is left out if it is none.
func (s *csvSource) skip(none func(fields []string) bool) {
	fields, row, err := s.one()
	if fields == nil || !none(fields) {
		s.ahead = &ahead{row, err}
	}
}

// isHeader says whether a cell holds a column's name.
func isHeader(cell, name string) bool { return strings.EqualFold(strings.TrimSpace(cell), name) }

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
	if s.ahead != nil {
		a := *s.ahead
		s.ahead = nil
		return a.row, a.err
	}
	if s.closed {
		return Row{}, io.EOF
	}
	_, row, err := s.one()
	return row, err
}

// one reads one row, and gives its fields too.
func (s *csvSource) one() ([]string, Row, error) {
	fields, offset, err := s.read()
	if errors.Is(err, io.EOF) {
		s.closed = true
		return nil, Row{}, io.EOF
	}
	raw, line := s.in.take(offset)
	var broken *csv.ParseError
	switch {
	case errors.As(err, &broken):
		return nil, Row{}, &Fault{Line: line, Reason: broken.Err.Error(), Raw: raw}
	case err != nil:
		return nil, Row{}, kg.Errorf(kg.BadInput, "cannot read on after line %d: %w", line, err)
	case len(fields) != len(s.names):
		return fields, Row{}, &Fault{Line: line, Reason: fmt.Sprintf("it has %d fields, the header %d", len(fields), len(s.names)), Raw: raw}
	}
	if column, found := invalid(s.names, fields); found {
		return fields, Row{}, &Fault{Line: line, Column: column, Reason: "it is not UTF-8: declare the file's encoding", Raw: strings.ToValidUTF8(raw, "\uFFFD")}
	}
	return fields, s.row(fields, raw, line), nil
}
