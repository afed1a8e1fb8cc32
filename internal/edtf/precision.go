package edtf

import "slices"

// TimePrecision is the unit to which a Time is known.
type TimePrecision string

// The precisions, finest first. A decade, a century, a set of dates or any span
// that is not a calendar unit is an INTERVAL; a time without either bound is UNKNOWN.
const (
	PrecisionInstant  TimePrecision = "INSTANT"
	PrecisionDay      TimePrecision = "DAY"
	PrecisionWeek     TimePrecision = "WEEK" // seven days in a row, from any weekday
	PrecisionMonth    TimePrecision = "MONTH"
	PrecisionSeason   TimePrecision = "SEASON" // also a quarter, four months or half a year
	PrecisionYear     TimePrecision = "YEAR"
	PrecisionInterval TimePrecision = "INTERVAL"
	PrecisionUnknown  TimePrecision = "UNKNOWN"
)

// TimePrecisions returns every precision, finest first, in a new slice.
func TimePrecisions() []TimePrecision {
	return []TimePrecision{
		PrecisionInstant, PrecisionDay, PrecisionWeek, PrecisionMonth,
		PrecisionSeason, PrecisionYear, PrecisionInterval, PrecisionUnknown,
	}
}

// Valid reports whether p is one of TimePrecisions.
func (p TimePrecision) Valid() bool { return slices.Contains(TimePrecisions(), p) }
