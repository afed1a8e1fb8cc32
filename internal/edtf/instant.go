package edtf

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Instant is a point in time: UTC milliseconds since the Unix epoch, in the
// proleptic Gregorian calendar and without leap seconds.
type Instant int64

// The ends of an unbounded time. They lie outside every year that ParseTime
// accepts, and near enough to zero that neither the sum nor the difference of two
// instants overflows.
const (
	BeginningOfTime Instant = -1 << 62
	EndOfTime       Instant = 1<<62 - 1
)

// maxYear is the largest year, on either side of year 0, that ParseTime
// accepts: its milliseconds lie between BeginningOfTime and EndOfTime.
const maxYear = 146_000_000

// InstantOf returns t in whole milliseconds, rounded down.
func InstantOf(t time.Time) Instant { return Instant(t.UnixMilli()) }

// Time returns i in UTC. For an unbounded end the result is a date some 146
// million years away: check Bounded first.
func (i Instant) Time() time.Time { return time.UnixMilli(int64(i)).UTC() }

// Bounded reports whether i is an instant and not an unbounded end.
func (i Instant) Bounded() bool { return i > BeginningOfTime && i < EndOfTime }

// String returns i as RFC 3339 in UTC, with milliseconds only if they are not
// zero. Years outside 0000..9999 have the expanded form of ISO 8601, a sign and
// at least six digits; unbounded ends are "-infinity" and "infinity".
func (i Instant) String() string {
	switch {
	case i <= BeginningOfTime:
		return "-infinity"
	case i >= EndOfTime:
		return "infinity"
	}
	t := i.Time()
	rest := "-01-02T15:04:05Z"
	if t.Nanosecond() != 0 {
		rest = "-01-02T15:04:05.000Z"
	}
	if y := t.Year(); y < 0 || y > 9999 {
		return fmt.Sprintf("%+07d", y) + t.Format(rest)
	}
	return t.Format("2006" + rest)
}

// ParseInstant reads an RFC 3339 date-time such as "2025-12-20T18:00:00+02:00".
// Fractions finer than a millisecond are rounded down.
func ParseInstant(s string) (Instant, error) {
	t, err := time.Parse(time.RFC3339, s)
	// Parse also takes hours of one digit and decimal commas, go.dev/issue/54580.
	if err == nil && (s[len("2025-12-20T18")] != ':' || strings.Contains(s, ",")) {
		err = errors.New("hours have two digits and fractions a point")
	}
	if err != nil {
		return 0, fmt.Errorf("instant %s is not RFC 3339, such as 2025-12-20T18:00:00Z: %w", quote(s), err)
	}
	return InstantOf(t), nil
}
