package edtf

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"
)

// tableRow is the result of the Python package edtf for one value;
// testdata/make_table.py documents the fields.
type tableRow struct {
	Value                  string
	First, Last            *[3]int
	Epoch                  *int64
	Approximate, Uncertain bool
	Error                  bool
}

// difference is a value for which ParseTime differs from the package, and the
// reason. Dates are the first and the last of the hull, "" if unbounded.
type difference struct {
	value, first, last     string
	approximate, uncertain bool
	isError                bool
	reason                 string
}

const (
	winterReason       = "the package ends a winter with December; a hull must contain all of it"
	unknownReason      = "the package assumes ten years for an unknown end; an unknown end is unbounded"
	reversedEnds       = "an end wholly before its start is an error"
	noYearReason       = "nothing is known of the year, so it has no bounds"
	roundReason        = "the package's strict range ignores significant digits"
	leapReason         = "the package accepts 29 February in years that do not have it"
	memberReason       = "the package does not apply a member's qualifier to the set"
	seasonReason       = "the package's grammar has no qualified seasons"
	negativeYearReason = "the package reverses the months of a negative year"
	openSetReason      = "the package fails to order the members of an all-of set with an open end"
)

var knownDifferences = []difference{
	{value: "2001-24", first: "2001-12-01", last: "2002-02-28", reason: winterReason},
	{value: "2001-28", first: "2001-12-01", last: "2002-02-28", reason: winterReason},
	{value: "2001-30", first: "2001-12-01", last: "2002-02-28", reason: winterReason},
	{value: "2001-21~", first: "2001-03-01", last: "2001-05-31", approximate: true, reason: seasonReason},
	{value: "2001-24?", first: "2001-12-01", last: "2002-02-28", uncertain: true, reason: seasonReason},
	{value: "1999-22%", first: "1999-06-01", last: "1999-08-31", approximate: true, uncertain: true, reason: seasonReason},

	{value: "XXXX", reason: noYearReason},
	{value: "XXXX-12-23", reason: noYearReason},
	{value: "XXXX-12-XX", reason: noYearReason},
	{value: "-0044-XX", first: "-0044-01-01", last: "-0044-12-31", reason: negativeYearReason},
	{value: "200X-02-29", first: "2000-02-29", last: "2008-02-29", reason: leapReason},
	{value: "20XX-02-29", first: "2000-02-29", last: "2096-02-29", reason: leapReason},
	{value: "19XX-02-29", first: "1904-02-29", last: "1996-02-29", reason: leapReason},
	{value: "190X-02-29", first: "1904-02-29", last: "1908-02-29", reason: leapReason},
	{value: "202X-02-29", first: "2020-02-29", last: "2028-02-29", reason: leapReason},

	{value: "1985-04-12/", first: "1985-04-12", reason: unknownReason},
	{value: "/1985-04-12", last: "1985-04-12", reason: unknownReason},
	{value: "1985-04/", first: "1985-04-01", reason: unknownReason},
	{value: "/1985-04", last: "1985-04-30", reason: unknownReason},
	{value: "1985/", first: "1985-01-01", reason: unknownReason},
	{value: "/1985", last: "1985-12-31", reason: unknownReason},
	{value: "2022-02-24/", first: "2022-02-24", reason: unknownReason},
	{value: "/2022-02-24", last: "2022-02-24", reason: unknownReason},
	{value: "2025-07~/", first: "2025-07-01", approximate: true, reason: unknownReason},
	{value: "/2025-07~", last: "2025-07-31", approximate: true, reason: unknownReason},
	{value: "-0044/", first: "-0044-01-01", reason: unknownReason},
	{value: "/-0044", last: "-0044-12-31", reason: unknownReason},
	{value: "/", reason: "both ends of an interval may be unknown"},
	{value: "2005/2004", isError: true, reason: reversedEnds},
	{value: "2004-06-12/2004-06-11", isError: true, reason: reversedEnds},
	{value: "2004-07/2004-06-30", isError: true, reason: reversedEnds},

	{value: "1950S2", first: "1900-01-01", last: "1999-12-31", reason: roundReason},
	{value: "1950S1", first: "1000-01-01", last: "1999-12-31", reason: roundReason},
	{value: "1999S3", first: "1990-01-01", last: "1999-12-31", reason: roundReason},
	{value: "-1950S2", first: "-1999-01-01", last: "-1900-12-31", reason: roundReason},
	{value: "Y338800S3", first: "338000-01-01", last: "338999-12-31", reason: roundReason},
	{value: "Y-338812S4", first: "-338899-01-01", last: "-338800-12-31", reason: roundReason},
	{value: "Y3388E2S3", first: "338000-01-01", last: "338999-12-31", reason: roundReason},

	{value: "[1667?,1668]", first: "1667-01-01", last: "1668-12-31", uncertain: true, reason: memberReason},
	{value: "[1667,1668~]", first: "1667-01-01", last: "1668-12-31", approximate: true, reason: memberReason},
	{value: "{1667?,1668}", first: "1667-01-01", last: "1668-12-31", uncertain: true, reason: memberReason},
	{value: "{1667,1668~}", first: "1667-01-01", last: "1668-12-31", approximate: true, reason: memberReason},
	{value: "{1760-01,1760-02,1760-12..}", first: "1760-01-01", reason: openSetReason},
	{value: "{..1983,1984}", last: "1984-12-31", reason: openSetReason},
}

