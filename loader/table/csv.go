package table

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"casus/internal/kg"
	"casus/loader/values"
)

// csvSource reads delimited text.
type csvSource struct {
	in          *csvReader
	checker     encodingChecker
	columnNames []string
	pending     *pendingRow // read while looking for the columns
	firstFields []string
	// decimalComma is set if a comma is the decimal mark of numbers.
	decimalComma bool
}

// pendingRow is a row, or the reason why it cannot be read.
type pendingRow struct {
	row Row
	err error
}

func newCSV(name string, f io.Reader, o Options, format string) (*csvSource, error) {
	buffer := newLineBuffer(f)
	comma, quotes := o.Delimiter, unquoteAlways
	declared := separator(buffer)
	switch {
	case comma != 0:
	case format == "tsv" && isTabbed(buffer.head(headSize)):
		comma, quotes = '\t', unquoteIfNeeded
	default:
		comma = cmp.Or(declared, delimiter(buffer))
	}
	s := &csvSource{in: newCSVReader(buffer, comma, quotes), checker: newEncodingChecker(o.Encoding)}
	s.setColumns(o.Columns)
	s.decimalComma = o.Decimal == "," || o.Decimal == "" && hasDecimalCommas(buffer.head(headSize), comma)
	if o.NoHeader && s.columnNames != nil {
		// The file may have a header nevertheless.
		s.skipIf(func(first []string) bool { return s.takeHeader(first, o) })
		s.tryOtherColumns(o.OtherColumns)
		return s, nil
	}
	fields, raw, line, err := s.in.next()
	unwrapFormulas(fields)
	switch {
	case errors.Is(err, io.EOF):
		return s, nil
	case err != nil:
		return nil, kg.Errorf(kg.BadInput, "cannot read the header of %s: %w", name, err)
	case len(raw) > maxHeader:
		return nil, kg.Errorf(kg.BadInput, "the header of %s has more than %d MiB", name, maxHeader>>20)
	}
	if o.NoHeader {
		names := make([]string, len(fields))
		for i := range fields {
			names[i] = fmt.Sprintf("c%d", i+1)
		}
		s.setColumns(names)
		s.setPending(fields, raw, line)
		return s, nil
	}
	if names := columnsOfHeaderless(fields, o.OtherColumns); names != nil {
		s.setColumns(names)
		s.setPending(fields, raw, line)
		return s, nil
	}
	if s.columnNames == nil {
		s.setColumns(headerNames(fields, o))
	}
	if repeated, found := firstRepeated(s.columnNames); found {
		return nil, kg.Errorf(kg.BadInput, "%s has two columns %q: rename them with a mapping's input.columns, "+
			"or set noHeader too if the file has no header", name, repeated)
	}
	if o.SkipAfterHeader != nil {
		s.skipIf(o.SkipAfterHeader)
	}
	return s, nil
}

// headerNames returns the names of columns in a header.
func headerNames(fields []string, o Options) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		if f = strings.TrimSpace(f); f == "" { // as in files from spreadsheets
			f = fmt.Sprintf("c%d", i+1)
		}
		if o.LowerCase {
			f = strings.ToLower(f)
		}
		names[i] = f
	}
	if o.MatchHeader != nil {
		return o.MatchHeader(names)
	}
	return names
}

// takeHeader reports whether the first row of a file without a header is one nevertheless, because a program added it,
// and then uses it. Such a header has all columns, in any order and among others.
func (s *csvSource) takeHeader(first []string, o Options) bool {
	names := headerNames(first, o)
	for _, columns := range append([][]string{o.Columns}, o.OtherColumns...) {
		if values.HasColumns(names, columns) {
			s.setColumns(names)
			return true
		}
	}
	return false
}

func firstRepeated(names []string) (string, bool) {
	seen := make(map[string]bool, len(names))
	for _, n := range names {
		if seen[n] {
			return n, true
		}
		seen[n] = true
	}
	return "", false
}

