package read

import (
	"errors"
	"io"
	"maps"
	"slices"
	"unicode/utf8"

	"casus/internal/kg"
	"casus/loader/input"
	"casus/loader/mapping"
	"casus/loader/table"
)

// EachRow calls yield with the records of each row, or with the error of a row that has none. It loads nothing and
// serves to try a mapping. It stops at the first error that yield returns.
func EachRow(in input.Input, m Mapper, yield func([]mapping.Record, error) error) (err error) {
	if _, err := checkInput(&in, m); err != nil {
		return err
	}
	reader, err := openTable(in, m)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	if m, err = forTable(m, reader); err != nil {
		return err
	}
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

// maxSampleBytes bounds what FirstRows reads.
const maxSampleBytes = 16 << 20

// FirstRows returns the columns and the first n rows of a table that no mapping matches, or fewer if these are large.
// Rows that cannot be read are skipped. The columns of JSON are all fields of these rows.
func FirstRows(in input.Input, encoding string, n int) (columns []string, rows []map[string]any, err error) {
	in.Encoding = encoding
	if _, err := in.Head(); err != nil {
		return nil, nil, err
	}
	f, err := in.Open()
	if err != nil {
		return nil, nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
	}
	reader, err := table.Open(input.UncompressedName(in.Name), f, table.Options{Encoding: encoding, AsText: true})
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	var first, fault *table.Fault
	size := 0
	for len(rows) < n && size < maxSampleBytes {
		row, err := reader.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil && !errors.As(err, &fault) {
			return nil, nil, err
		}
		if err == nil {
			rows = append(rows, row.Values)
			size += len(row.Raw)
		} else if size += len(fault.Raw) + 1; first == nil {
			first = fault
		}
	}
	if columns = reader.Columns(); columns == nil && len(rows) > 0 {
		fields := map[string]bool{}
		for _, row := range rows {
			for name := range row {
				fields[name] = true
			}
		}
		columns = slices.Sorted(maps.Keys(fields))
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
