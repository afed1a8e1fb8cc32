package loader

import (
	"cmp"
	"errors"
	"io"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/loader/fault"
	"casus/loader/input"
	"casus/loader/mapping"
	"casus/loader/table"
)

// Release is the data set release that rows belong to.
type Release struct {
	Dataset, Release string
	ReleasedAt       *edtf.Time
	// Partial is set if the input is only a part of the release, so that missing rows are not treated as removed.
	Partial bool
	// AllowEmpty allows a release without a row, and AllowRetract one that retracts more than half of another release.
	AllowEmpty, AllowRetract bool
}

// tableReader reads the rows of a table or of JSON.
type tableReader struct {
	*table.Reader
	file   string
	mapper Mapper
	number int // of the row in the file, from 1
}

// numberingMapper is a Mapper whose records may depend on the number of a row in its file, from 1.
type numberingMapper interface {
	MapNumbered(row map[string]any, number int) ([]mapping.Record, error)
}

// mapNumbered returns the records of a row. If the error is not nil they may lack those with faults.
func mapNumbered(m Mapper, row map[string]any, number int) ([]mapping.Record, error) {
	if numbering, ok := m.(numberingMapper); ok {
		return numbering.MapNumbered(row, number)
	}
	return m.Map(row)
}

// openTable opens a file in the format that the mapper's options describe.
func openTable(in Input, m Mapper) (*table.Reader, error) {
	f, err := in.Open()
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
	}
	o := m.Options()
	o.Encoding = cmp.Or(in.Encoding, o.Encoding)
	return table.Open(input.UncompressedName(in.Name), f, o)
}

func openRows(in Input, m Mapper) (rowReader, error) {
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

func (r *tableReader) next() (rawRow, error) {
	row, err := r.Next()
	r.number++
	var broken *table.Fault
	switch {
	case errors.Is(err, io.EOF):
		return rawRow{}, io.EOF
	case errors.As(err, &broken):
		first := &Reject{Column: broken.Column, Reason: broken.Reason}
		for _, f := range broken.More {
			first = fault.Join(first, &Reject{Column: strings.TrimPrefix(f.Pointer, "/"), Reason: f.Reason, Found: f.Found})
		}
		return rawRow{rawText: rawText{r.file, broken.Line, broken.Raw}, fault: first}, nil
	case err != nil:
		return rawRow{}, err
	}
	number := r.number
	return rawRow{
		rawText: rawText{r.file, row.Line, row.Raw}, values: row.Values,
		makeRecords: func() ([]rawRecord, *Reject) { return mapRow(r.mapper, row.Values, number) },
	}, nil
}

// mapRow returns the records of a row, and its faults. If there are faults, the records are the faultless ones.
func mapRow(m Mapper, row map[string]any, number int) ([]rawRecord, *Reject) {
	made, err := mapNumbered(m, row, number)
	switch {
	case err != nil:
		return rawRecordsOf(made), mappingReject(m, err)
	case len(made) == 0:
		return nil, &Reject{Reason: "the mapping makes no record of this row"}
	}
	return rawRecordsOf(made), nil
}

// mappingReject returns the Reject of a row whose mapping failed in one place or in several.
func mappingReject(m Mapper, err error) *Reject {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*Reject
		for _, e := range several.Unwrap() {
			all = append(all, mappingReject(m, e))
		}
		return fault.Join(all...)
	}
	if at := (*mapping.Fault)(nil); errors.As(err, &at) {
		return &Reject{Pointer: at.Place, Column: columnsOf(m, at.Place), Reason: at.Err.Error()}
	}
	return &Reject{Reason: err.Error()}
}

// columnsOf returns the names of the columns that a place in the mapping reads.
func columnsOf(m Mapper, place string) string { return strings.Join(m.Columns(place), ", ") }
