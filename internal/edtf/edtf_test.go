package edtf

import (
	"strings"
	"testing"
)

// TestParseTimeHull has hulls worked out by hand; TestTable has those of plain dates.
func TestParseTimeHull(t *testing.T) {
	const from, to = "-infinity", "infinity"
	tests := []struct {
		edtf             string
		earliest, latest string
		precision        TimePrecision
		floats           string // the ends that float: "both", "start", "end" or ""
	}{
		{"2025-12-20", "2025-12-20T00:00:00Z", "2025-12-21T00:00:00Z", PrecisionDay, "both"},
		{" 2025-12-20\n", "2025-12-20T00:00:00Z", "2025-12-21T00:00:00Z", PrecisionDay, "both"},
		{"2025-12", "2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z", PrecisionMonth, "both"},
		{"2025", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z", PrecisionYear, "both"},
		{"-0001", "-000001-01-01T00:00:00Z", "0000-01-01T00:00:00Z", PrecisionYear, "both"},

		// Date-times are one second long.
		{"2025-12-20T18:00:00Z", "2025-12-20T18:00:00Z", "2025-12-20T18:00:01Z", PrecisionInstant, ""},
		{"2025-12-20T18:00:00+05:30", "2025-12-20T12:30:00Z", "2025-12-20T12:30:01Z", PrecisionInstant, ""},
		{"2025-12-20T18:00:00-11", "2025-12-21T05:00:00Z", "2025-12-21T05:00:01Z", PrecisionInstant, ""},
		{"2025-12-20T18:00:00", "2025-12-20T18:00:00Z", "2025-12-20T18:00:01Z", PrecisionInstant, "both"},
		{"2025-12-31T24:00:00Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", PrecisionInstant, ""},
		{"2025-12-20T18:00:00Z~", "2025-12-20T18:00:00Z", "2025-12-20T18:00:01Z", PrecisionInstant, ""},

		// Intervals.
		{"2025-12-19/2025-12-20", "2025-12-19T00:00:00Z", "2025-12-21T00:00:00Z", PrecisionInterval, "both"},
		{"2025-12-19T10:00:00Z/2025-12-20", "2025-12-19T10:00:00Z", "2025-12-21T00:00:00Z", PrecisionInterval, "end"},
		{"2025-12/2025-12-20T10:00:00+02", "2025-12-01T00:00:00Z", "2025-12-20T08:00:01Z", PrecisionInterval, "start"},
		{"2025-12-19T10:00:00Z/2025-12-19T10:00:00Z", "2025-12-19T10:00:00Z", "2025-12-19T10:00:01Z", PrecisionInstant, ""},
		{"2025-12-20/2025-12-20", "2025-12-20T00:00:00Z", "2025-12-21T00:00:00Z", PrecisionDay, "both"},
		{"2025-12-17/2025-12-23", "2025-12-17T00:00:00Z", "2025-12-24T00:00:00Z", PrecisionWeek, "both"},
		{"2025-12-17/2025-12-24", "2025-12-17T00:00:00Z", "2025-12-25T00:00:00Z", PrecisionInterval, "both"},
		{"2025-12-17T00:00:00Z/2025-12-23T23:59:59Z",
			"2025-12-17T00:00:00Z", "2025-12-24T00:00:00Z", PrecisionInterval, ""},
		{"2025-12-01/2025-12-31", "2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z", PrecisionInterval, "both"},
		{"../2022-02-24", from, "2022-02-25T00:00:00Z", PrecisionInterval, "end"},
		{"2022-02-24/..", "2022-02-24T00:00:00Z", to, PrecisionInterval, "start"},
		{"/2025-12-21", from, "2025-12-22T00:00:00Z", PrecisionInterval, "end"},
		{"2025-12-21/", "2025-12-21T00:00:00Z", to, PrecisionInterval, "start"},
		{"2025-12-21T08:00:00Z/..", "2025-12-21T08:00:00Z", to, PrecisionInterval, ""},
		{"../..", from, to, PrecisionUnknown, ""},
		{"/..", from, to, PrecisionUnknown, ""},
		{"/", from, to, PrecisionUnknown, ""},
		{"XXXX", from, to, PrecisionUnknown, ""},
		{"2022-02-24/XXXX", "2022-02-24T00:00:00Z", to, PrecisionInterval, "start"},

		// Unspecified digits.
		{"202X", "2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z", PrecisionInterval, "both"},
		{"2004-XX", "2004-01-01T00:00:00Z", "2005-01-01T00:00:00Z", PrecisionYear, "both"},
		{"2004-XX-XX", "2004-01-01T00:00:00Z", "2005-01-01T00:00:00Z", PrecisionYear, "both"},
		{"2004-02-XX", "2004-02-01T00:00:00Z", "2004-03-01T00:00:00Z", PrecisionMonth, "both"},
		{"2004-XX-25", "2004-01-25T00:00:00Z", "2004-12-26T00:00:00Z", PrecisionInterval, "both"},
		{"2004-02-3X/2004-03", "", "", "", ""},
		{"1984-1X", "1984-10-01T00:00:00Z", "1985-01-01T00:00:00Z", PrecisionInterval, "both"},
		{"2025-12-2X", "2025-12-20T00:00:00Z", "2025-12-30T00:00:00Z", PrecisionInterval, "both"},

		// Seasons and rounded years.
		{"2025-21", "2025-03-01T00:00:00Z", "2025-06-01T00:00:00Z", PrecisionSeason, "both"},
		{"2025-24", "2025-12-01T00:00:00Z", "2026-03-01T00:00:00Z", PrecisionSeason, "both"},
		{"2025-36", "2025-10-01T00:00:00Z", "2026-01-01T00:00:00Z", PrecisionSeason, "both"},
		{"202X-21", "2020-03-01T00:00:00Z", "2029-06-01T00:00:00Z", PrecisionInterval, "both"},
		{"XXXX-21", from, to, PrecisionUnknown, ""},
		{"1950S2~", "1900-01-01T00:00:00Z", "2000-01-01T00:00:00Z", PrecisionInterval, "both"},
		{"1950S4", "1950-01-01T00:00:00Z", "1951-01-01T00:00:00Z", PrecisionYear, "both"},
		{"Y17E2", "1700-01-01T00:00:00Z", "1701-01-01T00:00:00Z", PrecisionYear, "both"},
		{"Y146000000", "+146000000-01-01T00:00:00Z", "+146000001-01-01T00:00:00Z", PrecisionYear, "both"},
		{"Y-146E6", "-146000000-01-01T00:00:00Z", "-145999999-01-01T00:00:00Z", PrecisionYear, "both"},

		// Sets.
		{"[2025-12-19..2025-12-21]", "2025-12-19T00:00:00Z", "2025-12-22T00:00:00Z", PrecisionInterval, "both"},
		{"[2025-12-15..2025-12-21]", "2025-12-15T00:00:00Z", "2025-12-22T00:00:00Z", PrecisionWeek, "both"},
		{"[2025-12-20]", "2025-12-20T00:00:00Z", "2025-12-21T00:00:00Z", PrecisionDay, "both"},
		{"{1960,1961-12}", "1960-01-01T00:00:00Z", "1962-01-01T00:00:00Z", PrecisionInterval, "both"},
		{"[1672, 1667]", "1667-01-01T00:00:00Z", "1673-01-01T00:00:00Z", PrecisionInterval, "both"},
		{"[..1984]", from, "1985-01-01T00:00:00Z", PrecisionInterval, "end"},
		{"[1984..]", "1984-01-01T00:00:00Z", to, PrecisionInterval, "start"},
		{"[..1980,1984..]", from, to, PrecisionUnknown, ""},
		{"[2025-12-20T18:00:00Z,2025-12-20]", "2025-12-20T00:00:00Z", "2025-12-21T00:00:00Z", PrecisionInterval, "both"},
		{"[2025-12-20T18:00:00Z..2025-12-20T19:00:00Z]",
			"2025-12-20T18:00:00Z", "2025-12-20T19:00:01Z", PrecisionInterval, ""},
	}
	for _, test := range tests {
		if test.earliest == "" {
			if got, err := ParseTime(test.edtf); err == nil {
				t.Errorf("%s: got %v, want an error", test.edtf, got)
			}
			continue
		}
		got, err := ParseTime(test.edtf)
		if err != nil {
			t.Error(err)
			continue
		}
		if got.Earliest.String() != test.earliest || got.Latest.String() != test.latest {
			t.Errorf("%s: hull [%s, %s), want [%s, %s)", test.edtf, got.Earliest, got.Latest, test.earliest, test.latest)
		}
		if got.Precision != test.precision {
			t.Errorf("%s: precision %s, want %s", test.edtf, got.Precision, test.precision)
		}
		startFloats := test.floats == "both" || test.floats == "start"
		endFloats := test.floats == "both" || test.floats == "end"
		if got.EarliestFloats != startFloats || got.LatestFloats != endFloats {
			t.Errorf("%s: floats %t, %t, want %q", test.edtf, got.EarliestFloats, got.LatestFloats, test.floats)
		}
		if got.EDTF != strings.TrimSpace(test.edtf) {
			t.Errorf("EDTF %q, want %q", got.EDTF, test.edtf)
		}
	}
}

func TestParseTimeErrors(t *testing.T) {
	tests := []struct{ edtf, want string }{
		{"", `EDTF "": no time given: write XXXX for an unknown one`},
		{"..", `EDTF "..": an open end needs another, such as ../2022-02-24; write XXXX for an unknown time`},
		{"2025-13", `EDTF "2025-13": month 13 is not 01..12 or a season 21..41`},
		{"2025-13-01", `EDTF "2025-13-01": month 13 is not 01..12; did you mean "2025-01-13"?`},
		{"2025-12-32", `EDTF "2025-12-32": day 32 is not 01..31`},
		{"2025-02-30", `EDTF "2025-02-30": there is no day 30: month 02 of 2025 has 28 days`},
		{"2025-04-31T10:00:00Z", `EDTF "2025-04-31T10:00:00Z": there is no day 31: month 04 of 2025 has 30 days`},
		{"190X-02-30", `EDTF "190X-02-30": no year 190X has a date 02-30`},
		{"2001-21-33", `EDTF "2001-21-33": 21 is a season or other group of months and has no days`},
		{"2025-12-21/2025-12-20", `EDTF "2025-12-21/2025-12-20": ` +
			`the end, before 2025-12-21T00:00:00Z, comes before the start, 2025-12-21T00:00:00Z`},
		{"[1985..1984]", `EDTF "[1985..1984]": ` +
			`the end, before 1985-01-01T00:00:00Z, comes before the start, 1985-01-01T00:00:00Z`},
		{"Y170000002",
			`EDTF "Y170000002": the year is not in -146000000..146000000, the range of an instant in milliseconds`},
		{"Y-17E99999999999999999999", `EDTF "Y-17E99999999999999999999": ` +
			`the year is not in -146000000..146000000, the range of an instant in milliseconds`},
		{"Y1985", `EDTF "Y1985": Y is for years of five digits or more: write 1985`},
		{"-0000", `EDTF "-0000": year -0000 does not exist: write 0000 for the year before 0001`},
		{"1950S5", `EDTF "1950S5": 5 significant digits of a year with 4: between 1 and all of them can be significant`},
		{"2025-12-20T18:00:60Z", `EDTF "2025-12-20T18:00:60Z": second 60 is not 00..59`},
		{"2025-12-20T24:00:01Z", `EDTF "2025-12-20T24:00:01Z": hour 24 is only the end of a day, 24:00:00`},
		{"2025-12T18:00:00Z", `EDTF "2025-12T18:00:00Z": ` +
			`a time of day needs a whole date before it, such as 2025-12-20T18:00:00Z, not 2025-12`},
		{"2025-12-20T18:00:00-00:00", `EDTF "2025-12-20T18:00:00-00:00": ` +
			`offset -00:00 does not exist: write Z for UTC, or no offset for a local time`},
		{"[1667}", `EDTF "[1667}": expected ",", ".." or "]" in the set, found '}' at character 6`},
		{"2025-12-20/2025-12-21/2025-12-22", `EDTF "2025-12-20/2025-12-21/2025-12-22": unexpected '/' at character 22`},
		{"today", `EDTF "today": expected a year, 4 digits or X, found 't' at character 1`},
		{"2025-", `EDTF "2025-": expected a month, 2 digits or X, found the end`},

		// Misspellings.
		{"2025/12/20", `EDTF "2025/12/20": year 12 has 2 digits instead of 4; did you mean "2025-12-20"?`},
		{"20.12.2025", `EDTF "20.12.2025": year 20 has 2 digits instead of 4; did you mean "2025-12-20"?`},
		{"20/12/2025", `EDTF "20/12/2025": year 20 has 2 digits instead of 4; did you mean "2025-12-20"?`},
		{"12/20/2025", `EDTF "12/20/2025": year 12 has 2 digits instead of 4; did you mean "2025-12-20"?`},
		{"03/04/2025", `EDTF "03/04/2025": ` +
			`year 03 has 2 digits instead of 4; day and month are ambiguous: write year-month-day`},
		{"20251220", `EDTF "20251220": year 20251220 has 8 digits instead of 4; did you mean "2025-12-20"?`},
		{"2025-1-5", `EDTF "2025-1-5": month 1 has 1 digits instead of 2; did you mean "2025-01-05"?`},
		{"2025/12", `EDTF "2025/12": year 12 has 2 digits instead of 4; did you mean "2025-12"?`},
		{"2025-7", `EDTF "2025-7": month 7 has 1 digits instead of 2; did you mean "2025-07"?`},
		{"2025-12-19/20", `EDTF "2025-12-19/20": year 20 has 2 digits instead of 4; did you mean "2025-12-19/2025-12-20"?`},
		{"2025–12", `EDTF "2025–12": unexpected '–' at character 5; did you mean "2025-12"?`},
		{"2025?~", `EDTF "2025?~": two qualifiers in a row: write % for uncertain and approximate; did you mean "2025%"?`},
		{"202x", `EDTF "202x": year 202 has 3 digits instead of 4; did you mean "202X"?`},
		{"uuuu", `EDTF "uuuu": expected a year, 4 digits or X, found 'u' at character 1; did you mean "XXXX"?`},
		{"2022-02-24/open", `EDTF "2022-02-24/open": ` +
			`expected a year, 4 digits or X, found 'o' at character 12; did you mean "2022-02-24/.."?`},
		{"unknown/2022",
			`EDTF "unknown/2022": expected a year, 4 digits or X, found 'u' at character 1; did you mean "/2022"?`},
		{"2025-12-20 18:00",
			`EDTF "2025-12-20 18:00": unexpected ' ' at character 11; did you mean "2025-12-20T18:00:00"?`},
		{"2025-12-20T18:00Z", `EDTF "2025-12-20T18:00Z": ` +
			`EDTF needs seconds: expected ":" and seconds after the minutes, found 'Z' at character 17` +
			`; did you mean "2025-12-20T18:00:00Z"?`},
		{"2025-12-20T18:00:00.123Z", `EDTF "2025-12-20T18:00:00.123Z": ` +
			`EDTF has no fractions of a second, found '.' at character 20; did you mean "2025-12-20T18:00:00Z"?`},
		{"2025-12-19..2025-12-21",
			`EDTF "2025-12-19..2025-12-21": unexpected '.' at character 11; did you mean "2025-12-19/2025-12-21"?`},
		{"..2022", `EDTF "..2022": ` +
			`an open end needs another, such as ../2022-02-24; write XXXX for an unknown time` +
			`; did you mean "../2022"?`},
	}
	for _, test := range tests {
		_, err := ParseTime(test.edtf)
		if err == nil {
			t.Errorf("%q: no error, want %s", test.edtf, test.want)
		} else if err.Error() != test.want {
			t.Errorf("got  %s\nwant %s", err, test.want)
		}
	}
	if _, err := ParseTime(strings.Repeat("9", 10_000)); err == nil || len(err.Error()) > 300 {
		t.Errorf("the message of a long value is not shortened: %v", err)
	}
}

// FuzzParseTime looks for values that break the invariants of Time, or are not the same after a round trip.
func FuzzParseTime(f *testing.F) {
	for _, seed := range []string{
		"2025-12-20", "?2004-06-~11", "2025-12-19T10:00:00+05:30/..", "1XXX-02-29", "XXXX", "2025-24",
		"[..1667,1670..1672]", "{1960?,1961-12}", "Y-17E5S1", "-0044-03-15", "/2025-12-21", "20.12.2025", "2025–1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, edtf string) {
		parsed, err := ParseTime(edtf)
		if err != nil {
			if parsed != (Time{}) {
				t.Fatalf("%q: both a time %v and the error %v", edtf, parsed, err)
			}
			return
		}
		if parsed.Earliest >= parsed.Latest || parsed.Earliest < BeginningOfTime || parsed.Latest > EndOfTime {
			t.Fatalf("%q: hull [%d, %d)", edtf, parsed.Earliest, parsed.Latest)
		}
		if parsed.EarliestFloats && !parsed.Earliest.Bounded() || parsed.LatestFloats && !parsed.Latest.Bounded() {
			t.Fatalf("%q: an unbounded end floats", edtf)
		}
		if !parsed.Precision.Valid() {
			t.Fatalf("%q: precision %q", edtf, parsed.Precision)
		}
		again, err := ParseTime(parsed.EDTF)
		if err != nil || again != parsed {
			t.Fatalf("%q: parsed a second time %v, %v; first %v", edtf, again, err, parsed)
		}
		text, err := parsed.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var back Time
		if err := back.UnmarshalText(text); err != nil || back != parsed {
			t.Fatalf("%q: round trip %v, %v; first %v", edtf, back, err, parsed)
		}
	})
}
