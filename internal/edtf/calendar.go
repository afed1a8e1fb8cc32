package edtf

import (
	"slices"
	"time"
	_ "time/tzdata" // buckets must not depend on the zone files of the machine
)

// CalendarInterval is the width of a timeline's buckets.
type CalendarInterval string

// The intervals. An hour starts at a full hour of the clock, and whenever clocks are set forward or back. A week starts
// on Monday (ISO 8601), a quarter on the first of January, April, July or October.
const (
	IntervalHour    CalendarInterval = "HOUR"
	IntervalDay     CalendarInterval = "DAY"
	IntervalWeek    CalendarInterval = "WEEK"
	IntervalMonth   CalendarInterval = "MONTH"
	IntervalQuarter CalendarInterval = "QUARTER"
	IntervalYear    CalendarInterval = "YEAR"
)

// CalendarIntervals returns every interval, narrowest first, in a new slice.
func CalendarIntervals() []CalendarInterval {
	return []CalendarInterval{IntervalHour, IntervalDay, IntervalWeek, IntervalMonth, IntervalQuarter, IntervalYear}
}

// Valid reports whether i is one of CalendarIntervals.
func (i CalendarInterval) Valid() bool { return slices.Contains(CalendarIntervals(), i) }

// BucketStart returns the first instant of the bucket that contains t, on the calendar
// of t's location. Buckets tile time: BucketStart(t) <= t < NextBucket(t), and
// NextBucket(t) is the start of its own bucket. An i that is not Valid counts as
// DAY.
func BucketStart(t time.Time, i CalendarInterval) time.Time {
	start, _ := Bucket(t, i)
	return start
}

// NextBucket returns the first instant of the bucket after the one that contains t.
func NextBucket(t time.Time, i CalendarInterval) time.Time {
	_, next := Bucket(t, i)
	return next
}

// Bucket returns BucketStart and NextBucket.
func Bucket(t time.Time, i CalendarInterval) (start, next time.Time) {
	if i == IntervalHour {
		return hourAround(t)
	}
	loc := t.Location()
	y, m, d := t.Date()
	date := bucketDate(time.Date(y, m, d, 0, 0, 0, 0, time.UTC), i)
	after := nextBucketDate(date, i)
	start, next = firstInstant(date, loc), firstInstant(after, loc)
	// A clock set back over midnight (St. John's did so at 00:01) repeats the end
	// of a date whose successor has already begun: that time belongs to the successor.
	if !t.Before(next) {
		start, next = next, firstInstant(nextBucketDate(after, i), loc)
	}
	return start, next
}

// hourAround returns the bounds of the hour that contains t, which a change of the clocks shortens.
func hourAround(t time.Time) (start, next time.Time) {
	_, minute, second := t.Clock()
	since := time.Duration(minute)*time.Minute + time.Duration(second)*time.Second + time.Duration(t.Nanosecond())
	start, next = t.Add(-since), t.Add(time.Hour-since)
	began, ends := t.ZoneBounds()
	if began.After(start) && !began.After(t) {
		start = began
	}
	if !ends.IsZero() && t.Before(ends) && ends.Before(next) {
		next = ends
	}
	return start, next
}

// bucketDate returns the first date of the bucket that contains date. Both are
// midnights in UTC.
func bucketDate(date time.Time, i CalendarInterval) time.Time {
	y, m, d := date.Date()
	switch i {
	case IntervalWeek:
		sinceMonday := (int(date.Weekday()) + 6) % 7
		return date.AddDate(0, 0, -sinceMonday)
	case IntervalMonth:
		d = 1
	case IntervalQuarter:
		m, d = m-(m-1)%3, 1
	case IntervalYear:
		m, d = time.January, 1
	}
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// nextBucketDate returns the first date after the bucket that starts on date.
func nextBucketDate(date time.Time, i CalendarInterval) time.Time {
	switch i {
	case IntervalWeek:
		return date.AddDate(0, 0, 7)
	case IntervalMonth:
		return date.AddDate(0, 1, 0)
	case IntervalQuarter:
		return date.AddDate(0, 3, 0)
	case IntervalYear:
		return date.AddDate(1, 0, 0)
	}
	return date.AddDate(0, 0, 1)
}
