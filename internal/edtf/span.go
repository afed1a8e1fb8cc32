package edtf

import "time"

// span returns the hull from the earliest start to the latest end. An end that
// lies wholly before the start is an error.
func (p *parser) span(start, end Time) (Time, error) {
	if start.Earliest >= end.Latest {
		return Time{}, p.fail("the end, before %s, comes before the start, %s", end.Latest, start.Earliest)
	}
	return Time{
		Earliest: start.Earliest, EarliestFloats: start.EarliestFloats,
		Latest: end.Latest, LatestFloats: end.LatestFloats,
		Approximate: start.Approximate || end.Approximate,
		Uncertain:   start.Uncertain || end.Uncertain,
	}, nil
}

// union returns the smallest hull that contains both.
func union(a, b Time) Time {
	if b.Earliest < a.Earliest {
		a.Earliest, a.EarliestFloats = b.Earliest, b.EarliestFloats
	}
	if b.Latest > a.Latest {
		a.Latest, a.LatestFloats = b.Latest, b.LatestFloats
	}
	a.Approximate = a.Approximate || b.Approximate
	a.Uncertain = a.Uncertain || b.Uncertain
	return a
}

// commonPrecision returns the precision of an interval or a set made of dates,
// where hull is the hull of the whole. If all dates are the same, it is theirs.
func commonPrecision(hull Time, dates ...Time) TimePrecision {
	if !hull.Earliest.Bounded() && !hull.Latest.Bounded() {
		return PrecisionUnknown
	}
	same, days := true, true
	for _, d := range dates {
		same = same && d.Earliest == hull.Earliest && d.Latest == hull.Latest
		days = days && d.Precision == PrecisionDay
	}
	const week = Instant(7 * 24 * time.Hour / time.Millisecond)
	switch {
	case same:
		return dates[0].Precision
	case days && hull.Latest-hull.Earliest == week:
		return PrecisionWeek
	}
	return PrecisionInterval
}

// unbounded is the hull of an open, unknown or wholly unspecified date.
var unbounded = Time{Earliest: BeginningOfTime, Latest: EndOfTime, Precision: PrecisionUnknown}
