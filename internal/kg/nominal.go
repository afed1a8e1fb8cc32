package kg

import (
	"time"

	"casus/internal/edtf"
)

// Day is a calendar date, YYYY-MM-DD, or empty.
type Day string

// Start returns the start of the day in UTC; nil if d is empty or not a date.
func (d Day) Start() *edtf.Instant {
	at, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return nil
	}
	start := edtf.InstantOf(at)
	return &start
}

// DayOf returns the day in UTC that contains an instant; empty for nil.
func DayOf(at *edtf.Instant) Day {
	if at == nil {
		return ""
	}
	return Day(at.Time().UTC().Format(time.DateOnly))
}

// nominal fails if the day is not a date, or lies outside the time that the claim states.
func (c *checker) nominal(day Day, t *edtf.Time) {
	start := day.Start()
	switch {
	case day == "":
	case start == nil:
		c.fail("nominal: %q is not a date such as 2025-12-20", day)
	case t == nil:
		c.fail("nominal: %s is the nominal day of a time, and there is none", day)
	case t.Latest <= *start || t.Earliest >= *start+edtf.Instant(24*time.Hour/time.Millisecond):
		c.fail("nominal: %s is outside the time %s", day, t)
	}
}
