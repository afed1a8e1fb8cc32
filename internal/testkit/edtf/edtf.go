// Package edtf generates EDTF values for tests, each together with the hours that it allows. It finds these by testing
// every day of a window of some years, independently of casus/internal/edtf.
package edtf

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// All bounded values lie within these years. Open ends reach past the window.
const (
	firstYear, lastYear = 2018, 2031
)

// window returns the range of time that is enumerated: the years of the values and one year on either side.
func window() (from, to time.Time) {
	return time.Date(firstYear-1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(lastYear+2, 1, 1, 0, 0, 0, 0, time.UTC)
}

// Value is an EDTF value and the range of time that it allows.
type Value struct {
	Form, EDTF string
	// First and End are the first hour allowed and the hour after the last one, in UTC if the value floats. They are zero
	// for an open or unknown end.
	First, End time.Time
	// Floats is set if the value is a date in any time zone.
	Floats bool
}

// Possibly reports whether any allowed hour lies in [lo, hi). A zero bound is unbounded.
func (v Value) Possibly(lo, hi time.Time) bool { return v.allowsHour(lo, hi, true) }

// Definitely reports whether all allowed hours lie in [lo, hi). A zero bound is unbounded.
func (v Value) Definitely(lo, hi time.Time) bool { return !v.allowsHour(lo, hi, false) }

// allowsHour reports whether any allowed hour lies inside [lo, hi), or outside it. It tests every hour of the window.
func (v Value) allowsHour(lo, hi time.Time, inside bool) bool {
	from, to := window()
	first, end := hours(v.First, from), hours(v.End, to)
	low, high := hours(lo, from), hours(hi, to)
	for hour := hours(from, from); hour < hours(to, to); hour++ {
		if allowed := first <= hour && hour < end; allowed && (low <= hour && hour < high) == inside {
			return true
		}
	}
	return false
}

// hours returns the number of hours from 1970 to t, or to unbounded if t is zero.
func hours(t, unbounded time.Time) int64 {
	if t.IsZero() {
		t = unbounded
	}
	return t.Unix() / 3600
}

// form generates values of one form.
type form struct {
	name     string
	generate func(r *rand.Rand) Value
}

// dayForms are the forms whose values are whole days. Intervals and sets are made of them.
var dayForms = []form{
	{"day", func(r *rand.Rand) Value { return days(randomDay(r).Format("2006-01-02")) }},
	{"month", func(r *rand.Rand) Value { return days(randomDay(r).Format("2006-01")) }},
	{"year", func(r *rand.Rand) Value { return days(randomDay(r).Format("2006")) }},
	{"qualified", func(r *rand.Rand) Value {
		v := days(randomDay(r).Format([]string{"2006-01-02", "2006-01", "2006"}[r.IntN(3)]))
		return v.format("%s" + []string{"~", "?", "%%"}[r.IntN(3)])
	}},
	{"season", func(r *rand.Rand) Value { return season(year(r), 21+r.IntN(12)) }},
	{"quarter and third", func(r *rand.Rand) Value { return season(year(r), 33+r.IntN(9)) }},
	{"unspecified", func(r *rand.Rand) Value {
		d := randomDay(r).Format("2006-01-02")
		return days([]string{d[:3] + "X", d[:5] + "XX", d[:8] + "XX", d[:5] + "XX-XX", d[:9] + "X"}[r.IntN(5)])
	}},
}

// forms are all forms, dayForms first.
var forms = append(slices.Clone(dayForms), []form{
	{"instant", func(r *rand.Rand) Value {
		at := randomDay(r).Add(time.Duration(r.IntN(24)) * time.Hour)
		return Value{EDTF: at.Format("2006-01-02T15:04:05Z"), First: at, End: at.Add(time.Hour)}
	}},
	{"instant at an offset", func(r *rand.Rand) Value {
		hours := r.IntN(25) - 12
		at := randomDay(r).Add(time.Duration(r.IntN(24)) * time.Hour)
		zone := time.FixedZone("", hours*60*60)
		return Value{EDTF: at.In(zone).Format("2006-01-02T15:04:05-07:00"), First: at, End: at.Add(time.Hour)}
	}},
	{"interval", func(r *rand.Rand) Value {
		a, b := orderedDates(r)
		return Value{EDTF: a.EDTF + "/" + b.EDTF, First: a.First, End: b.End, Floats: true}
	}},
	{"open end", func(r *rand.Rand) Value {
		a := intervalEnd(r)
		a.End = time.Time{}
		return a.format("%s/..")
	}},
	{"open start", func(r *rand.Rand) Value {
		a := intervalEnd(r)
		a.First = time.Time{}
		return a.format("../%s")
	}},
	{"unknown end", func(r *rand.Rand) Value {
		a := intervalEnd(r)
		a.End = time.Time{}
		return a.format("%s/")
	}},
	{"unknown start", func(r *rand.Rand) Value {
		a := intervalEnd(r)
		a.First = time.Time{}
		return a.format("/%s")
	}},
	{"nothing known", func(r *rand.Rand) Value { return Value{EDTF: []string{"XXXX", "../.."}[r.IntN(2)]} }},
	{"one of a range", func(r *rand.Rand) Value {
		a, b := orderedDates(r)
		return Value{EDTF: "[" + a.EDTF + ".." + b.EDTF + "]", First: a.First, End: b.End, Floats: true}
	}},
	{"set", func(r *rand.Rand) Value {
		a, b := orderedDates(r)
		brackets := []string{"[]", "{}"}[r.IntN(2)]
		members := b.EDTF + "," + a.EDTF
		return Value{EDTF: brackets[:1] + members + brackets[1:], First: a.First, End: later(a.End, b.End), Floats: true}
	}},
	{"set with an open start", func(r *rand.Rand) Value {
		a := plainDate(r)
		a.First = time.Time{}
		return a.format("[..%s]")
	}},
	{"set with an open end", func(r *rand.Rand) Value {
		a := plainDate(r)
		a.End = time.Time{}
		return a.format("[%s..]")
	}},
}...)

// Forms returns the number of forms. The values of the first Days of them are whole days.
func Forms() int { return len(forms) }

// Days returns the number of forms whose values are whole days.
func Days() int { return len(dayForms) }

// Random returns a random value of a form, 0 <= form < Forms().
func Random(r *rand.Rand, form int) Value {
	f := forms[form]
	v := f.generate(r)
	v.Form = f.name
	return v
}

// format returns v with its EDTF formatted.
func (v Value) format(format string) Value {
	v.EDTF = fmt.Sprintf(format, v.EDTF)
	return v
}

func year(r *rand.Rand) int { return firstYear + 2 + r.IntN(lastYear-firstYear-4) }

func randomDay(r *rand.Rand) time.Time {
	return time.Date(year(r), 1, 1+r.IntN(365), 0, 0, 0, 0, time.UTC)
}

// intervalEnd returns a value of any form of whole days.
func intervalEnd(r *rand.Rand) Value { return dayForms[r.IntN(len(dayForms))].generate(r) }

// plainDate returns a day, a month or a year.
func plainDate(r *rand.Rand) Value { return dayForms[r.IntN(3)].generate(r) }

// orderedDates returns two plain dates: a starts before b and does not end after it.
func orderedDates(r *rand.Rand) (a, b Value) {
	for {
		a, b = plainDate(r), plainDate(r)
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

// days returns the value of a date that may lack components or have digits X: it allows every day that matches.
func days(pattern string) Value {
	return enumerate(pattern, func(d day) bool {
		for i := range len(pattern) {
			if pattern[i] != 'X' && pattern[i] != d.date[i] {
				return false
			}
		}
		return true
	})
}

// season returns the value of a group of months in a year, by its EDTF code: a season in the north or south, a quarter,
// a third or a half of the year. A season that starts in December extends into the next year.
func season(year, code int) Value {
	var first int
	length := 3
	switch {
	case code <= 28: // 21..24, and 25..28 for the north: March, June, September, December
		first = 3 + 3*((code-21)%4)
	case code <= 32: // spring in the south starts in September
		first = []int{9, 12, 3, 6}[code-29]
	case code <= 36:
		first = 1 + 3*(code-33)
	case code <= 39:
		first, length = 1+4*(code-37), 4
	default:
		first, length = 1+6*(code-40), 6
	}
	begin := time.Date(year, time.Month(first), 1, 0, 0, 0, 0, time.UTC)
	return enumerate(fmt.Sprintf("%04d-%d", year, code), func(d day) bool {
		months := (d.begin.Year()-begin.Year())*12 + int(d.begin.Month()-begin.Month())
		return months >= 0 && months < length
	})
}

// day is a day of the window.
type day struct {
	begin time.Time
	date  string
}

var everyDay = sync.OnceValue(func() (all []day) {
	from, to := window()
	for at := from; at.Before(to); at = at.AddDate(0, 0, 1) {
		all = append(all, day{at, at.Format("2006-01-02")})
	}
	return all
})

// enumerate returns a value that allows every day of the window that matches. It panics if there is none, which is a
// fault of the generator.
func enumerate(value string, matches func(day) bool) Value {
	v := Value{EDTF: value, Floats: true}
	for _, d := range everyDay() {
		if !matches(d) {
			continue
		}
		if v.First.IsZero() {
			v.First = d.begin
		}
		v.End = d.begin.AddDate(0, 0, 1)
	}
	if v.First.IsZero() {
		panic("no day matches " + value)
	}
	return v
}
