package edtf

import "time"

// Time is the time of an event as precisely as a source states it: an EDTF value
// and its hull, the shortest half-open range [Earliest, Latest) that contains
// every instant the value allows. ParseTime returns it; in text and in JSON it
// is the EDTF string alone.
//
// A date without a time of day, and a time of day without an offset, floats: it
// means that calendar date, or that clock reading, in the zone of the event,
// which is not stated. Its bound is then the date or reading in UTC, and the
// Floats flag of that end is set; HullIn returns the hull in another zone. An
// unbounded end (BeginningOfTime, EndOfTime) does not float.
type Time struct {
	EDTF                         string
	Earliest, Latest             Instant
	EarliestFloats, LatestFloats bool
	Precision                    TimePrecision
	Approximate                  bool // "~" or "%" somewhere in the value; does not widen the hull
	Uncertain                    bool // "?" or "%" somewhere in the value; does not widen the hull
}

// IsZero reports whether t is the zero Time, which states nothing.
func (t Time) IsZero() bool { return t.EDTF == "" }

// String returns the EDTF value.
func (t Time) String() string { return t.EDTF }

// PossiblyWithin reports whether the hull overlaps [lo, hi): the event may
// have happened then. The zero Time may be anywhere.
func (t Time) PossiblyWithin(lo, hi Instant) bool {
	if t.IsZero() {
		return lo < hi
	}
	return lo < hi && t.Earliest < hi && t.Latest > lo
}

// DefinitelyWithin reports whether the hull lies inside [lo, hi): the
// event happened then. An unbounded end lies only inside an unbounded one.
func (t Time) DefinitelyWithin(lo, hi Instant) bool {
	return !t.IsZero() && lo <= t.Earliest && t.Latest <= hi
}

// HullIn returns the hull in the time zone loc: an end that floats moves to the
// same date and clock reading there, the others stay. A clock reading that
// occurs twice is in the hull both times; one that loc's clocks skipped counts
// as the instant at which they resumed.
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
