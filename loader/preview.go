package loader

import (
	"errors"
	"io"
	"maps"
	"slices"
	"unicode/utf8"

	"casus/internal/kg"
	"casus/loader/mapping"
	"casus/loader/table"
)

// EachRow calls yield with the records of each row, or with the error of a row that has none. It loads nothing and
// serves to try a mapping. It stops at the first error that yield returns.
func EachRow(in Input, m Mapper, yield func([]mapping.Record, error) error) (err error) {
	reader, err := openTable(in, m)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	for number := 0; ; {
		row, err := reader.Next()
		number++
		var fault *table.Fault
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &fault):
			err = yield(nil, fault)
		case err != nil:
			return err
		default:
			records, e := mapNumbered(m, row.Values, number)
			if e != nil {
				records = nil
			}
			err = yield(records, e)
		}
		if err != nil {
			return err
		}
	}
}

// FirstRows returns the columns and the first n rows of a table that no mapping knows. Rows that cannot be read are
// skipped. The columns of JSON are the fields of its first object.
func FirstRows(in Input, encoding string, n int) (columns []string, rows []map[string]any, err error) {
	f, err := in.Open()
	if err != nil {
		return nil, nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
	}
	reader, err := table.Open(uncompressedName(in.Name), f, table.Options{Encoding: encoding})
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	var first, fault *table.Fault
	for range n {
		row, err := reader.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil && !errors.As(err, &fault) {
			return nil, nil, err
		}
		if err == nil {
			rows = append(rows, row.Values)
		} else if first == nil {
			first = fault
		}
	}
	if columns = reader.Columns(); columns == nil && len(rows) > 0 {
		columns = slices.Sorted(maps.Keys(rows[0]))
	}
	switch {
	case len(columns) == 0 && first != nil:
		return nil, nil, kg.Errorf(kg.BadInput, "cannot read any row of %s: %w", in.Name, first)
	case len(columns) == 0:
		return nil, nil, kg.Errorf(kg.BadInput, "%s is empty", in.Name)
	case slices.ContainsFunc(columns, func(c string) bool { return !utf8.ValidString(c) }):
		return nil, nil, kg.Errorf(kg.BadInput,
			"the columns of %s are not UTF-8: specify the file's encoding, such as windows-1252", in.Name)
	}
	return columns, rows, nil
}
