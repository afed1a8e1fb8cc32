package edtf

import (
	"slices"
	"testing"
	"time"
)

func TestBucketEdges(t *testing.T) {
	tests := []struct {
		zone, at    string
		interval    CalendarInterval
		start, next string
	}{
		{"UTC", "2025-12-20T18:00:00Z", IntervalDay, "2025-12-20T00:00:00Z", "2025-12-21T00:00:00Z"},
		{"UTC", "2025-12-20T00:00:00Z", IntervalDay, "2025-12-20T00:00:00Z", "2025-12-21T00:00:00Z"},
		{"UTC", "2025-12-20T18:00:00Z", IntervalWeek, "2025-12-15T00:00:00Z", "2025-12-22T00:00:00Z"}, // a Saturday
		{"UTC", "2025-12-21T23:59:59Z", IntervalWeek, "2025-12-15T00:00:00Z", "2025-12-22T00:00:00Z"}, // a Sunday
		{"UTC", "2025-12-22T00:00:00Z", IntervalWeek, "2025-12-22T00:00:00Z", "2025-12-29T00:00:00Z"}, // a Monday
		{"UTC", "2026-01-01T00:00:00Z", IntervalWeek, "2025-12-29T00:00:00Z", "2026-01-05T00:00:00Z"},
		{"UTC", "2024-02-29T12:00:00Z", IntervalMonth, "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"},
		{"UTC", "2025-12-31T23:59:59Z", IntervalQuarter, "2025-10-01T00:00:00Z", "2026-01-01T00:00:00Z"},
		{"UTC", "2025-05-31T23:59:59Z", IntervalQuarter, "2025-04-01T00:00:00Z", "2025-07-01T00:00:00Z"},
		{"UTC", "1969-07-20T20:17:40Z", IntervalYear, "1969-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
		{"UTC", "0000-02-29T00:00:00Z", IntervalMonth, "0000-02-01T00:00:00Z", "0000-03-01T00:00:00Z"},
		{"UTC", "2025-12-20T18:00:00Z", "", "2025-12-20T00:00:00Z", "2025-12-21T00:00:00Z"},

		// The date and the summer time of the zone count.
		{"Asia/Tokyo", "2025-12-31T15:00:00Z", IntervalYear, "2025-12-31T15:00:00Z", "2026-12-31T15:00:00Z"},
		{"Europe/Berlin", "2025-03-30T12:00:00Z", IntervalDay, "2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z"},
		{"Europe/Berlin", "2025-10-26T12:00:00Z", IntervalDay, "2025-10-25T22:00:00Z", "2025-10-26T23:00:00Z"},
		{"Europe/Berlin", "2025-10-31T23:00:00Z", IntervalMonth, "2025-10-31T23:00:00Z", "2025-11-30T23:00:00Z"},
		{"Europe/Berlin", "2025-03-30T12:00:00Z", IntervalWeek, "2025-03-23T23:00:00Z", "2025-03-30T22:00:00Z"},
		{"Europe/Kyiv", "2022-02-24T03:40:00Z", IntervalDay, "2022-02-23T22:00:00Z", "2022-02-24T22:00:00Z"},
		// 1910s: local mean time, +02:02:04.
		{"Europe/Kyiv", "1910-01-01T00:00:00Z", IntervalDay, "1909-12-31T21:57:56Z", "1910-01-01T21:57:56Z"},

		// Midnight did not exist on 2018-11-04: the date began at 01:00.
		{"America/Sao_Paulo", "2018-11-04T12:00:00Z", IntervalDay, "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"},
		{"America/Sao_Paulo", "2018-11-04T02:59:59Z", IntervalDay, "2018-11-03T03:00:00Z", "2018-11-04T03:00:00Z"},
		// 2018-02-17 had its last hour twice.
		{"America/Sao_Paulo", "2018-02-18T02:30:00Z", IntervalDay, "2018-02-17T02:00:00Z", "2018-02-18T03:00:00Z"},
		// Clocks in Beirut skip midnight each spring.
		{"Asia/Beirut", "2022-03-27T00:00:00Z", IntervalDay, "2022-03-26T22:00:00Z", "2022-03-27T21:00:00Z"},

		{"UTC", "2025-12-20T18:59:59Z", IntervalHour, "2025-12-20T18:00:00Z", "2025-12-20T19:00:00Z"},
		{"UTC", "1969-07-20T20:17:40Z", IntervalHour, "1969-07-20T20:00:00Z", "1969-07-20T21:00:00Z"},
		{"UTC", "0000-03-15T11:30:00Z", IntervalHour, "0000-03-15T11:00:00Z", "0000-03-15T12:00:00Z"},
		{"Asia/Kolkata", "2025-12-20T18:00:00Z", IntervalHour, "2025-12-20T17:30:00Z", "2025-12-20T18:30:00Z"},
		{"Europe/Kyiv", "1910-01-01T00:00:00Z", IntervalHour, "1909-12-31T23:57:56Z", "1910-01-01T00:57:56Z"},
		// In Berlin the hour from 02:00 was repeated on 2025-10-26.
		{"Europe/Berlin", "2025-10-26T00:30:00Z", IntervalHour, "2025-10-26T00:00:00Z", "2025-10-26T01:00:00Z"},
		{"Europe/Berlin", "2025-10-26T01:30:00Z", IntervalHour, "2025-10-26T01:00:00Z", "2025-10-26T02:00:00Z"},
		// On Lord Howe Island clocks are set back from 02:00 to 01:30, and forward from 02:00 to 02:30.
		{"Australia/Lord_Howe", "2025-04-05T14:45:00Z", IntervalHour, "2025-04-05T14:00:00Z", "2025-04-05T15:00:00Z"},
		{"Australia/Lord_Howe", "2025-04-05T15:10:00Z", IntervalHour, "2025-04-05T15:00:00Z", "2025-04-05T15:30:00Z"},
		{"Australia/Lord_Howe", "2025-10-04T15:40:00Z", IntervalHour, "2025-10-04T15:30:00Z", "2025-10-04T16:00:00Z"},

		// 2011-12-30 did not exist.
		{"Pacific/Apia", "2011-12-30T09:59:59Z", IntervalDay, "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"},
		{"Pacific/Apia", "2011-12-30T10:00:00Z", IntervalDay, "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"},
		{"Pacific/Apia", "2011-12-30T10:00:00Z", IntervalWeek, "2011-12-26T10:00:00Z", "2012-01-01T10:00:00Z"},
		{"Pacific/Apia", "2011-12-30T10:00:00Z", IntervalMonth, "2011-12-01T10:00:00Z", "2011-12-31T10:00:00Z"},

		// At 00:01 on 2010-11-07 the clocks went back to 23:01 of the day before:
		// the repeated hour stays in the bucket that had begun.
		{"America/St_Johns", "2010-11-07T02:29:59Z", IntervalDay, "2010-11-06T02:30:00Z", "2010-11-07T02:30:00Z"},
		{"America/St_Johns", "2010-11-07T03:00:00Z", IntervalDay, "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z"},
		{"America/St_Johns", "2010-11-07T12:00:00Z", IntervalDay, "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z"},
	}
	for _, test := range tests {
		loc, err := time.LoadLocation(test.zone)
		if err != nil {
			t.Fatal(err)
		}
		at := parseInstant(t, test.at).Time().In(loc)
		start, next := BucketStart(at, test.interval), NextBucket(at, test.interval)
		if InstantOf(start).String() != test.start || InstantOf(next).String() != test.next {
			t.Errorf("%s of %s in %s: [%s, %s), want [%s, %s)", test.interval, test.at, test.zone,
				InstantOf(start), InstantOf(next), test.start, test.next)
		}
		if start.Location() != loc || next.Location() != loc {
			t.Errorf("%s of %s in %s: edges are in another location", test.interval, test.at, test.zone)
		}
	}
}

// TestBucketsTile checks that in every zone each instant is in one bucket, and the
// next bucket starts where it ends.
func TestBucketsTile(t *testing.T) {
	for _, zone := range []string{
		"UTC", "Europe/Kyiv", "America/St_Johns", "America/Sao_Paulo", "Pacific/Apia", "Asia/Tehran",
		"Africa/Monrovia", "Australia/Lord_Howe", "Antarctica/Troll", "America/Havana",
	} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		for _, interval := range CalendarIntervals() {
			step := 11 * time.Hour
			if interval != IntervalDay && interval != IntervalHour {
				step = 97 * time.Hour
			}
			end := time.Date(2012, 3, 1, 0, 0, 0, 0, time.UTC)
			for at := time.Date(2006, 1, 1, 0, 0, 0, 0, time.UTC).In(loc); at.Before(end); at = at.Add(step) {
				start, next := BucketStart(at, interval), NextBucket(at, interval)
				if at.Before(start) || !at.Before(next) {
					t.Fatalf("%s in %s: %s is not in [%s, %s)", interval, zone, at, start, next)
				}
				if !BucketStart(start, interval).Equal(start) || !BucketStart(next, interval).Equal(next) ||
					!BucketStart(next.Add(-1), interval).Equal(start) {
					t.Fatalf("%s in %s: the edges %s and %s of %s are in other buckets", interval, zone, start, next, at)
				}
			}
		}
	}
}

func TestCalendarIntervals(t *testing.T) {
	want := []CalendarInterval{"HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR"}
	if got := CalendarIntervals(); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if !IntervalQuarter.Valid() || CalendarInterval("").Valid() || CalendarInterval("week").Valid() {
		t.Error("Valid is wrong")
	}
}

// TestDaysOfFarYears checks days after the last transition in the zone tables, the last days of leap years among them.
func TestDaysOfFarYears(t *testing.T) {
	for _, name := range []string{"Europe/Kyiv", "America/New_York", "Australia/Sydney", "America/St_Johns"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for at := time.Date(2036, 1, 1, 0, 0, 0, 0, zone); at.Year() < 2061; {
			next := NextBucket(at, IntervalDay)
			if y, m, d := at.Date(); !next.Equal(time.Date(y, m, d+1, 0, 0, 0, 0, zone)) {
				t.Fatalf("%s: the day after %s begins at %s", name, at, next)
			}
			at = next
		}
	}
}