// columnsOfHeaderless returns the columns of a file without a header; nil if the first row is a header. It is data if
// it has as many fields as one of others, at least one number and none of the names.
func columnsOfHeaderless(first []string, others [][]string) []string {
	hasNumber := slices.ContainsFunc(first, func(f string) bool {
		_, err := strconv.ParseFloat(f, 64)
		return err == nil
	})
	for _, names := range others {
		isName := func(f string) bool { return slices.Contains(names, f) }
		if hasNumber && len(first) == len(names) && !slices.ContainsFunc(first, isName) {
			return names
		}
	}
	return nil
}

// tryOtherColumns selects from others the columns that are as many as the fields of the first row, if that row did not
// fit the current columns.
func (s *csvSource) tryOtherColumns(others [][]string) {
	var ragged *Fault
	if s.pending == nil || !errors.As(s.pending.err, &ragged) {
		return
	}
	for _, names := range others {
		if len(s.firstFields) == len(names) {
			s.setColumns(names)
			s.setPending(s.firstFields, ragged.Raw, ragged.Line)
			return
		}
	}
}

func (s *csvSource) setColumns(names []string) {
	s.columnNames = names
	s.in.columns = len(names)
}

func (s *csvSource) setPending(fields []string, raw string, line int) {
	row, err := s.newRow(fields, raw, line)
	s.pending = &pendingRow{row, err}
}

// skipIf reads a row and drops it if skip returns true.
func (s *csvSource) skipIf(skip func(fields []string) bool) {
	fields, row, err := s.readRow()
	s.firstFields = fields
	if fields == nil || !skip(fields) {
		s.pending = &pendingRow{row, err}
	}
}

// headSize is the number of bytes at the start of a file from which its form is detected.
const headSize = 16 << 10

// isTabbed reports whether the first line has a tab. A program may have rewritten a .tsv file with other delimiters.
func isTabbed(head []byte) bool {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	return bytes.IndexByte(line, '\t') >= 0
}

func (s *csvSource) columns() []string { return s.columnNames }

func (s *csvSource) next() (Row, error) {
	if s.pending != nil {
		a := *s.pending
		s.pending = nil
		return a.row, a.err
	}
	_, row, err := s.readRow()
	return row, err
}

// readRow reads a row. It also returns the row's fields.
func (s *csvSource) readRow() ([]string, Row, error) {
	fields, raw, line, err := s.in.next()
	unwrapFormulas(fields)
	var fault *Fault
	switch {
	case errors.As(err, &fault):
		if i := fault.field - 1; i >= 0 && i < len(s.columnNames) {
			fault.Column = s.columnNames[i]
		}
		fault.Raw = strings.ToValidUTF8(fault.Raw, "\uFFFD")
		return nil, Row{}, fault
	case errors.Is(err, io.EOF):
		return nil, Row{}, io.EOF
	case err != nil:
		return nil, Row{}, kg.Errorf(kg.BadInput, "cannot read after line %d: %w", line, err)
	}
	row, err := s.newRow(fields, raw, line)
	return fields, row, err
}

// newRow returns a row, or a *Fault unless there are as many fields as columns and all are text.
func (s *csvSource) newRow(fields []string, raw string, line int) (Row, error) {
	if len(fields) != len(s.columnNames) {
		reason := fmt.Sprintf("%d fields, but the header has %d", len(fields), len(s.columnNames))
		if n := countLineEnds(raw); n > 0 {
			reason += fmt.Sprintf("; a quoted field ends %d lines below", n)
		}
		return Row{}, &Fault{Line: line, Reason: reason, Raw: strings.ToValidUTF8(raw, "\uFFFD")}
	}
	if column, found := firstInvalidUTF8(s.columnNames, fields); found {
		return Row{}, &Fault{Line: line, Column: column, Reason: notUTF8, Raw: strings.ToValidUTF8(raw, "\uFFFD")}
	}
	if reason := s.checker.check(raw); reason != "" {
		return Row{}, &Fault{Line: line, Reason: reason, Raw: raw}
	}
	if strings.IndexByte(raw, 0) >= 0 {
		at := slices.IndexFunc(fields, func(f string) bool { return strings.IndexByte(f, 0) >= 0 })
		return Row{}, &Fault{Line: line, Column: s.columnNames[max(at, 0)], Reason: nulByte, Raw: raw}
	}
	cells := make(map[string]any, len(fields))
	for i, f := range fields {
		cells[s.columnNames[i]] = f
	}
	return Row{line, cells, raw}, nil
}
