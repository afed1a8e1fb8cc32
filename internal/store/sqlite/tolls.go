package sqlite

import (
	"database/sql"

	"casus/internal/kg"
)

// tollColumns are the columns of the toll of event_state e.
const tollColumns = ", e.killed_agreed AS agreed, nullif(e.killed_low, -1) AS low, nullif(e.killed, -1) AS best, nullif(e.killed_high, -1) AS high"

// tollSums are the columns of kg.TollSums over tollColumns.
const tollSums = `, count(agreed), coalesce(min(agreed), 0), coalesce(sum(low), 0), count(low), coalesce(sum(coalesce(best, low)), 0),
	count(coalesce(best, low)), count(best), coalesce(sum(high), 0), count(high)`

// tollsByKey runs a query that returns keys and tollSums.
func (o overview) tollsByKey(query clause) (map[string]*kg.Estimate, error) {
	type summed struct {
		key string
		kg.TollSums
	}
	found, err := readRows(o, func(row *sql.Rows) (s summed, err error) {
		err = row.Scan(&s.key, &s.Tolls, &s.Agreed, &s.Low, &s.Lows, &s.Best, &s.Bests, &s.OwnBests, &s.High, &s.Highs)
		return s, err
	}, query)
	by := make(map[string]*kg.Estimate, len(found))
	for _, s := range found {
		by[s.key] = s.Estimate()
	}
	return by, err
}
