package loader

import (
	"errors"
	"io"

	"casus/loader/mapping"
	"casus/loader/table"
)

// EachRow tells what each row of a file yields, or why it yields nothing, and loads nothing: for trying a mapping. It ends
// with the first error that tell gives.
func EachRow(in Input, m *mapping.Mapping, tell func([]mapping.Record, error) error) (err error) {
	reader, err := openTable(in, m)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	for {
		row, err := reader.Next()
		var fault *table.Fault
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &fault):
			err = tell(nil, fault)
		case err != nil:
			return err
		default:
			err = tell(m.Map(row.Values))
		}
		if err != nil {
			return err
		}
	}
}
