package loader

import (
	"errors"
	"io"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/loader/mapping"
	"casus/loader/table"
)

// Release names the dataset release that rows belong to.
type Release struct {
	Dataset, Release string
	ReleasedAt       *edtf.Time
	// Part says that the input is only a part of the release: what it lacks is not gone.
	Part bool
}

// rowsReading gives the rows of a table, or of JSON.
type rowsReading struct {
	*table.Reader
	file   string
	mapper Mapper
}

// openTable opens a file as a mapper says its rows are written.
func openTable(in Input, m Mapper) (*table.Reader, error) {
	f, err := in.Open()
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
	}
	return table.Open(plainName(in.Name), f, m.Options())
}

func openRows(in Input, m Mapper) (reading, error) {
	t, err := openTable(in, m)
	return rowsReading{t, in.Name, m}, err
}

func (r rowsReading) next() (unread, error) {
	row, err := r.Next()
	var fault *table.Fault
	switch {
	case errors.Is(err, io.EOF):
		return unread{}, io.EOF
	case errors.As(err, &fault):
		return unread{raw: raw{r.file, fault.Line, fault.Raw}, fault: &Reject{Column: fault.Column, Reason: fault.Reason}}, nil
	case err != nil:
		return unread{}, err
	}
	return unread{raw: raw{r.file, row.Line, row.Raw}, values: row.Values, records: func() ([]record, *Reject) { return mapped(r.mapper, row.Values) }}, nil
}

// mapped gives the records that a row yields, or why it yields none.
func mapped(m Mapper, row map[string]any) ([]record, *Reject) {
	made, err := m.Map(row)
	switch {
	case err != nil:
		return nil, unmapped(m, err)
	case len(made) == 0:
		return nil, &Reject{Reason: "the mapping makes nothing of this row"}
	}
	return recordsOf(made), nil
}

func unmapped(m Mapper, err error) *Reject {
	if fault := (*mapping.Fault)(nil); errors.As(err, &fault) {
		return &Reject{Pointer: fault.Place, Column: columnsOf(m, fault.Place), Reason: fault.Err.Error()}
	}
	return &Reject{Reason: err.Error()}
}
