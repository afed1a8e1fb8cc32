package sqlite

import (
	"database/sql"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
)

// hull is a group of events with the same time and keys, with their number and total toll.
type hull struct {
	row    store.BucketRow
	events int
}

// hullQuery groups events e by hull. Tolls are summed like kg.Estimate.Plus: an absent best counts as the low, but the
// best of a single event stays absent; any absent low or high makes the sum's absent.
func hullQuery(from, where, hasParts, keys clause) clause {
	return sqlOf(`SELECT earliest, latest, floats, nominal, parts, keys, count(*), count(agreed), coalesce(min(agreed), 0), coalesce(sum(low), 0), count(low),
		coalesce(sum(coalesce(best, low)), 0), count(best), count(coalesce(best, low)), coalesce(sum(high), 0), count(high)
		FROM (SELECT e.time_earliest AS earliest, e.time_latest AS latest, e.time_floats AS floats, e.nominal AS nominal, nullif(e.killed_agreed, -1) AS agreed, nullif(e.killed_low, -1) AS low,
			nullif(e.killed, -1) AS best, nullif(e.killed_high, -1) AS high, `).
		append(hasParts, sqlOf(" AS parts, "), keys, sqlOf(" AS keys FROM "), from, sqlOf(" WHERE "), where,
			sqlOf(") GROUP BY earliest, latest, floats, nominal, parts, keys"))
}

func scanHull(r *sql.Rows) (hull, error) {
	var h hull
	var keys string
	var floats, tolls, low, lows, best, own, bests, high, highs int
	var agreed bool
	t := &h.row.Time
	if err := r.Scan(&t.Earliest, &t.Latest, &floats, &h.row.Nominal, &h.row.HasParts, &keys, &h.events, &tolls, &agreed, &low, &lows,
		&best, &own, &bests, &high, &highs); err != nil {
		return h, err
	}
	t.EarliestFloats, t.LatestFloats = floats&earliestFloats != 0, floats&latestFloats != 0
	if tolls > 0 {
		h.row.Killed = &kg.Estimate{Agreed: agreed}
		if lows == tolls {
			h.row.Killed.Low = &low
		}
		if tolls == 1 && own == 1 || tolls > 1 && bests == tolls {
			h.row.Killed.Best = &best
		}
		if highs == tolls {
			h.row.Killed.High = &high
		}
	}
	if keys == "[]" {
		return h, nil
	}
	var err error
	h.row.Keys, err = codec.Decode[[]string](keys)
	return h, err
}
