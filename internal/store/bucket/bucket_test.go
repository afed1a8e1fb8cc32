package bucket_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
	"casus/internal/store/bucket"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// when parses a valid EDTF text.
func when(value string) edtf.Time {
	t, err := edtf.ParseTime(value)
	if err != nil {
		panic(err)
	}
	return t
}

func timeOf(value string) *edtf.Time {
	t := when(value)
	return &t
}

func ref[T any](v T) *T { return &v }

// count counts one event for each row.
func count(t *testing.T, q store.BucketQuery, rows ...bucket.Row) []store.Bucket {
	t.Helper()
	rows = slices.Clone(rows)
	for i := range rows {
		rows[i].Events = 1
	}
	all, err := bucket.Count(q, rows)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// show formats a sum as low/best/high, with a dash for no upper bound, an exclamation mark if claims disagree, and the
// number of events without figures.
func show(sum *sums.Sum) string {
	if sum == nil {
		return "none"
	}
	high := "-"
	if sum.High != nil {
		high = fmt.Sprint(*sum.High)
	}
	s := fmt.Sprintf("%d/%d/%s", sum.Low, sum.Best, high)
	if !sum.Agreed {
		s += "!"
	}
	if sum.WithoutFigures > 0 {
		s += fmt.Sprintf(" %d silent", sum.WithoutFigures)
	}
	return s
}

// format returns each bucket as "start/end events (imprecise) killed".
func format(all []store.Bucket) []string {
	var lines []string
	for _, b := range all {
		s := "-/-"
		if b.Start != nil && b.End != nil {
			s = strings.TrimSuffix(b.Start.String(), ":00Z") + "/" + strings.TrimSuffix(b.End.String(), ":00Z")
		}
		s += fmt.Sprint(" ", b.Events)
		if b.Imprecise > 0 {
			s += fmt.Sprintf(" (%d)", b.Imprecise)
		}
		if killed := b.Sums.Of(kg.KilledPeople); killed != nil {
			s += " " + show(killed)
		}
		lines = append(lines, s)
	}
	return lines
}

func TestBuckets(t *testing.T) {
	rows := func(times ...string) []bucket.Row {
		var all []bucket.Row
		for _, s := range times {
			all = append(all, bucket.Row{Time: when(s)})
		}
		return all
	}
	ranged := func(from, to string) *store.EventFilter {
		r := &store.TimeRange{}
		if from != "" {
			r.From = timeOf(from)
		}
		if to != "" {
			r.To = timeOf(to)
		}
		return &store.EventFilter{Time: r}
	}
	tests := []struct {
		name     string
		zone     string
		interval edtf.CalendarInterval
		filter   *store.EventFilter
		rows     []bucket.Row
		want     []string
	}{
		{"nothing", "UTC", edtf.IntervalDay, nil, nil, nil},
		// Kyiv's clocks went from 03:00 to 04:00 on 2025-03-30, at 01:00 UTC: that day has 23 hours.
		{"the day when clocks were set forward", "Europe/Kyiv", edtf.IntervalDay, nil,
			rows("2025-03-29T21:59:59Z", "2025-03-29T22:00:00Z", "2025-03-30", "2025-03-30T20:59:59Z", "2025-03-30T21:00:00Z"),
			[]string{
				"2025-03-28T22:00/2025-03-29T22:00 1", "2025-03-29T22:00/2025-03-30T21:00 3", "2025-03-30T21:00/2025-03-31T21:00 1",
			}},
		{"the day when they were set back", "Europe/Kyiv", edtf.IntervalDay, nil, rows("2025-10-26"),
			[]string{"2025-10-25T21:00/2025-10-26T22:00 1"}},
		{"the same date elsewhere", "America/New_York", edtf.IntervalDay, nil, rows("2025-03-30"),
			[]string{"2025-03-30T04:00/2025-03-31T04:00 1"}},
		{"an instant has its own date there", "America/New_York", edtf.IntervalDay, nil, rows("2025-03-30T03:00:00Z"),
			[]string{"2025-03-29T04:00/2025-03-30T04:00 1"}},
		{"weeks begin on Monday", "UTC", edtf.IntervalWeek, nil, rows("2025-03-30", "2025-03-31", "2025-03-30/2025-03-31"),
			[]string{"2025-03-24T00:00/2025-03-31T00:00 2 (1)", "2025-03-31T00:00/2025-04-07T00:00 1"}},
		{"empty months between", "UTC", edtf.IntervalMonth, nil, rows("2025-01-31", "2025-04"),
			[]string{
				"2025-01-01T00:00/2025-02-01T00:00 1", "2025-02-01T00:00/2025-03-01T00:00 0", "2025-03-01T00:00/2025-04-01T00:00 0",
				"2025-04-01T00:00/2025-05-01T00:00 1",
			}},
		{"quarters", "UTC", edtf.IntervalQuarter, nil, rows("2025-03-31", "2025-04-01", "2025-03/2025-04"),
			[]string{"2025-01-01T00:00/2025-04-01T00:00 2 (1)", "2025-04-01T00:00/2025-07-01T00:00 1"}},
		{"years", "UTC", edtf.IntervalYear, nil, rows("2024", "2024-02-29", "202X", "2025-12-31/2026-01-01"),
			[]string{
				"2020-01-01T00:00/2021-01-01T00:00 1 (1)", "2021-01-01T00:00/2022-01-01T00:00 0",
				"2022-01-01T00:00/2023-01-01T00:00 0", "2023-01-01T00:00/2024-01-01T00:00 0",
				"2024-01-01T00:00/2025-01-01T00:00 2", "2025-01-01T00:00/2026-01-01T00:00 1 (1)",
			}},
		{"imprecise", "UTC", edtf.IntervalDay, nil,
			rows("2025-03-30", "2025-03", "2025-03-01/..", "2025-03-01/2025-03-02", "[2025-03-01..2025-03-03]"),
			slices.Concat([]string{"2025-03-01T00:00/2025-03-02T00:00 4 (4)"}, empties(2025, 3, 2, 29),
				[]string{"2025-03-30T00:00/2025-03-31T00:00 1"})},
		{"without a start", "UTC", edtf.IntervalYear, nil, rows("../2025", "2024", "XXXX", "/2025-01"),
			[]string{"2024-01-01T00:00/2025-01-01T00:00 1", "-/- 3 (3)"}},
		{"only without a start", "UTC", edtf.IntervalYear, nil, rows("XXXX"), []string{"-/- 1 (1)"}},
		{"over the filter's range", "UTC", edtf.IntervalDay, ranged("2025-03-29", "2025-04-01"), rows("2025-03-30"),
			[]string{
				"2025-03-29T00:00/2025-03-30T00:00 0", "2025-03-30T00:00/2025-03-31T00:00 1", "2025-03-31T00:00/2025-04-01T00:00 0",
				"2025-04-01T00:00/2025-04-02T00:00 0",
			}},
		{"over the filter's range in its zone", "Europe/Kyiv", edtf.IntervalDay, ranged("2025-03-29", "2025-03-30"), nil,
			[]string{"2025-03-28T22:00/2025-03-29T22:00 0", "2025-03-29T22:00/2025-03-30T21:00 0"}},
		{"over the months that a range meets", "UTC", edtf.IntervalMonth, ranged("2025-01-31", "2025-03-01"), nil,
			[]string{
				"2025-01-01T00:00/2025-02-01T00:00 0", "2025-02-01T00:00/2025-03-01T00:00 0", "2025-03-01T00:00/2025-04-01T00:00 0",
			}},
		{"from the filter's start", "UTC", edtf.IntervalYear, ranged("2023", ""), rows("2025"),
			[]string{
				"2023-01-01T00:00/2024-01-01T00:00 0", "2024-01-01T00:00/2025-01-01T00:00 0", "2025-01-01T00:00/2026-01-01T00:00 1",
			}},
		{"to the filter's end", "UTC", edtf.IntervalYear, ranged("", "2026"), rows("2025"),
			[]string{"2025-01-01T00:00/2026-01-01T00:00 1", "2026-01-01T00:00/2027-01-01T00:00 0"}},
		{
			"to the filter's end, without events", "UTC", edtf.IntervalYear, ranged("", "2026"), nil,
			[]string{"2026-01-01T00:00/2027-01-01T00:00 0"},
		},
		{"from before the filter's range", "UTC", edtf.IntervalYear, ranged("2025", "2025"), rows("2024-12-31/2025-01-01"),
			[]string{"2024-01-01T00:00/2025-01-01T00:00 1 (1)", "2025-01-01T00:00/2026-01-01T00:00 0"}},
	}
	for _, tt := range tests {
		got := count(t, store.BucketQuery{Interval: tt.interval, Zone: zone(t, tt.zone), Filter: tt.filter}, tt.rows...)
		if diff := cmp.Diff(tt.want, format(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	byDefault := format(count(t, store.BucketQuery{Interval: edtf.IntervalYear}, rows("2025")...))
	if byDefault[0] != "2025-01-01T00:00/2026-01-01T00:00 1" {
		t.Errorf("without a zone: %v", byDefault)
	}
}

func empties(year, month, from, to int) []string {
	var all []string
	for d := from; d <= to; d++ {
		all = append(all, fmt.Sprintf("%d-%02d-%02dT00:00/%d-%02d-%02dT00:00 0", year, month, d, year, month, d+1))
	}
	return all
}

// TestBucketSums adds up a campaign, its strikes and another event. The campaign contributes only what its number
// exceeds those of the strikes by, and in the split only those with a country in common.
func TestBucketSums(t *testing.T) {
	toll := func(n int) *kg.Estimate { return &kg.Estimate{Low: &n, Best: &n, High: &n, Agreed: true} }
	var rows []bucket.Row
	var events []store.SelectedEvent
	add := func(id kg.ID, time string, killed *kg.Estimate, wholes []kg.ID, keys ...string) {
		rows = append(rows, bucket.Row{Time: when(time), Keys: keys})
		events = append(events, store.SelectedEvent{ID: id, Counts: true, Toll: kg.Toll{Killed: killed}, Wholes: wholes})
	}
	in := func(whole kg.ID) []kg.ID { return []kg.ID{whole} }
	add("event:campaign", "2025-01-01/2026-03-01", toll(20), nil, "NL")
	add("event:strike", "2026-01-02", toll(5), in("event:phase"), "NL", "SL")
	add("event:other", "2026-01-04", &kg.Estimate{Low: ref(2), Best: ref(3)}, in("event:phase"), "SL")
	add("event:silent", "2026-01-04", nil, nil, "SL")
	add("event:apart", "XXXX", toll(9), nil, "AA", "BB")
	q := store.BucketQuery{Interval: edtf.IntervalYear, SplitBy: store.SplitByCountry, Sums: sums.Killed}
	wholes := func(_ context.Context, ids []kg.ID) (links []sums.Link, err error) {
		if slices.Contains(ids, "event:phase") { // which is not selected
			links = append(links, sums.Link{Part: "event:phase", Whole: "event:campaign"})
		}
		return links, nil
	}
	selected, err := store.NewEventSums(t.Context(), q.Sums, events, wholes)
	if err != nil {
		t.Fatal(err)
	}
	got, err := bucket.Sum(t.Context(), q, rows, selected)
	if err != nil {
		t.Fatal(err)
	}
	wantBuckets := []string{
		"2025-01-01T00:00/2026-01-01T00:00 1 (1) 13/12/12", "2026-01-01T00:00/2027-01-01T00:00 3 7/8/8! 1 silent",
		"-/- 1 (1) 9/9/9",
	}
	if diff := cmp.Diff(wantBuckets, format(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	groups := func(b store.Bucket) (all []string) {
		for _, g := range b.Groups {
			all = append(all, fmt.Sprintf("%q %d %s", g.Key, g.Events, show(g.Sums.Of(kg.KilledPeople))))
		}
		return all
	}
	want := [][]string{
		{`"NL" 1 15/15/15`}, {`"SL" 3 7/8/-! 1 silent`, `"NL" 1 5/5/5`}, {`"AA" 1 9/9/9`, `"BB" 1 9/9/9`},
	}
	if diff := cmp.Diff(want, [][]string{groups(got[0]), groups(got[1]), groups(got[2])}); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	plain := count(t, store.BucketQuery{Interval: edtf.IntervalYear},
		bucket.Row{Time: when("2025"), Keys: []string{"NL"}})
	if plain[0].Groups != nil || plain[0].Sums != nil {
		t.Errorf("without a split: %+v", plain[0])
	}
}

func TestTooManyBuckets(t *testing.T) {
	day := func(n int) edtf.Time {
		return when(time.Date(2000, 1, 1+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
	}
	spanning := func(from, to edtf.Time) error {
		_, err := bucket.Count(store.BucketQuery{
			Interval: edtf.IntervalDay, Filter: &store.EventFilter{Time: &store.TimeRange{From: &from, To: &to}},
		}, nil)
		return err
	}
	if err := spanning(day(0), day(4999)); err != nil {
		t.Errorf("5,000 days: %v", err)
	}
	if err := spanning(day(0), day(5000)); kg.CodeOf(err) != kg.LimitExceeded {
		t.Errorf("5,001 days: %v, want LIMIT_EXCEEDED", err)
	}
	b := bucket.NewCounter(store.BucketQuery{Interval: edtf.IntervalDay})
	add := func(n int) error { return b.Add(b.Place(day(n), nil), 1, sums.Part{}) }
	for n := range 5000 {
		if err := add(3 * n); err != nil {
			t.Fatalf("day %d: %v", n, err)
		}
	}
	if err := add(3); err != nil {
		t.Errorf("a second event in a bucket that is there: %v", err)
	}
	if err := add(1); kg.CodeOf(err) != kg.LimitExceeded {
		t.Errorf("bucket 5,001: %v, want LIMIT_EXCEEDED", err)
	}
	// Millions of empty days lie between, but only about as many buckets as allowed are created.
	allocs := testing.AllocsPerRun(1, func() {
		if err := spanning(when("0001"), when("9999")); kg.CodeOf(err) != kg.LimitExceeded {
			t.Errorf("all of history by day: %v, want LIMIT_EXCEEDED", err)
		}
		apart := []bucket.Row{{Time: when("0001"), Events: 1}, {Time: when("9999-12-31"), Events: 1}}
		if _, err := bucket.Count(store.BucketQuery{Interval: edtf.IntervalDay}, apart); kg.CodeOf(err) != kg.LimitExceeded {
			t.Errorf("two days far apart: %v, want LIMIT_EXCEEDED", err)
		}
	})
	if allocs > 100_000 {
		t.Errorf("%v allocations before the error", allocs)
	}
}

// TestBucketWindow compares the buckets of windows with a count of the events that each should hold.
func TestBucketWindow(t *testing.T) {
	var rows []bucket.Row
	for _, s := range []string{
		"2025-01-30/2025-02-02", "2025-02-01", "2025-02", "2025-02-10T05:00:00Z", "2025-02-10", "2025-02-14/2025-02-20",
		"2025-03-01", "../2025-02-10", "XXXX", "2025",
	} {
		rows = append(rows, bucket.Row{Time: when(s)})
	}
	nominal := when("2025-02-10").Earliest
	rows = append(rows, bucket.Row{Time: when("2025-01-01/2025-02-28"), Nominal: &nominal})
	for _, zoneName := range []string{"UTC", "Europe/Kyiv"} {
		for _, interval := range []edtf.CalendarInterval{edtf.IntervalDay, edtf.IntervalWeek, edtf.IntervalMonth} {
			for _, w := range []store.BucketWindow{
				{From: timeOf("2025-02-01"), To: timeOf("2025-02-13")}, {From: timeOf("2025-02-10")}, {To: timeOf("2025-02-10")},
				{From: timeOf("2025-02"), To: timeOf("2025-02")}, {},
			} {
				q := store.BucketQuery{Interval: interval, Zone: zone(t, zoneName), Window: &w}
				got := count(t, q, rows...)
				lo, hi := edtf.BeginningOfTime, edtf.EndOfTime
				if w.From != nil {
					lo, _ = w.From.HullIn(q.Zone)
				}
				if w.To != nil {
					_, hi = w.To.HullIn(q.Zone)
				}
				inside := 0
				for _, r := range rows {
					at, _, _ := store.CountedAt(r.Time, r.Nominal, q.Zone)
					if at.Bounded() && lo <= at && at < hi {
						inside++
					}
				}
				total := 0
				for i, b := range got {
					total += b.Events
					events, imprecise := 0, 0
					for _, r := range rows {
						at, earliest, latest := store.CountedAt(r.Time, r.Nominal, q.Zone)
						if *b.Start <= at && at < *b.End {
							events++
							if earliest < *b.Start || latest > *b.End {
								imprecise++
							}
						}
					}
					if b.Events != events || b.Imprecise != imprecise || *b.Start < lo || *b.End > hi ||
						i > 0 && *b.Start != *got[i-1].End {
						t.Errorf("%s %s %v: bucket %s, want %d (%d) events", zoneName, interval, w, format(got[i:i+1]), events,
							imprecise)
					}
				}
				if total != inside {
					t.Errorf("%s %s %v: %d events in %v, want %d", zoneName, interval, w, total, format(got), inside)
				}
				if w.From != nil && w.To != nil && (*got[0].Start != lo || *got[len(got)-1].End != hi) {
					t.Errorf("%s %s %v: %v does not fill the window", zoneName, interval, w, format(got))
				}
			}
		}
	}
	reversed := store.BucketWindow{From: timeOf("2025-03"), To: timeOf("2025-02")}
	if err := reversed.Check(); kg.CodeOf(err) != kg.BadInput {
		t.Errorf("a window that ends before it starts: %v, want BAD_INPUT", err)
	}
}

// TestPossible compares the numbers of events that must and that may lie in each bucket with those whose hulls it
// contains and overlaps, and sparse buckets with the others.
func TestPossible(t *testing.T) {
	var rows []bucket.Row
	for i, s := range []string{
		"2025", "2025-02", "2025-02-01", "2025-02-10T05:00:00Z", "2025-01-30/2025-02-02", "2025-02-14/..", "../2025-02-10",
		"/2025-02-20", "XXXX", "202X", "2025-02-27/2025-03-02", "2024-12-31", "2025-03-01T00:30:00Z",
	} {
		rows = append(rows, bucket.Row{Time: when(s), Keys: []string{"UA", "RU"}[:1+i%2]})
	}
	windows := []*store.BucketWindow{
		nil, {From: timeOf("2025-01-31"), To: timeOf("2025-02-27")}, {To: timeOf("2025-02-10T12:00:00Z")},
		{From: timeOf("2030"), To: timeOf("2030")},
	}
	may := 0
	for _, zoneName := range []string{"UTC", "Europe/Kyiv", "America/St_Johns"} {
		for _, interval := range []edtf.CalendarInterval{edtf.IntervalDay, edtf.IntervalMonth, edtf.IntervalYear} {
			for _, w := range windows {
				q := store.BucketQuery{
					Interval: interval, Zone: zone(t, zoneName), Window: w, Possible: true, SplitBy: store.SplitByCountry,
				}
				dense := count(t, q, rows...)
				for _, b := range dense {
					certain, possible, ofRU := 0, 0, 0
					for _, r := range rows {
						earliest, latest := r.Time.HullIn(q.Zone)
						if b.Start == nil || !earliest.Bounded() && !latest.Bounded() {
							continue
						}
						if *b.Start <= earliest && latest <= *b.End {
							certain++
						}
						if earliest < *b.End && *b.Start < latest {
							possible++
							ofRU += len(r.Keys) - 1
						}
					}
					if b.Certain() != certain || b.Possible != possible {
						t.Errorf("%s %s %v: %s: %d certain, %d possible, want %d and %d", zoneName, interval, w,
							format([]store.Bucket{b}), b.Certain(), b.Possible, certain, possible)
					}
					at := slices.IndexFunc(b.Groups, func(g store.BucketGroup) bool { return g.Key == "RU" })
					if at < 0 && ofRU > 0 || at >= 0 && b.Groups[at].Possible != ofRU {
						t.Errorf("%s %s %v: %+v, want %d possible events of RU", zoneName, interval, w, b.Groups, ofRU)
					}
					may += possible - certain
				}
				q.Sparse = true
				dense = slices.DeleteFunc(dense, func(b store.Bucket) bool { return b.Events == 0 })
				if diff := cmp.Diff(dense, count(t, q, rows...), cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("sparse, %s %s %v (-want +got):\n%s", zoneName, interval, w, diff)
				}
			}
		}
	}
	if may < 1000 {
		t.Errorf("only %d events that may lie in buckets", may)
	}
	year := count(t, store.BucketQuery{
		Interval: edtf.IntervalMonth, Possible: true, Window: &store.BucketWindow{From: timeOf("2025"), To: timeOf("2025")},
	}, rows[0])
	if len(year) != 12 || year[11].Possible != 1 || year[11].Events != 0 || year[0].Certain() != 0 {
		t.Errorf("an event of a year, by month: %+v", year)
	}
	unasked := count(t, store.BucketQuery{Interval: edtf.IntervalYear}, rows...)
	if unasked[0].Possible != 0 {
		t.Errorf("not requested: %+v", unasked[0])
	}
}

// TestSparse counts events of far ages in few buckets.
func TestSparse(t *testing.T) {
	q := store.BucketQuery{Interval: edtf.IntervalHour, Sparse: true, Possible: true}
	got := count(t, q, bucket.Row{Time: when("0001-01-01T05:30:00Z")}, bucket.Row{Time: when("2025-03-01/..")},
		bucket.Row{Time: when("9999-12-31T23:59:59Z")})
	want := []string{
		"0001-01-01T05:00/0001-01-01T06:00 1", "2025-03-01T00:00/2025-03-01T01:00 1 (1)",
		"9999-12-31T23:00/+010000-01-01T00:00 1",
	}
	if diff := cmp.Diff(want, format(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got[2].Possible != 2 {
		t.Errorf("%d events may lie in the last hour, want 2", got[2].Possible)
	}
}

// TestLanes divides buckets by the values of most events.
func TestLanes(t *testing.T) {
	row := func(time string, keys ...string) bucket.Row { return bucket.Row{Time: when(time), Keys: keys} }
	rows := []bucket.Row{
		row("2024", "a", "b"), row("2024", "c", "d"), row("2024", "d"), row("2024"), row("2025", "b"), row("2025", "b", "d"),
		row("2025", "a", "c", "e"), row("2023/2025", "f"), row("XXXX", "b"),
	}
	groups := func(all []store.Bucket) (lines []string) {
		for _, b := range all {
			line := fmt.Sprint(b.Events)
			for _, g := range b.Groups {
				key := g.Key
				if g.Others {
					key += "others"
				}
				line += fmt.Sprintf(" %q %d", key, g.Events)
				if g.Possible > 0 {
					line += fmt.Sprintf("/%d", g.Possible)
				}
			}
			lines = append(lines, line)
		}
		return lines
	}
	years := &store.BucketWindow{From: timeOf("2024"), To: timeOf("2025")}
	for _, tt := range []struct {
		name string
		q    store.BucketQuery
		want []string
	}{
		// b has 4 events, d 3, a and c 2.
		{"two", store.BucketQuery{Top: 2}, []string{
			`1 "others" 1`, `4 "d" 2 "" 1 "b" 1 "others" 2`, `3 "b" 2 "d" 1 "others" 1`, `1 "b" 1`}},
		{"a tie", store.BucketQuery{Top: 3}, []string{
			`1 "others" 1`, `4 "d" 2 "" 1 "a" 1 "b" 1 "others" 1`, `3 "b" 2 "a" 1 "d" 1 "others" 1`, `1 "b" 1`}},
		{"by default all of these", store.BucketQuery{}, []string{
			`1 "f" 1`, `4 "d" 2 "" 1 "a" 1 "b" 1 "c" 1`, `3 "b" 2 "a" 1 "c" 1 "d" 1 "e" 1`, `1 "b" 1`}},
		// Within the window f has no event, but one that may lie in it.
		{"a window", store.BucketQuery{Top: 6, Window: years, Possible: true}, []string{
			`4 "d" 2/2 "" 1/1 "a" 1/1 "b" 1/1 "c" 1/1 "f" 0/1`, `3 "b" 2/2 "a" 1/1 "c" 1/1 "d" 1/1 "e" 1/1 "f" 0/1`}},
		{"others that may lie in it", store.BucketQuery{Top: 5, Window: years, Possible: true}, []string{
			`4 "d" 2/2 "" 1/1 "a" 1/1 "b" 1/1 "c" 1/1 "others" 0/1`,
			`3 "b" 2/2 "a" 1/1 "c" 1/1 "d" 1/1 "e" 1/1 "others" 0/1`}},
	} {
		tt.q.Interval, tt.q.SplitBy = edtf.IntervalYear, store.SplitByActor
		if diff := cmp.Diff(tt.want, groups(count(t, tt.q, rows...))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	for top, code := range map[int]kg.ErrorCode{-1: kg.BadInput, 0: "", 50: "", 51: kg.LimitExceeded} {
		if err := (store.BucketQuery{Top: top}).Check(); kg.CodeOf(err) != code && (err != nil || code != "") {
			t.Errorf("top %d: %v, want %s", top, err, code)
		}
	}
}
