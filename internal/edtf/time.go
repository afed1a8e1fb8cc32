package edtf

import "time"

// Time is when something happened, as well as its source knows: an EDTF value
// and its hull, the shortest half-open range [Earliest, Latest) that contains
// every instant the value allows. ParseTime makes it; as text and in JSON it is
// the EDTF string alone.
//
// A date without a time of day, and a time of day without an offset, floats: it
// means that calendar date, or that clock reading, in whatever zone the event
// was. Its bound is then the UTC reading of the calendar, and the Floats flag of
// that end is set; HullIn reads it in another zone. An unbounded end
// (BeginningOfTime, EndOfTime) does not float.
type Time struct {
	EDTF                         string
	Earliest, Latest             Instant
	EarliestFloats, LatestFloats bool
	Precision                    TimePrecision
	Approximate                  bool // "~" or "%" somewhere in the value; does not widen the hull
	Uncertain                    bool // "?" or "%" somewhere in the value; does not widen the hull
}

// IsZero reports whether t says nothing at all.
func (t Time) IsZero() bool { return t.EDTF == "" }

// String is the EDTF value.
func (t Time) String() string { return t.EDTF }

// MarshalText is the EDTF value; empty for the zero Time.
func (t Time) MarshalText() ([]byte, error) { return []byte(t.EDTF), nil }

// UnmarshalText is ParseTime: an empty text is an error.
func (t *Time) UnmarshalText(text []byte) error {
	parsed, err := ParseTime(string(text))
	if err != nil {
		return err
	}
	*t = parsed
	return nil
}

// PossiblyWithin reports whether the hull overlaps [lo, hi): what t describes
// may have happened then. The zero Time, which says nothing, may be anywhere.
func (t Time) PossiblyWithin(lo, hi Instant) bool {
	if t.IsZero() {
		return lo < hi
	}
	return lo < hi && t.Earliest < hi && t.Latest > lo
}

// DefinitelyWithin reports whether the hull lies inside [lo, hi): whatever t
// allows, it happened then. An unbounded end lies only inside an unbounded one.
func (t Time) DefinitelyWithin(lo, hi Instant) bool {
	return !t.IsZero() && lo <= t.Earliest && t.Latest <= hi
}

// HullIn is the hull as the calendar of loc reads it: an end that floats moves
// to the same date and clock reading there, the others stay. A reading that
// occurs twice is in the hull both times; one that loc skipped is where its
// clocks resumed.
func (t Time) HullIn(loc *time.Location) (earliest, latest Instant) {
	earliest, latest = t.Earliest, t.Latest
	if t.EarliestFloats {
		earliest = InstantOf(firstInstant(earliest.Time(), loc))
	}
	if t.LatestFloats {
		latest = InstantOf(lastInstant(latest.Time(), loc))
	}
	if latest <= earliest {
		latest = earliest + (t.Latest - t.Earliest)
	}
	return earliest, latest
}
