package edtf

import (
	"encoding/json"
	"slices"
	"testing"
	"time"
)

// parseInstant parses an RFC 3339 text and fails the test on an error.
func parseInstant(t *testing.T, s string) Instant {
	t.Helper()
	i, err := ParseInstant(s)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// parseTime parses an EDTF value and fails the test on an error.
func parseTime(t *testing.T, edtf string) Time {
	t.Helper()
	parsed, err := ParseTime(edtf)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestInstantText(t *testing.T) {
	tests := []struct {
		instant Instant
		text    string
	}{
		{0, "1970-01-01T00:00:00Z"},
		{-1, "1969-12-31T23:59:59.999Z"},
		{1766253600000, "2025-12-20T18:00:00Z"},
		{1766253600120, "2025-12-20T18:00:00.120Z"},
		{253402300799999, "9999-12-31T23:59:59.999Z"},
		{253402300800000, "+010000-01-01T00:00:00Z"},
		{-62167219200000, "0000-01-01T00:00:00Z"},
		{-62167219200001, "-000001-12-31T23:59:59.999Z"},
		{BeginningOfTime, "-infinity"},
		{EndOfTime, "infinity"},
	}
	for _, test := range tests {
		if got := test.instant.String(); got != test.text {
			t.Errorf("%d: got %s, want %s", int64(test.instant), got, test.text)
		}
		if InstantOf(test.instant.Time()) != test.instant {
			t.Errorf("%s: Time and InstantOf differ", test.text)
		}
	}
}

func TestParseInstant(t *testing.T) {
	for text, want := range map[string]Instant{
		"2025-12-20T18:00:00Z":             1766253600000,
		"2025-12-20T20:00:00+02:00":        1766253600000,
		"2025-12-20T18:00:00.123987Z":      1766253600123,
		"1969-12-31T23:59:59.9999Z":        -1,
		"0000-01-01T00:00:00Z":             -62167219200000,
		"2025-12-20T12:30:00.000000-05:30": 1766253600000,
	} {
		if got, err := ParseInstant(text); err != nil || got != want {
			t.Errorf("%s: got %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "2025-12-20", "2025-12-20T18:00:00", "2025-12-20 18:00:00Z", "2025-12-20T1:00:00Z",
		"2025-12-20T18:00:00,5Z", "2025-12-20T18:00:00+25:00", "2025-02-30T00:00:00Z", "2025-12-20T18:00:60Z",
		"infinity", "+010000-01-01T00:00:00Z",
	} {
		if got, err := ParseInstant(text); err == nil {
			t.Errorf("%q: got %s, want an error", text, got)
		}
	}
}

func TestInstantBounded(t *testing.T) {
	for i, want := range map[Instant]bool{
		BeginningOfTime: false, BeginningOfTime + 1: true, 0: true, EndOfTime - 1: true, EndOfTime: false,
	} {
		if i.Bounded() != want {
			t.Errorf("%d: Bounded is %t", int64(i), !want)
		}
	}
	first, last := BeginningOfTime, EndOfTime
	if last-first < 0 || first+first > 0 || last+last < 0 {
		t.Error("sums or differences of the ends overflow")
	}
}

func TestTimePrecisions(t *testing.T) {
	list := TimePrecisions()
	want := []TimePrecision{"INSTANT", "DAY", "WEEK", "MONTH", "SEASON", "YEAR", "INTERVAL", "UNKNOWN"}
	if !slices.Equal(list, want) {
		t.Errorf("%v, want %v", list, want)
	}
	list[0] = "changed"
	if TimePrecisions()[0] != PrecisionInstant {
		t.Error("TimePrecisions returns a shared slice")
	}
	if !PrecisionWeek.Valid() || TimePrecision("").Valid() || TimePrecision("day").Valid() {
		t.Error("Valid is wrong")
	}
}

func TestTimeJSON(t *testing.T) {
	type record struct {
		When Time  `json:"when"`
		Then *Time `json:"then,omitempty"`
		Zero Time  `json:"zero,omitzero"`
	}
	var r record
	if err := json.Unmarshal([]byte(`{"when": "2025-07~", "then": null}`), &r); err != nil {
		t.Fatal(err)
	}
	if r.When != parseTime(t, "2025-07~") || r.Then != nil || !r.When.Approximate {
		t.Errorf("got %+v", r)
	}
	text, err := json.Marshal(r)
	if err != nil || string(text) != `{"when":"2025-07~"}` {
		t.Errorf("got %s, %v", text, err)
	}
	if text, err := json.Marshal(Time{}); err != nil || string(text) != `""` {
		t.Errorf("zero Time: got %s, %v", text, err)
	}
	for _, bad := range []string{`""`, `2025`, `"2025-13"`, `{}`} {
		when := parseTime(t, "2020")
		if err := json.Unmarshal([]byte(bad), &when); err == nil {
			t.Errorf("%s: no error", bad)
		}
		if when != parseTime(t, "2020") {
			t.Errorf("%s: an error changed the time to %v", bad, when)
		}
	}
}

func TestTimeWithin(t *testing.T) {
	lo, hi := parseInstant(t, "2025-12-01T00:00:00Z"), parseInstant(t, "2026-01-01T00:00:00Z")
	tests := []struct {
		edtf                 string
		possibly, definitely bool
	}{
		{"2025-12-20", true, true},
		{"2025-12", true, true},
		{"2025", true, false},
		{"2025-11-30", false, false},
		{"2026-01-01", false, false},
		{"2025-11-30/2025-12-01", true, false},
		{"2025-12-31T23:59:59Z", true, true},
		{"2026-01-01T00:00:00Z", false, false},
		{"2025-12-01/..", true, false},
		{"/2025-12-21", true, false},
		{"/2025-11-30", false, false},
		{"XXXX", true, false},
	}
	for _, test := range tests {
		when := parseTime(t, test.edtf)
		if when.PossiblyWithin(lo, hi) != test.possibly || when.DefinitelyWithin(lo, hi) != test.definitely {
			t.Errorf("%s: possibly %t, definitely %t", test.edtf, when.PossiblyWithin(lo, hi), when.DefinitelyWithin(lo, hi))
		}
	}
	unknown := parseTime(t, "XXXX")
	if !unknown.DefinitelyWithin(BeginningOfTime, EndOfTime) {
		t.Error("an unbounded time is not within all of time")
	}
	if !(Time{}).PossiblyWithin(lo, hi) || (Time{}).DefinitelyWithin(BeginningOfTime, EndOfTime) {
		t.Error("the zero Time must be possibly anywhere and definitely nowhere")
	}
	if parseTime(t, "2025").PossiblyWithin(lo, lo) {
		t.Error("a time is possibly within an empty range")
	}
}

func TestTimeHullIn(t *testing.T) {
	tests := []struct{ edtf, zone, earliest, latest string }{
		{"2025-12-20", "UTC", "2025-12-20T00:00:00Z", "2025-12-21T00:00:00Z"},
		{"2025-12-20", "Asia/Tokyo", "2025-12-19T15:00:00Z", "2025-12-20T15:00:00Z"},
		{"2025-12-20", "America/New_York", "2025-12-20T05:00:00Z", "2025-12-21T05:00:00Z"},
		{"2025-12-20T18:00:00Z", "Asia/Tokyo", "2025-12-20T18:00:00Z", "2025-12-20T18:00:01Z"},
		{"2025-12-20T18:00:00", "Asia/Tokyo", "2025-12-20T09:00:00Z", "2025-12-20T09:00:01Z"},
		{"2025-12-20/..", "Asia/Tokyo", "2025-12-19T15:00:00Z", "infinity"},
		{"2025-12-20T18:00:00Z/2025-12-21", "Asia/Tokyo", "2025-12-20T18:00:00Z", "2025-12-21T15:00:00Z"},
		// 02:30 occurs twice, and not at all.
		{"2025-10-26T02:30:00", "Europe/Berlin", "2025-10-26T00:30:00Z", "2025-10-26T01:30:01Z"},
		{"2025-03-30T02:30:00", "Europe/Berlin", "2025-03-30T01:00:00Z", "2025-03-30T01:00:01Z"},
		// Days of 23 and 25 hours, a midnight and a date that do not exist.
		{"2025-03-30", "Europe/Berlin", "2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z"},
		{"2025-10-26", "Europe/Berlin", "2025-10-25T22:00:00Z", "2025-10-26T23:00:00Z"},
		{"2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"},
		{"2018-02-17", "America/Sao_Paulo", "2018-02-17T02:00:00Z", "2018-02-18T03:00:00Z"},
		{"2011-12-29", "Pacific/Apia", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"},
		{"2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"},
		// Clocks went back from 00:01 to 23:01: part of either date occurs twice.
		{"2010-11-06", "America/St_Johns", "2010-11-06T02:30:00Z", "2010-11-07T03:30:00Z"},
		{"2010-11-07", "America/St_Johns", "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z"},
	}
	for _, test := range tests {
		loc, err := time.LoadLocation(test.zone)
		if err != nil {
			t.Fatal(err)
		}
		earliest, latest := parseTime(t, test.edtf).HullIn(loc)
		if earliest.String() != test.earliest || latest.String() != test.latest {
			t.Errorf("%s in %s: [%s, %s), want [%s, %s)", test.edtf, test.zone, earliest, latest, test.earliest, test.latest)
		}
	}
}
