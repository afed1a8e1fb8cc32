package export

import "github.com/parquet-go/parquet-go"

// groupRows is the number of rows of a Parquet row group, which is held in memory.
const groupRows = 5000

// parquetTable writes a table as Parquet: lists as lists, times as milliseconds in UTC, compressed with Zstandard.
func parquetTable(x *exporter) error {
	switch x.Table {
	case TableEvents:
		return parquetOf(x, func(write func([]eventRow) error) error { return x.rows(write, nil, nil, nil) })
	case TableParticipants:
		return parquetOf(x, func(write func([]participantRow) error) error { return x.rows(nil, write, nil, nil) })
	case TableFigures:
		return parquetOf(x, func(write func([]figureRow) error) error { return x.rows(nil, nil, nil, write) })
	}
	return parquetOf(x, func(write func([]claimRow) error) error { return x.rows(nil, nil, write, nil) })
}

func parquetOf[T any](x *exporter, rows func(write func([]T) error) error) error {
	w := parquet.NewGenericWriter[T](x.out, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(groupRows),
		parquet.CreatedBy("Casus", "", ""))
	err := rows(func(batch []T) error {
		x.count(string(x.Table), len(batch))
		_, err := w.Write(batch)
		return err
	})
	if err != nil {
		return err // without its footer the file is invalid, so that no reader uses a part of it
	}
	return w.Close()
}
