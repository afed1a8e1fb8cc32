package loader

import (
	"errors"
	"io"

	"casus/internal/edtf"
	"casus/internal/kg"
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
}

// openTable opens a file in the format that the mapper's options describe.
func openTable(in Input, m Mapper) (*table.Reader, error) {
	f, err := in.Open()
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
	}
	return table.Open(uncompressedName(in.Name), f, m.Options())
}

func openRows(in Input, m Mapper) (rowReader, error) {
	t, err := openTable(in, m)
	return tableReader{t, in.Name, m}, err
}

func (r tableReader) next() (rawRow, error) {
	row, err := r.Next()
	var fault *table.Fault
	switch {
	case errors.Is(err, io.EOF):
		return rawRow{}, io.EOF
	case errors.As(err, &fault):
		return rawRow{
			rawText: rawText{r.file, fault.Line, fault.Raw},
			fault:   &Reject{Column: fault.Column, Reason: fault.Reason},
		}, nil
	case err != nil:
		return rawRow{}, err
	}
	return rawRow{
		rawText: rawText{r.file, row.Line, row.Raw}, values: row.Values,
		makeRecords: func() ([]rawRecord, *Reject) { return mapRow(r.mapper, row.Values) },
	}, nil
}

// mapRow returns the records of a row, or why it has none.
func mapRow(m Mapper, row map[string]any) ([]rawRecord, *Reject) {
	made, err := m.Map(row)
	switch {
	case err != nil:
		return nil, mappingReject(m, err)
	case len(made) == 0:
		return nil, &Reject{Reason: "the mapping makes no record of this row"}
	}
	return rawRecordsOf(made), nil
}

func mappingReject(m Mapper, err error) *Reject {
	if fault := (*mapping.Fault)(nil); errors.As(err, &fault) {
		return &Reject{Pointer: fault.Place, Column: columnsOf(m, fault.Place), Reason: fault.Err.Error()}
	}
	return &Reject{Reason: err.Error()}
}
