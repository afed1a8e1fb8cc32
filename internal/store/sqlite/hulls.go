package sqlite

import (
	"database/sql"

	"casus/internal/store/bucket"
	"casus/internal/store/codec"
)

const (
	hullColumns = "e.time_earliest, e.time_latest, e.time_floats, e.nominal, "
	hullGroups  = " GROUP BY e.time_earliest, e.time_latest, e.time_floats, e.nominal, keys"
)

// hullScanner scans the hullColumns and the keys of a group of events.
type hullScanner struct {
	row    bucket.Row
	floats int
	keys   string
}

// into returns the destinations of the columns.
func (h *hullScanner) into() []any {
	return []any{&h.row.Time.Earliest, &h.row.Time.Latest, &h.floats, &h.row.Nominal, &h.keys}
}

// bucketRow returns the group that was scanned.
func (h *hullScanner) bucketRow() (row bucket.Row, err error) {
	row = h.row
	row.Time.EarliestFloats, row.Time.LatestFloats = h.floats&earliestFloats != 0, h.floats&latestFloats != 0
	if h.keys != "[]" {
		row.Keys, err = codec.Decode[[]string](h.keys)
	}
	h.row.Nominal = nil // the next row has an instant of its own
	return row, err
}

// scanHull scans a group of events with the same time and keys, with their number.
func scanHull(r *sql.Rows) (bucket.Row, error) {
	var h hullScanner
	if err := r.Scan(append(h.into(), &h.row.Events)...); err != nil {
		return bucket.Row{}, err
	}
	return h.bucketRow()
}
