package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/codec"
	"casus/internal/store/trace"
)

// querier is a database, a connection or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// rows reads all rows of a query.
func rows[T any](
	ctx context.Context, db querier, scan func(*sql.Rows) (T, error), query string, args ...any,
) ([]T, error) {
	trace.Statement(ctx, query, args)
	found, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, mapError(err, "query")
	}
	defer func() { _ = found.Close() }() // found.Err has the error
	var all []T
	for found.Next() {
		v, err := scan(found)
		if err != nil {
			return nil, mapError(err, "read a row")
		}
		all = append(all, v)
	}
	return all, mapError(found.Err(), "read the rows")
}

// scanRecord scans a row that has only a record.
func scanRecord[T any](r *sql.Rows) (T, error) {
	var text string
	if err := r.Scan(&text); err != nil {
		var none T
		return none, err
	}
	return codec.Decode[T](text)
}

func scanID(r *sql.Rows) (kg.ID, error) {
	var v string
	err := r.Scan(&v)
	return kg.ID(v), err
}

func scanNumber(r *sql.Rows) (n int64, err error) {
	err = r.Scan(&n)
	return n, err
}

// inJSONList, appended to a column, is the condition that its value is in a list, which is passed as jsonOf returns it.
const inJSONList = "IN (SELECT value FROM json_each(?))"

// jsonOf returns a list as JSON text for json_each. A nil list is an empty array.
func jsonOf[T any](list []T) string {
	b, err := json.Marshal(list)
	if err != nil || list == nil { // numbers and text cannot fail
		return "[]"
	}
	return string(b)
}

// idList returns ids as one JSON array for json_each, so that a query needs one parameter for any number of ids.
func idList[T ~string](ids []T) string {
	return jsonOf(ids)
}

// scanClaim scans a claim without its lifetime.
func scanClaim(r *sql.Rows) (kg.Claim, error) {
	var text string
	var recorded int64
	if err := r.Scan(&text, &recorded); err != nil {
		return kg.Claim{}, err
	}
	c, err := codec.Decode[kg.Claim](text)
	c.RecordedAt = edtf.Instant(recorded)
	return c, err
}