func TestTable(t *testing.T) {
	text, err := os.ReadFile("testdata/table.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []tableRow
	if err := json.Unmarshal(text, &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) < 600 {
		t.Fatalf("only %d rows in the table", len(rows))
	}
	differences := map[string]difference{}
	for _, d := range knownDifferences {
		differences[d.value] = d
	}
	for _, row := range rows {
		want := tableHull{isError: row.Error, approximate: row.Approximate, uncertain: row.Uncertain}
		switch {
		case row.Epoch != nil:
			want.earliest, want.latest = Instant(*row.Epoch*1000), Instant(*row.Epoch*1000+1000)
		case !row.Error:
			want.earliest, want.latest = midnightOf(row.First, 0, BeginningOfTime), midnightOf(row.Last, 1, EndOfTime)
		}
		got := tableHull{isError: true}
		if parsed, err := ParseTime(row.Value); err == nil {
			got = tableHull{parsed.Earliest, parsed.Latest, parsed.Approximate, parsed.Uncertain, false}
		}
		if d, ok := differences[row.Value]; ok {
			delete(differences, row.Value)
			if got == want {
				t.Errorf("%s is listed as different (%s) but is the same", row.Value, d.reason)
			}
			want = d.hull(t)
		}
		if got != want {
			t.Errorf("%s: got %v, want %v", row.Value, got, want)
		}
	}
	for value := range differences {
		t.Errorf("%s is listed as different but not in the table", value)
	}
}

// tableHull is the result that is compared between the table and ParseTime.
type tableHull struct {
	earliest, latest       Instant
	approximate, uncertain bool
	isError                bool
}

func (d difference) hull(t *testing.T) tableHull {
	if d.isError {
		return tableHull{isError: true}
	}
	return tableHull{
		midnightOf(dateParts(t, d.first), 0, BeginningOfTime),
		midnightOf(dateParts(t, d.last), 1, EndOfTime),
		d.approximate, d.uncertain, false,
	}
}

// dateParts returns the year, month and day of "2025-12-20"; nil for "".
func dateParts(t *testing.T, date string) *[3]int {
	if date == "" {
		return nil
	}
	var parts [3]int
	if _, err := fmt.Sscanf(date, "%d-%d-%d", &parts[0], &parts[1], &parts[2]); err != nil {
		t.Fatal(err)
	}
	return &parts
}

// midnightOf returns the midnight UTC daysLater days after a date, computed from
// Julian day numbers (Richards' algorithm) rather than by package time.
func midnightOf(date *[3]int, daysLater int, unbounded Instant) Instant {
	if date == nil {
		return unbounded
	}
	const era = 400 * 500_000 // keeps the operands of every division positive
	y, m, d := date[0]+era, date[1], date[2]
	a := (14 - m) / 12
	y, m = y+4800-a, m+12*a-3
	julianDay := d + (153*m+2)/5 + 365*y + y/4 - y/100 + y/400 - 32045 - era/400*146097
	const unixEpoch = 2440588
	return Instant(julianDay-unixEpoch+daysLater) * 86_400_000
}
