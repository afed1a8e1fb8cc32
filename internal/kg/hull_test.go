package kg_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata" // zones must be there on every machine

	"casus/internal/edtf"
	"casus/internal/store"
	edtftest "casus/internal/testkit/edtf"
)

func instant(t time.Time, absent edtf.Instant) edtf.Instant {
	if t.IsZero() {
		return absent
	}
	return edtf.InstantOf(t)
}

func parsed(t *testing.T, value string) edtf.Time {
	t.Helper()
	v, err := edtf.ParseTime(value)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestRangesAgainstEveryHour holds both readings of a range to a look at every hour that a value allows, for all forms.
func TestRangesAgainstEveryHour(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	met := map[string]map[bool]int{}
	for i := range 30 * edtftest.Forms() {
		v := edtftest.Random(r, i%edtftest.Forms())
		value := parsed(t, v.EDTF)
		// The forms that are days, whole, stand at the ends of the range too.
		from, to := edtftest.Random(r, r.IntN(edtftest.Days())), edtftest.Random(r, r.IntN(edtftest.Days()))
		if !from.First.Before(to.End) {
			from, to = to, from
		}
		given := store.TimeRange{From: ref(parsed(t, from.EDTF)), To: ref(parsed(t, to.EDTF))}
		lo, hi := from.First, to.End
		switch r.IntN(5) {
		case 0:
			given.From, lo = nil, time.Time{}
		case 1:
			given.To, hi = nil, time.Time{}
		}
		if r.IntN(4) == 0 { // a range about the value itself, of which it is often the very edge
			given, lo, hi = store.TimeRange{From: &value, To: &value}, v.First, v.End
		}
		for _, c := range []*store.Certainty{nil, ref(store.Possibly), ref(store.Definitely)} {
			given.Certainty = c
			want := v.Possibly(lo, hi)
			if given.Definitely() {
				want = v.Definitely(lo, hi)
			}
			if met[v.Form] == nil {
				met[v.Form] = map[bool]int{}
			}
			met[v.Form][want]++
			if got := given.Matches(value); got != want {
				t.Errorf("%s %s in %v..%v, definitely %t: %t, want %t", v.Form, v.EDTF, given.From, given.To, given.Definitely(), got, want)
			}
		}
	}
	for form, n := range met {
		if n[true] == 0 || n[false] == 0 && form != "nothing known" {
			t.Errorf("%s: %v: the test cannot tell", form, n)
		}
	}
}

// step is how finely clocks are looked at; all zones' offsets are whole steps.
const step = 15 * time.Minute

// clock finds, by looking at one clock reading after another, when a value's days begin and end in a zone.
func clock(v edtftest.Value, zone *time.Location) (first, end time.Time) {
	look := func(around time.Time, sought func(local time.Time) bool) (found []time.Time) {
		for at := around.Add(-30 * time.Hour); at.Before(around.Add(30 * time.Hour)); at = at.Add(step) {
			local := at.In(zone)
			if sought(time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), 0, 0, time.UTC)) {
				found = append(found, at)
			}
		}
		return found
	}
	first, end = v.First, v.End
	if v.Floats && !first.IsZero() {
		first = look(v.First, func(local time.Time) bool { return !local.Before(v.First) && local.Before(v.First.Add(25*time.Hour)) })[0]
	}
	if v.Floats && !end.IsZero() {
		before := look(v.End, func(local time.Time) bool { return local.Before(v.End) })
		end = before[len(before)-1].Add(step)
	}
	return first, end
}

func zones(t *testing.T) (all []*time.Location) {
	t.Helper()
	for _, name := range []string{"UTC", "Europe/Kyiv", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Beirut", "Africa/Cairo", "Pacific/Kiritimati", "America/Santiago"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, zone)
	}
	return all
}

// TestHullsInOtherZones: what floats is those days of the zone's own calendar, what does not stays.
func TestHullsInOtherZones(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	for _, zone := range zones(t) {
		for i := range 8 * edtftest.Forms() {
			v := edtftest.Random(r, i%edtftest.Forms())
			first, end := clock(v, zone)
			earliest, latest := parsed(t, v.EDTF).HullIn(zone)
			if want := instant(first, edtf.BeginningOfTime); earliest != want {
				t.Errorf("%s %s in %s begins at %s, want %s", v.Form, v.EDTF, zone, earliest, want)
			}
			// An instant is a moment, of which an hour was looked at.
			if want := instant(end, edtf.EndOfTime); latest != want && (v.Floats || latest <= earliest || latest > want) {
				t.Errorf("%s %s in %s ends at %s, want %s", v.Form, v.EDTF, zone, latest, want)
			}
		}
	}
}

// TestImpreciseAgainstEveryReading: an event is imprecise in its bucket where the last moment it may have been is another
// bucket's than the first.
func TestImpreciseAgainstEveryReading(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	bucket := map[edtf.CalendarInterval]func(time.Time) string{
		edtf.IntervalYear:    func(t time.Time) string { return t.Format("2006") },
		edtf.IntervalQuarter: func(t time.Time) string { return fmt.Sprint(t.Year(), (t.Month()-1)/3) },
		edtf.IntervalMonth:   func(t time.Time) string { return t.Format("2006-01") },
		edtf.IntervalWeek:    func(t time.Time) string { y, w := t.ISOWeek(); return fmt.Sprint(y, " ", w) },
		edtf.IntervalDay:     func(t time.Time) string { return t.Format("2006-01-02") },
	}
	for _, zone := range zones(t) {
		for interval, name := range bucket {
			for range 2 {
				b := store.NewBucketCounter(store.BucketQuery{Interval: interval, Zone: zone})
				events, imprecise, noStart := map[string]int{}, map[string]int{}, 0
				for form := range edtftest.Forms() {
					v := edtftest.Random(r, form)
					if err := b.Add(store.BucketRow{Time: parsed(t, v.EDTF)}); err != nil {
						t.Fatal(err)
					}
					first, end := clock(v, zone)
					if first.IsZero() {
						noStart++
						continue
					}
					in := name(first.In(zone))
					events[in]++
					last := end.Add(-step)
					if !v.Floats && !end.IsZero() {
						last = first // a moment
					}
					if end.IsZero() || name(last.In(zone)) != in {
						imprecise[in]++
					}
				}
				all, err := b.Buckets()
				if err != nil {
					t.Fatal(err)
				}
				for _, got := range all {
					if got.Start == nil {
						if got.Events != noStart || got.Imprecise != noStart {
							t.Errorf("%s in %s: %d without a start, %d imprecise; want %d", interval, zone, got.Events, got.Imprecise, noStart)
						}
						noStart = 0
						continue
					}
					in := name(got.Start.Time().In(zone))
					if got.Events != events[in] || got.Imprecise != imprecise[in] {
						t.Errorf("%s %s in %s: %d events, %d imprecise; want %d and %d", interval, in, zone, got.Events, got.Imprecise, events[in], imprecise[in])
					}
					delete(events, in)
				}
				if len(events) > 0 || noStart > 0 {
					t.Errorf("%s in %s: no buckets for %v, nor for %d without a start", interval, zone, events, noStart)
				}
			}
		}
	}
}
