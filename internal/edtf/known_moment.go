package edtf

import "fmt"

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
	end := t.Latest
	if t.Precision == PrecisionInstant {
		end = t.Earliest
	}
	if !end.Bounded() {
		return 0, fmt.Errorf("moment %s has no end: write a date, such as 2025-12-20, or a date-time", quote(s))
	}
	return end, nil
}
