package table

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"casus/internal/kg"
)

// csvSource reads delimited text. In TSV a quotation mark has no special meaning.
type csvSource struct {
	in          *recorder
	readFields  func() ([]string, int64, error)
	columnNames []string
	pending     *pendingRow // read while looking for the columns
	firstFields []string
	done        bool
}

// pendingRow is a row, or the reason why it cannot be read.
type pendingRow struct {
	row Row
	err error
}

func newCSV(name string, in *recorder, o Options, format string) (*csvSource, error) {
	s := &csvSource{in: in}
	comma := o.Delimiter
	switch {
	case format == "tsv":
		s.readFields = tabReader(in)
	default:
		if declared := separator(in); comma == 0 {
			comma = cmp.Or(declared, delimiter(in))
		}
		r := csv.NewReader(in)
		r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
		r.ReuseRecord = true // rows keep the strings, not the slice
		s.readFields = func() ([]string, int64, error) {
			fields, err := r.Read()
			return fields, r.InputOffset(), err
		}
	}
	s.columnNames = o.Columns
	if o.NoHeader && s.columnNames != nil {
		// The file may have a header nevertheless.
		s.skipIf(func(first []string) bool { return slices.EqualFunc(first, s.columnNames, isHeader) })
		s.tryOtherColumns(o.OtherColumns)
		return s, nil
	}
	fields, offset, err := s.readFields()
	switch {
	case errors.Is(err, io.EOF):
		s.done = true
		return s, nil
	case err != nil:
		return nil, kg.Errorf(kg.BadInput, "cannot read the header of %s: %w", name, err)
	}
	raw, line := in.take(offset)
	if o.NoHeader {
		for i := range fields {
			s.columnNames = append(s.columnNames, fmt.Sprintf("c%d", i+1))
		}
		s.pending = &pendingRow{row: s.rowOf(fields, raw, line)}
		return s, nil
	}
	if names := columnsOfHeaderless(fields, o.OtherColumns); names != nil {
		s.columnNames = names
		row, err := s.newRow(fields, raw, line)
		s.pending = &pendingRow{row, err}
		return s, nil
	}
	if s.columnNames == nil {
		for i, f := range fields {
			if f = strings.TrimSpace(f); f == "" { // as in files from spreadsheets
				f = fmt.Sprintf("c%d", i+1)
			}
			if o.LowerCase {
				f = strings.ToLower(f)
			}
			s.columnNames = append(s.columnNames, f)
		}
	}
	if err := kg.CheckBound(name, len(s.columnNames), kg.MaxColumns, "columns"); err != nil {
		return nil, err
	}
	seen := make(map[string]bool, len(s.columnNames))
	for _, n := range s.columnNames {
		if seen[n] {
			return nil, kg.Errorf(kg.BadInput, "%s has two columns %q: rename them with a mapping's input.columns, "+
				"or set noHeader too if the file has no header", name, n)
		}
		seen[n] = true
	}
	if o.SkipAfterHeader != nil {
		s.skipIf(o.SkipAfterHeader)
	}
	return s, nil
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
			s.columnNames = names
			row, err := s.newRow(s.firstFields, ragged.Raw, ragged.Line)
			s.pending = &pendingRow{row, err}
			return
		}
	}
}

// skipIf reads a row and drops it if skip returns true.
func (s *csvSource) skipIf(skip func(fields []string) bool) {
	fields, row, err := s.readRow()
	s.firstFields = fields
	if fields == nil || !skip(fields) {
		s.pending = &pendingRow{row, err}
	}
}

// isHeader reports whether a cell holds a column's name.
func isHeader(cell, name string) bool { return strings.EqualFold(strings.TrimSpace(cell), name) }

// delimiter returns the most frequent delimiter of the first line.
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

// separator reads the line sep=; with which spreadsheets declare the delimiter above the header; 0 if there is none.
func separator(in *recorder) rune {
	head, _ := in.in.Peek(8)
	found := separatorLine.FindSubmatch(head)
	if found == nil {
		return 0
	}
	_, _ = in.in.Discard(len(found[0])) // already peeked
	in.line++
	return rune(found[1][0])
}

var separatorLine = regexp.MustCompile(`^(?i:sep)=([,;|\t])\r?\n`)

// tabReader returns a function that reads a line of fields between tabs.
func tabReader(in *recorder) func() ([]string, int64, error) {
	var offset int64
	return func() ([]string, int64, error) {
		for {
			line, err := in.in.ReadString('\n')
			in.buffer.WriteString(line)
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

func (s *csvSource) columns() []string { return s.columnNames }

func (s *csvSource) rowOf(fields []string, raw string, line int) Row {
	values := make(map[string]any, len(fields))
	for i, f := range fields {
		if i < len(s.columnNames) {
			values[s.columnNames[i]] = f
		}
	}
	return Row{line, values, raw}
}

func (s *csvSource) next() (Row, error) {
	if s.pending != nil {
		a := *s.pending
		s.pending = nil
		return a.row, a.err
	}
	if s.done {
		return Row{}, io.EOF
	}
	_, row, err := s.readRow()
	return row, err
}

// readRow reads a row. It also returns the row's fields.
func (s *csvSource) readRow() ([]string, Row, error) {
	fields, offset, err := s.readFields()
	if errors.Is(err, io.EOF) {
		s.done = true
		return nil, Row{}, io.EOF
	}
	raw, line := s.in.take(offset)
	var broken *csv.ParseError
	switch {
	case errors.As(err, &broken):
		return nil, Row{}, &Fault{Line: line, Reason: broken.Err.Error(), Raw: raw}
	case err != nil:
		return nil, Row{}, kg.Errorf(kg.BadInput, "cannot read after line %d: %w", line, err)
	}
	row, err := s.newRow(fields, raw, line)
	return fields, row, err
}

// newRow returns a row, or a *Fault unless there are as many fields as columns and all are UTF-8.
func (s *csvSource) newRow(fields []string, raw string, line int) (Row, error) {
	if len(fields) != len(s.columnNames) {
		reason := fmt.Sprintf("%d fields, but the header has %d", len(fields), len(s.columnNames))
		return Row{}, &Fault{Line: line, Reason: reason, Raw: raw}
	}
	if column, found := firstInvalidUTF8(s.columnNames, fields); found {
		reason := "not UTF-8: specify the file's encoding"
		return Row{}, &Fault{Line: line, Column: column, Reason: reason, Raw: strings.ToValidUTF8(raw, "\uFFFD")}
	}
	return s.rowOf(fields, raw, line), nil
}
