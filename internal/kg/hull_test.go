package kg_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata" // zones must be there on every machine

	"casus/internal/edtf"
	"casus/internal/store"
	"casus/internal/store/bucket"
	edtftest "casus/internal/testkit/edtf"
)

// instant returns t as an instant, or unbounded if t is zero.
func instant(t time.Time, unbounded edtf.Instant) edtf.Instant {
	if t.IsZero() {
		return unbounded
	}
	return edtf.InstantOf(t)
}

// parseTime parses a value that must be valid.
func parseTime(t *testing.T, value string) edtf.Time {
	t.Helper()
	v, err := edtf.ParseTime(value)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestRangesAgainstEveryHour compares POSSIBLY and DEFINITELY with a test of every hour that a value allows, for values
// of all forms.
func TestRangesAgainstEveryHour(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	results := map[string]map[bool]int{}
	for i := range 30 * edtftest.Forms() {
		v := edtftest.Random(r, i%edtftest.Forms())
		value := parseTime(t, v.EDTF)
		// The ends of the range have forms of whole days.
		from, to := edtftest.Random(r, r.IntN(edtftest.Days())), edtftest.Random(r, r.IntN(edtftest.Days()))
		if !from.First.Before(to.End) {
			from, to = to, from
		}
		timeRange := store.TimeRange{From: ref(parseTime(t, from.EDTF)), To: ref(parseTime(t, to.EDTF))}
		lo, hi := from.First, to.End
		switch r.IntN(5) {
		case 0:
			timeRange.From, lo = nil, time.Time{}
		case 1:
			timeRange.To, hi = nil, time.Time{}
		}
		if r.IntN(4) == 0 { // the range of the value itself
			timeRange, lo, hi = store.TimeRange{From: &value, To: &value}, v.First, v.End
		}
		for _, c := range []*store.Certainty{nil, ref(store.Possibly), ref(store.Definitely)} {
			timeRange.Certainty = c
			want := v.Possibly(lo, hi)
			if timeRange.Definitely() {
				want = v.Definitely(lo, hi)
			}
			if results[v.Form] == nil {
				results[v.Form] = map[bool]int{}
			}
			results[v.Form][want]++
			if got := timeRange.Matches(value); got != want {
				t.Errorf(
					"%s %s in %v..%v, definitely %t: %t, want %t", v.Form, v.EDTF, timeRange.From, timeRange.To,
					timeRange.Definitely(), got, want,
				)
			}
		}
	}
	for form, n := range results {
		if n[true] == 0 || n[false] == 0 && form != "nothing known" {
			t.Errorf("%s: %v: the test does not have both results", form, n)
		}
	}
}

// step is the resolution at which clocks are read. The offsets of all zones are multiples of it.
const step = 15 * time.Minute

// rangeIn returns when the days of a value start and end in a zone, by reading a clock at every step.
func rangeIn(v edtftest.Value, zone *time.Location) (first, end time.Time) {
	search := func(around time.Time, matches func(local time.Time) bool) (found []time.Time) {
		for at := around.Add(-30 * time.Hour); at.Before(around.Add(30 * time.Hour)); at = at.Add(step) {
			local := at.In(zone)
			if matches(time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), 0, 0, time.UTC)) {
				found = append(found, at)
			}
		}
		return found
	}
	first, end = v.First, v.End
	if v.Floats && !first.IsZero() {
		first = search(
			v.First, func(local time.Time) bool { return !local.Before(v.First) && local.Before(v.First.Add(25*time.Hour)) },
		)[0]
	}
	if v.Floats && !end.IsZero() {
		before := search(v.End, func(local time.Time) bool { return local.Before(v.End) })
		end = before[len(before)-1].Add(step)
	}
	return first, end
}

func zones(t *testing.T) (all []*time.Location) {
	t.Helper()
	for _, name := range []string{
		"UTC", "Europe/Kyiv", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Beirut", "Africa/Cairo",
		"Pacific/Kiritimati", "America/Santiago",
	} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, zone)
	}
	return all
}

// TestHullsInOtherZones checks that a floating end is moved to the calendar of the zone, and other ends are not.
func TestHullsInOtherZones(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	for _, zone := range zones(t) {
		for i := range 8 * edtftest.Forms() {
			v := edtftest.Random(r, i%edtftest.Forms())
			first, end := rangeIn(v, zone)
			earliest, latest := parseTime(t, v.EDTF).HullIn(zone)
			if want := instant(first, edtf.BeginningOfTime); earliest != want {
				t.Errorf("%s %s in %s starts at %s, want %s", v.Form, v.EDTF, zone, earliest, want)
			}
			// A date-time has a hull of one second, but an hour in v.
			if want := instant(end, edtf.EndOfTime); latest != want && (v.Floats || latest <= earliest || latest > want) {
				t.Errorf("%s %s in %s ends at %s, want %s", v.Form, v.EDTF, zone, latest, want)
			}
		}
	}
}

// TestImpreciseInZones checks that an event is imprecise if the last moment of its range is in another bucket than the
// first.
func TestImpreciseInZones(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	names := map[edtf.CalendarInterval]func(time.Time) string{
		edtf.IntervalYear:    func(t time.Time) string { return t.Format("2006") },
		edtf.IntervalQuarter: func(t time.Time) string { return fmt.Sprint(t.Year(), (t.Month()-1)/3) },
		edtf.IntervalMonth:   func(t time.Time) string { return t.Format("2006-01") },
		edtf.IntervalWeek:    func(t time.Time) string { y, w := t.ISOWeek(); return fmt.Sprint(y, " ", w) },
		edtf.IntervalDay:     func(t time.Time) string { return t.Format("2006-01-02") },
	}
	for _, zone := range zones(t) {
		for interval, name := range names {
			for range 2 {
				var rows []bucket.Row
				events, imprecise, noStart := map[string]int{}, map[string]int{}, 0
				for form := range edtftest.Forms() {
					v := edtftest.Random(r, form)
					rows = append(rows, bucket.Row{Time: parseTime(t, v.EDTF), Events: 1})
					first, end := rangeIn(v, zone)
					if first.IsZero() {
						noStart++
						continue
					}
					in := name(first.In(zone))
					events[in]++
					last := end.Add(-step)
					if !v.Floats && !end.IsZero() {
						last = first // a date-time
					}
					if end.IsZero() || name(last.In(zone)) != in {
						imprecise[in]++
					}
				}
				all, err := bucket.Count(store.BucketQuery{Interval: interval, Zone: zone}, rows)
				if err != nil {
					t.Fatal(err)
				}
				for _, got := range all {
					if got.Start == nil {
						if got.Events != noStart || got.Imprecise != noStart {
							t.Errorf(
								"%s in %s: %d without a start, %d imprecise; want %d", interval, zone, got.Events, got.Imprecise, noStart,
							)
						}
						noStart = 0
						continue
					}
					in := name(got.Start.Time().In(zone))
					if got.Events != events[in] || got.Imprecise != imprecise[in] {
						t.Errorf(
							"%s %s in %s: %d events, %d imprecise; want %d and %d", interval, in, zone, got.Events, got.Imprecise,
							events[in], imprecise[in],
						)
					}
					delete(events, in)
				}
				if len(events) > 0 || noStart > 0 {
					t.Errorf("%s in %s: no buckets for %v and for %d events without a start", interval, zone, events, noStart)
				}
			}
		}
	}
}
