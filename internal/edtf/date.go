package edtf

import (
	"iter"
	"time"
)

// resolve returns t with the hull and the precision of d.
func (p *parser) resolve(t Time, d date) (Time, error) {
	first, ok := d.edge(false)
	if !ok {
		return Time{}, p.noSuchDate(d)
	}
	last, _ := d.edge(true)
	return t.withHull(first, last.AddDate(0, 0, 1), d.precision(), d.year), nil
}

// noSuchDate returns an error that names the component of d that is not possible.
func (p *parser) noSuchDate(d date) error {
	monthOK, dayOK := false, d.day == ""
	for n := 1; n <= 31; n++ {
		monthOK = monthOK || n <= 12 && d.month.matches(n)
		dayOK = dayOK || d.day.matches(n)
	}
	switch {
	case !monthOK && d.day != "":
		return p.fail("month %s is not 01..12", d.month)
	case !monthOK:
		return p.fail("month %s is not 01..12 or a season 21..41", d.month)
	case !dayOK:
		return p.fail("day %s is not 01..31", d.day)
	}
	if d.year.exact() && d.month.exact() {
		year, _ := d.years()
		days := daysOf(year, d.month.fill('0'))
		return p.fail("there is no day %s: month %s of %s has %d days", d.day, d.month, d.year, days)
	}
	return p.fail("no year %s has a date %s-%s", d.year, d.month, d.day)
}

// date is a date as written. Its month and day may be empty, and any digit may
// be unspecified.
type date struct {
	negative         bool
	year, month, day pattern
}

// years returns the first and the last year that the year's digits allow.
func (d date) years() (first, last int) {
	first, last = d.year.fill('0'), d.year.fill('9')
	if d.negative {
		first, last = -last, -first
	}
	return first, last
}

// edge returns the first date that d allows, or the last; ok is false if it
// allows none.
func (d date) edge(last bool) (edge time.Time, ok bool) {
	lo, hi := d.years()
	if d.month != "" && d.day != "" && lo == hi && d.month.exact() && d.day.exact() {
		m, n := d.month.fill('0'), d.day.fill('0')
		if m < 1 || m > 12 || n < 1 || n > daysOf(lo, m) {
			return time.Time{}, false
		}
		return time.Date(lo, time.Month(m), n, 0, 0, 0, 0, time.UTC), true
	}
	return d.searchEdge(lo, hi, last)
}

// searchEdge is edge for dates with unspecified digits: it tries every date of
// the years lo to hi, from the start or from the end.
func (d date) searchEdge(lo, hi int, last bool) (edge time.Time, ok bool) {
	for y := range sequence(lo, hi, last) {
		if !d.year.matches(max(y, -y)) {
			continue
		}
		for m := range sequence(1, 12, last) {
			if !d.month.matches(m) {
				continue
			}
			for n := range sequence(1, daysOf(y, m), last) {
				if d.day.matches(n) {
					return time.Date(y, time.Month(m), n, 0, 0, 0, 0, time.UTC), true
				}
			}
		}
	}
	return time.Time{}, false
}

// daysOf returns the number of days of a month in the proleptic Gregorian
// calendar.
func daysOf(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// sequence iterates from lo up to hi, or from hi down to lo.
func sequence(lo, hi int, down bool) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i <= hi-lo; i++ {
			n := lo + i
			if down {
				n = hi - i
			}
			if !yield(n) {
				return
			}
		}
	}
}

// precision returns the precision of the finest component with a known digit if
// all coarser components are known in full, else INTERVAL.
func (d date) precision() TimePrecision {
	switch {
	case !d.year.exact():
		return PrecisionInterval
	case d.month.unknown() && d.day.unknown():
		return PrecisionYear
	case !d.month.exact() || d.month == "":
		return PrecisionInterval
	case d.day.unknown():
		return PrecisionMonth
	case !d.day.exact():
		return PrecisionInterval
	}
	return PrecisionDay
}

// withHull returns t with the floating hull [first, after), or unbounded if no
// digit of the year is specified.
func (t Time) withHull(first, after time.Time, precision TimePrecision, year pattern) Time {
	if year == "XXXX" {
		t.Earliest, t.Latest, t.Precision = BeginningOfTime, EndOfTime, PrecisionUnknown
		return t
	}
	t.Earliest, t.Latest = InstantOf(first), InstantOf(after)
	t.EarliestFloats, t.LatestFloats = true, true
	t.Precision = precision
	return t
}
