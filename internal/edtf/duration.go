package edtf

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Duration is a stretch of the calendar, as ISO 8601 writes it: "P1M", "P2W", "PT36H". A month is as long as the calendar
// has it where it is counted from.
type Duration struct {
	Years, Months, Days int
	// Clock is hours, minutes and seconds; a day of them has 24 hours.
	Clock time.Duration
}

var durationForm = regexp.MustCompile(`^P(?:(\d{1,5})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,7})D)?(T(?:(\d{1,8})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,](\d{1,9}))?S)?)?$`)

// ParseDuration reads an ISO 8601 duration without a sign. Weeks may stand beside other units; only seconds have
// fractions, of which milliseconds are kept.
func ParseDuration(s string) (Duration, error) {
	m := durationForm.FindStringSubmatch(s)
	if m == nil || s == "P" || strings.HasSuffix(s, "T") {
		return Duration{}, fmt.Errorf("duration %.60q is not ISO 8601, such as P7D, P1M or PT36H", s)
	}
	n := func(i int) int {
		v, _ := strconv.Atoi(m[i]) // digits that fit, or nothing
		return v
	}
	millis, _ := strconv.Atoi((m[9] + "000")[:3])
	return Duration{
		Years: n(1), Months: n(2), Days: 7*n(3) + n(4),
		Clock: time.Duration(n(6))*time.Hour + time.Duration(n(7))*time.Minute + time.Duration(n(8))*time.Second + time.Duration(millis)*time.Millisecond,
	}, nil
}

// String is the duration in ISO 8601, weeks as days.
func (d Duration) String() string {
	var b strings.Builder
	b.WriteString("P")
	for _, part := range []struct {
		n    int
		unit string
	}{{d.Years, "Y"}, {d.Months, "M"}, {d.Days, "D"}} {
		if part.n != 0 {
			fmt.Fprintf(&b, "%d%s", part.n, part.unit)
		}
	}
	if d.Clock != 0 || b.Len() == 1 {
		b.WriteString("T" + strconv.FormatFloat(d.Clock.Seconds(), 'f', -1, 64) + "S")
	}
	return b.String()
}

// MarshalText is String.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Before is the moment a duration before another, in UTC: years and months first, from a day that the month does not have to
// its last one, so that a month before 31 March is the end of February; then days; then the clock. An unbounded end stays so.
func (d Duration) Before(i Instant) Instant { return d.from(i, -1) }

// After is the moment a duration after another; see Before.
func (d Duration) After(i Instant) Instant { return d.from(i, 1) }

func (d Duration) from(i Instant, sign int) Instant {
	if !i.Bounded() {
		return i
	}
	t := i.Time()
	if months := sign * (12*d.Years + d.Months); months != 0 {
		first := time.Date(t.Year(), t.Month()+time.Month(months), 1, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
		t = first.AddDate(0, 0, min(t.Day(), first.AddDate(0, 1, -1).Day())-1)
	}
	return InstantOf(t.AddDate(0, 0, sign*d.Days).Add(time.Duration(sign) * d.Clock))
}
