package read

import (
	"cmp"
	"errors"
	"io"
	"strings"

	"casus/internal/kg"
	"casus/internal/record"
	"casus/loader/entry"
	"casus/loader/input"
	"casus/loader/mapping"
	"casus/loader/table"
)

// tableReader reads the rows of a table or of JSON.
type tableReader struct {
	*table.Reader
	file   string
	mapper Mapper
	number int // of the row in the file, from 1
}

// openTable opens a file in the format that the mapper's options describe.
func openTable(in input.Input, m Mapper) (*table.Reader, error) {
	f, err := in.Open()
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
	}
	o := m.Options()
	o.Encoding = cmp.Or(in.Encoding, o.Encoding)
	return table.Open(input.UncompressedName(in.Name), f, o)
}

func openRows(in input.Input, m Mapper) (*tableReader, error) {
	t, err := openTable(in, m)
	if err != nil {
		return nil, err
	}
	if m, err = forTable(m, t); err != nil {
		return nil, errors.Join(err, t.Close())
	}
	return &tableReader{t, in.Name, m, 0}, nil
}

// forTable returns the mapper for a table's way of writing numbers.
func forTable(m Mapper, t *table.Reader) (Mapper, error) {
	if rules, ok := m.(*mapping.Mapping); ok {
		return rules.ForFile(t.DecimalComma())
	}
	return m, nil
}

func (r *tableReader) next() (entry.Source, error) {
	row, err := r.Next()
	r.number++
	var broken *table.Fault
	switch {
	case errors.Is(err, io.EOF):
		return entry.Source{}, io.EOF
	case errors.As(err, &broken):
		first := &record.Reject{Column: broken.Column, Reason: broken.Reason}
		for _, f := range broken.More {
			column := strings.TrimPrefix(f.Pointer, "/")
			first = record.JoinRejects(first, &record.Reject{Column: column, Reason: f.Reason, Found: f.Found})
		}
		return entry.Source{Part: entry.Part{File: r.file, Line: broken.Line, Text: broken.Raw}, Fault: first}, nil
	case err != nil:
		return entry.Source{}, err
	}
	number := r.number
	return entry.Source{
		Part: entry.Part{File: r.file, Line: row.Line, Text: row.Raw}, Values: row.Values,
		Records: func() ([]entry.Raw, *record.Reject) { return mapRow(r.mapper, row.Values, number) },
	}, nil
}
