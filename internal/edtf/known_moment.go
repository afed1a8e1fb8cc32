package edtf

import "fmt"

// KnownFrom returns the moment from which what was published at a time is known: the instant of a date-time, else the
// end. It may be unbounded.
func (t Time) KnownFrom() Instant {
	if t.Precision == PrecisionInstant {
		return t.Earliest
	}
	return t.Latest
}

// ParseMoment reads a moment of knowledge: a date-time means itself, and any other EDTF value means its end. So
// 2025-12-20 means 2025-12-21T00:00Z, when everything published on that day is known. A value without a bounded end is
// an error.
func ParseMoment(s string) (Instant, error) {
	if i, err := ParseInstant(s); err == nil {
		return i, nil
	}
	t, err := ParseTime(s)
	if err != nil {
		return 0, fmt.Errorf("moment %s is neither RFC 3339 nor EDTF: %w", quote(s), err)
	}
	end := t.KnownFrom()
	if !end.Bounded() {
		return 0, fmt.Errorf("moment %s has no end: write a date, such as 2025-12-20, or a date-time", quote(s))
	}
	return end, nil
}
