package sqlite

import (
	"database/sql"

	"casus/internal/kg"
)

// toll are the columns of a toll of event_state e.
const toll = ", e.killed_agreed AS agreed, nullif(e.killed_low, -1) AS low, nullif(e.killed, -1) AS best, nullif(e.killed_high, -1) AS high"

// sums are the columns of kg.TollSums over those of tolls.
const sums = `, count(agreed), coalesce(min(agreed), 0), coalesce(sum(low), 0), count(low), coalesce(sum(coalesce(best, low)), 0),
	count(coalesce(best, low)), count(best), coalesce(sum(high), 0), count(high)`

// tollsBy reads tolls by a key, its column and then sums.
func (o overview) tollsBy(query clause) (map[string]*kg.Estimate, error) {
	type summed struct {
		key string
		kg.TollSums
	}
	found, err := readAlike(o, func(row *sql.Rows) (s summed, err error) {
		err = row.Scan(&s.key, &s.Tolls, &s.Agreed, &s.Low, &s.Lows, &s.Best, &s.Bests, &s.Own, &s.High, &s.Highs)
		return s, err
	}, query)
	by := make(map[string]*kg.Estimate, len(found))
	for _, s := range found {
		by[s.key] = s.Estimate()
	}
	return by, err
}
