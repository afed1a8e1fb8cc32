// Package edtftest reads EDTF a second time, for tests: values are made together with the days and hours they allow, which are
// found by looking at every one of them. It knows nothing of how kg reads them.
package edtf

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// The years within which all bounded values lie, and a margin about them: what is open reaches beyond.
const (
	firstYear, lastYear = 2018, 2031
	Hour                = time.Hour
)

// Window is the stretch of time that is enumerated.
func Window() (from, to time.Time) {
	return time.Date(firstYear-1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(lastYear+2, 1, 1, 0, 0, 0, 0, time.UTC)
}

// Value is an EDTF value and what it allows.
type Value struct {
	Form, EDTF string
	// First and End are the first hour allowed and the one after the last, in UTC where the value floats. Of an open or
	// unknown end they are zero.
	First, End time.Time
	// Floats says that the value names days of whatever calendar.
	Floats bool
}

// Possibly says whether any hour of [lo, hi) lies between the first and the last that are allowed, Definitely whether none
// lies elsewhere; zero bounds are none. Every hour of the window is looked at.
func (v Value) Possibly(lo, hi time.Time) bool { return v.some(lo, hi, true) }

// Definitely: see Possibly.
func (v Value) Definitely(lo, hi time.Time) bool { return !v.some(lo, hi, false) }

// some says whether an hour that is allowed lies in a range, or outside it.
func (v Value) some(lo, hi time.Time, inside bool) bool {
	from, to := Window()
	first, end := hours(v.First, from), hours(v.End, to)
	low, high := hours(lo, from), hours(hi, to)
	for hour := hours(from, from); hour < hours(to, to); hour++ {
		if allowed := first <= hour && hour < end; allowed && (low <= hour && hour < high) == inside {
			return true
		}
	}
	return false
}

// hours counts them since 1970; a time that is none is the other.
func hours(t, other time.Time) int64 {
	if t.IsZero() {
		t = other
	}
	return t.Unix() / 3600
}

// form makes values of one form.
type form struct {
	name string
	make func(r *rand.Rand) Value
}

// parts are the forms that intervals and sets are made of: whole days.
var parts = []form{
	{"day", func(r *rand.Rand) Value { return days(randomDay(r).Format("2006-01-02")) }},
	{"month", func(r *rand.Rand) Value { return days(randomDay(r).Format("2006-01")) }},
	{"year", func(r *rand.Rand) Value { return days(randomDay(r).Format("2006")) }},
	{"qualified", func(r *rand.Rand) Value {
		return days(randomDay(r).Format([]string{"2006-01-02", "2006-01", "2006"}[r.IntN(3)])).written("%s" + []string{"~", "?", "%%"}[r.IntN(3)])
	}},
	{"season", func(r *rand.Rand) Value { return season(year(r), 21+r.IntN(12)) }},
	{"quarter and third", func(r *rand.Rand) Value { return season(year(r), 33+r.IntN(9)) }},
	{"unspecified", func(r *rand.Rand) Value {
		d := randomDay(r).Format("2006-01-02")
		return days([]string{d[:3] + "X", d[:5] + "XX", d[:8] + "XX", d[:5] + "XX-XX", d[:9] + "X"}[r.IntN(5)])
	}},
}

// forms are all.
var forms = append(slices.Clone(parts), []form{
	{"instant", func(r *rand.Rand) Value {
		at := randomDay(r).Add(time.Duration(r.IntN(24)) * Hour)
		return Value{EDTF: at.Format("2006-01-02T15:04:05Z"), First: at, End: at.Add(Hour)}
	}},
	{"instant at an offset", func(r *rand.Rand) Value {
		hours := r.IntN(25) - 12
		at := randomDay(r).Add(time.Duration(r.IntN(24)) * Hour)
		return Value{EDTF: at.In(time.FixedZone("", hours*60*60)).Format("2006-01-02T15:04:05-07:00"), First: at, End: at.Add(Hour)}
	}},
	{"interval", func(r *rand.Rand) Value {
		a, b := two(r)
		return Value{EDTF: a.EDTF + "/" + b.EDTF, First: a.First, End: b.End, Floats: true}
	}},
	{"open end", func(r *rand.Rand) Value { a := part(r); a.End = time.Time{}; return a.written("%s/..") }},
	{"open start", func(r *rand.Rand) Value { a := part(r); a.First = time.Time{}; return a.written("../%s") }},
	{"unknown end", func(r *rand.Rand) Value { a := part(r); a.End = time.Time{}; return a.written("%s/") }},
	{"unknown start", func(r *rand.Rand) Value { a := part(r); a.First = time.Time{}; return a.written("/%s") }},
	{"nothing known", func(r *rand.Rand) Value { return Value{EDTF: []string{"XXXX", "../.."}[r.IntN(2)]} }},
	{"one of a range", func(r *rand.Rand) Value {
		a, b := two(r)
		return Value{EDTF: "[" + a.EDTF + ".." + b.EDTF + "]", First: a.First, End: b.End, Floats: true}
	}},
	{"some", func(r *rand.Rand) Value {
		a, b := two(r)
		brackets := []string{"[]", "{}"}[r.IntN(2)]
		return Value{EDTF: brackets[:1] + b.EDTF + "," + a.EDTF + brackets[1:], First: a.First, End: later(a.End, b.End), Floats: true}
	}},
	{"some, open before", func(r *rand.Rand) Value { a := plain(r); a.First = time.Time{}; return a.written("[..%s]") }},
	{"some, open after", func(r *rand.Rand) Value { a := plain(r); a.End = time.Time{}; return a.written("[%s..]") }},
}...)

// Forms says how many forms there are; the first Days of them are of whole days.
func Forms() int { return len(forms) }

// Days says how many.
func Days() int { return len(parts) }

// Random is a value of the form of that number.
func Random(r *rand.Rand, form int) Value {
	f := forms[form]
	v := f.make(r)
	v.Form = f.name
	return v
}

func (v Value) written(format string) Value {
	v.EDTF = fmt.Sprintf(format, v.EDTF)
	return v
}

func year(r *rand.Rand) int { return firstYear + 2 + r.IntN(lastYear-firstYear-4) }

func randomDay(r *rand.Rand) time.Time {
	return time.Date(year(r), 1, 1+r.IntN(365), 0, 0, 0, 0, time.UTC)
}

// part is a value that may be the end of an interval, plain one that may be in a set.
func part(r *rand.Rand) Value { return parts[r.IntN(len(parts))].make(r) }

func plain(r *rand.Rand) Value { return parts[r.IntN(3)].make(r) }

// two are two plain values, the one that begins first before the other, and ends before it.
func two(r *rand.Rand) (a, b Value) {
	for {
		a, b = plain(r), plain(r)
		if a.First.Before(b.First) && !b.End.Before(a.End) {
			return a, b
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// days is a date of which digits may be missing at the end, or be written X: all days whose own date fits.
func days(pattern string) Value {
	return fitting(pattern, func(d day) bool {
		for i := range len(pattern) {
			if pattern[i] != 'X' && pattern[i] != d.date[i] {
				return false
			}
		}
		return true
	})
}

// season are the days of a season: by the months of the northern or southern year, of its quarters or its thirds or halves. A
// winter that begins in December goes on in the next year.
func season(year, code int) Value {
	first, length := 0, 3
	switch {
	case code <= 28: // 21..24, and 25..28 which say northern: March, June, September, December
		first = 3 + 3*((code-21)%4)
	case code <= 32: // southern spring begins in September
		first = []int{9, 12, 3, 6}[code-29]
	case code <= 36:
		first = 1 + 3*(code-33)
	case code <= 39:
		first, length = 1+4*(code-37), 4
	default:
		first, length = 1+6*(code-40), 6
	}
	begin := time.Date(year, time.Month(first), 1, 0, 0, 0, 0, time.UTC)
	return fitting(fmt.Sprintf("%04d-%d", year, code), func(d day) bool {
		months := (d.begin.Year()-begin.Year())*12 + int(d.begin.Month()-begin.Month())
		return months >= 0 && months < length
	})
}

// day is one of the window's.
type day struct {
	begin time.Time
	date  string
}

var everyDay = sync.OnceValue(func() (all []day) {
	from, to := Window()
	for at := from; at.Before(to); at = at.AddDate(0, 0, 1) {
		all = append(all, day{at, at.Format("2006-01-02")})
	}
	return all
})

// fitting looks at every day of the window.
func fitting(edtf string, fits func(day) bool) Value {
	v := Value{EDTF: edtf, Floats: true}
	for _, d := range everyDay() {
		if !fits(d) {
			continue
		}
		if v.First.IsZero() {
			v.First = d.begin
		}
		v.End = d.begin.AddDate(0, 0, 1)
	}
	if v.First.IsZero() {
		panic("no day is a " + edtf) // a fault of the test
	}
	return v
}
