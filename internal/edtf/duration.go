package edtf

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Duration is a calendar duration of ISO 8601, such as "P1M", "P2W" or "PT36H". The length of a month depends on the
// instant from which it is counted.
type Duration struct {
	Years, Months, Days int
	// Clock is the sum of hours, minutes and seconds.
	Clock time.Duration
}

var durationForm = regexp.MustCompile(`^P(?:(\d{1,5})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,7})D)?` +
	`(T(?:(\d{1,8})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,](\d{1,9}))?S)?)?$`)

const (
	// maxClock bounds the hours, minutes and seconds of a duration: a time.Duration holds 292 years.
	maxClock = 2_500_000 * time.Hour
	// maxDays bounds its weeks and days, so that they can be written as days.
	maxDays = 9_999_999
)

// ParseDuration reads an ISO 8601 duration without a sign. Weeks may be combined with other units. Only seconds have
// fractions, which are truncated to milliseconds. Hours, minutes and seconds together are less than 2,500,000 hours,
// weeks and days at most 9,999,999 days.
func ParseDuration(s string) (Duration, error) {
	m := durationForm.FindStringSubmatch(s)
	if m == nil || s == "P" || strings.HasSuffix(s, "T") {
		return Duration{}, fmt.Errorf("duration %.60q is not ISO 8601, such as P7D, P1M or PT36H", s)
	}
	n := func(i int) int {
		v, _ := strconv.Atoi(m[i]) // empty, or few enough digits to fit
		return v
	}
	seconds := 3600*int64(n(6)) + 60*int64(n(7)) + int64(n(8))
	days := 7*n(3) + n(4)
	if seconds >= int64(maxClock/time.Second) || days > maxDays {
		return Duration{}, fmt.Errorf("duration %.60q is too long: state years or months", s)
	}
	millis, _ := strconv.Atoi((m[9] + "000")[:3])
	return Duration{
		Years: n(1), Months: n(2), Days: days,
		Clock: time.Duration(seconds)*time.Second + time.Duration(millis)*time.Millisecond,
	}, nil
}

// String returns the duration in ISO 8601, with weeks as days. ParseDuration reads it back.
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
	if d.Clock == 0 && b.Len() > 1 {
		return b.String()
	}
	b.WriteString("T")
	if hours := d.Clock / time.Hour; hours != 0 {
		fmt.Fprintf(&b, "%dH", hours)
	}
	if rest := d.Clock % time.Hour; rest != 0 || d.Clock == 0 {
		b.WriteString(strconv.FormatFloat(rest.Seconds(), 'f', -1, 64) + "S")
	}
	return b.String()
}

// MarshalText returns String.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Before returns the instant that is d before i, in UTC. It subtracts years and months first, then days, then the
// clock. A day that the resulting month does not have becomes its last day: a month before 31 March is the end of
// February. An unbounded end stays unbounded.
func (d Duration) Before(i Instant) Instant { return d.add(i, -1) }

// After returns the instant that is d after i, by the rules of Before.
func (d Duration) After(i Instant) Instant { return d.add(i, 1) }

func (d Duration) add(i Instant, sign int) Instant {
	if !i.Bounded() {
		return i
	}
	t := i.Time()
	if months := sign * (12*d.Years + d.Months); months != 0 {
		hour, minute, second := t.Clock()
		first := time.Date(t.Year(), t.Month()+time.Month(months), 1, hour, minute, second, t.Nanosecond(), time.UTC)
		t = first.AddDate(0, 0, min(t.Day(), first.AddDate(0, 1, -1).Day())-1)
	}
	return InstantOf(t.AddDate(0, 0, sign*d.Days).Add(time.Duration(sign) * d.Clock))
}
