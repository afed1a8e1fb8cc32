// Package dates reads the dates of cells as programs and people write them, and returns them in EDTF. A date that can
// be read in two ways is an error unless the order of day and month is known.
package dates

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"casus/loader/values"
)

// dateLayouts are the unambiguous date layouts, each with the layout of its EDTF.
var dateLayouts = []struct{ layout, edtf string }{
	{"2006-01-02", time.DateOnly}, {"2006-01-02 15:04:05", time.DateOnly}, {"2006-01-02 15:04:05.000", time.DateOnly},
	{"2006-01-02T15:04:05Z07:00", time.DateOnly}, {"20060102", time.DateOnly}, {"2006/01/02", time.DateOnly},
	{"02.01.2006", time.DateOnly}, {"2.1.2006", time.DateOnly},
	{"2.1.2006 15:04", time.DateOnly}, {"2.1.2006 15:04:05", time.DateOnly},
	{"2 January 2006", time.DateOnly}, {"2 Jan 2006", time.DateOnly}, {"2-Jan-2006", time.DateOnly},
	{"January 2, 2006", time.DateOnly}, {"Jan 2, 2006", time.DateOnly},
	{"2006-01-02T15:04:05", time.DateOnly}, {"2006-01-02 15:04", time.DateOnly}, {"2006-01-02 15:04:05Z07:00",
		time.DateOnly},
	{"2006/01/02 15:04:05", time.DateOnly}, {"2006/01/02 15:04", time.DateOnly}, {"2006-01-02T15:04", time.DateOnly},
	{"2006-1-2", time.DateOnly}, {"2006/1/2", time.DateOnly},
	{"2006-01", "2006-01"}, {"January 2006", "2006-01"}, {"Jan 2006", "2006-01"}, {"2006", "2006"},
	{"2006/01", "2006-01"}, {"01/2006", "2006-01"}, {"1/2006", "2006-01"},
}

// Order is whether the day or the month comes first in dates of numbers such as 03/01/2024.
type Order string

// The values of Order. Without one, such dates are errors.
const (
	DayFirst   Order = "day-first"
	MonthFirst Order = "month-first"
)

// Orders returns the values of Order.
func Orders() []Order { return []Order{DayFirst, MonthFirst} }

// ambiguousDate matches dates that do not show whether the day or the month comes first, with a time of day at most.
var ambiguousDate = regexp.MustCompile(`^(\d{1,2})([/-])(\d{1,2})[/-](\d{4}|\d{2})(\s.*)?$`)

// Parse parses a date and returns it in EDTF, as precise as it was written; nil if there is none.
func (o Order) Parse(s string) (any, error) {
	s, err := values.Code(s) // as 2014.0 and 20140122.0
	if s == "" || err != nil {
		return nil, err
	}
	for _, d := range dateLayouts {
		if t, err := time.Parse(d.layout, s); err == nil {
			return t.Format(d.edtf), nil
		}
	}
	if date, err := parseNamedMonth(s); date != "" || err != nil {
		return date, err
	}
	if found := ambiguousDate.FindStringSubmatch(s); found != nil {
		return o.parseAmbiguous(s, found)
	}
	if days := sheetDays(s); days > 0 {
		return nil, fmt.Errorf("%q is not a date but the number that a spreadsheet has for %s: save the column as dates", s,
			sheetEpoch.AddDate(0, 0, days).Format(time.DateOnly))
	}
	return nil, fmt.Errorf(`%.80q is not a date such as 2025-12-20, 20251220 or 20 December 2025; `+
		`for other forms use date(text, "DD/MM/YYYY")`, s)
}

// sheetEpoch is the day 0 of spreadsheets, for days after February 1900.
var sheetEpoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// sheetDays returns the number of a spreadsheet for a day from 1927 on, if a text is one with or without a time of day;
// else 0.
func sheetDays(s string) int {
	whole, _, _ := strings.Cut(s, ".")
	if days, err := strconv.Atoi(whole); err == nil && days >= 10_000 && days < 100_000 && pointNumber.MatchString(s) {
		return days
	}
	return 0
}

var pointNumber = regexp.MustCompile(`^\d{5}(\.\d+)?$`)

// parseAmbiguous parses a date from the parts that ambiguousDate found.
func (o Order) parseAmbiguous(s string, found []string) (any, error) {
	layout := map[Order]string{DayFirst: "DD/MM/YYYY", MonthFirst: "MM/DD/YYYY"}[o]
	if layout == "" {
		return nil, fmt.Errorf(`%.80q is ambiguous: use date(text, "DD/MM/YYYY") or date(text, "MM/DD/YYYY"), `+
			`or state the order with --dates or input.dates`, s)
	}
	layout = strings.ReplaceAll(layout, "/", found[2])
	if len(found[4]) == 2 {
		layout = strings.Replace(layout, "YYYY", "YY", 1)
	}
	return ParseAs(s, layout)
}

// layoutFields are the fields of a layout. Longer fields precede their prefixes.
var layoutFields = []struct {
	field, layout string
	precision     int // 0 year, 1 month, 2 day
}{
	{"YYYY", "2006", 0}, {"YY", "06", 0},
	{"MMMM", "January", 1}, {"MMM", "Jan", 1}, {"MM", "1", 1}, {"M", "1", 1}, {"DD", "2", 2}, {"D", "2", 2},
	{"HH", "15", 2}, {"H", "15", 2}, {"mm", "04", 2}, {"ss", "05", 2},
}

// ParseAs parses a date in a layout of YYYY, YY, MM, M, MMM, MMMM, DD, D, HH, mm and ss, and returns it in EDTF, no
// more precise than the layout. Any other character stands for itself. Days and months may lack their leading zero. A
// time of day after the date is ignored. Years of two digits are those from 1969 to 2068.
func ParseAs(s, layout string) (any, error) {
	if values.Missing(s) {
		return nil, nil
	}
	var goLayout strings.Builder
	precision := -1
	afterDigits := false // the field before is one of digits, without a separator
	for rest := layout; rest != ""; {
		token := rest[:1]
		isDigits := false
		for _, f := range layoutFields {
			if strings.HasPrefix(rest, f.field) {
				token = f.field
				precision = max(precision, f.precision)
				isDigits = !strings.HasPrefix(token, "MMM")
				if isDigits && len(token) == 2 && (afterDigits || startsWithDigits(rest[2:])) {
					f.layout = "0" + strings.TrimPrefix(f.layout, "0") // else it is not clear which digits are whose
				}
				goLayout.WriteString(f.layout)
				break
			}
		}
		afterDigits = isDigits
		if len(token) == 1 && !strings.Contains("MDH", token) {
			if '0' <= token[0] && token[0] <= '9' {
				return nil, fmt.Errorf("%q is not a layout such as DD/MM/YYYY: it contains digits", layout)
			}
			goLayout.WriteString(token)
		}
		rest = rest[len(token):]
	}
	if precision < 0 || !strings.Contains(layout, "YY") {
		return nil, fmt.Errorf("%q is not a layout such as DD/MM/YYYY", layout)
	}
	s = strings.TrimSpace(s)
	t, err := time.Parse(goLayout.String(), s)
	if err != nil {
		t, err = time.Parse(goLayout.String(), strings.TrimSpace(clockAtEnd.ReplaceAllString(s, "")))
	}
	if err != nil {
		return nil, fmt.Errorf("%q is not a date in the layout %s", s, layout)
	}
	return t.Format([]string{"2006", "2006-01", time.DateOnly}[precision]), nil
}

// startsWithDigits reports whether a layout begins with a field of digits.
func startsWithDigits(layout string) bool {
	return layout != "" && strings.Contains("YMDHms", layout[:1]) && !strings.HasPrefix(layout, "MMM")
}

// instantLayouts are the forms of date-times, in which a zone may be missing.
var instantLayouts = []string{
	"20060102150405", time.RFC3339, "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05Z07",
	"2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05 MST", "2006-01-02 15:04:05", "2006-01-02T15:04:05",
	"2006-01-02 15:04",
	"2006-01-02T15:04",
}

// ParseInstant parses a date-time, which is in UTC unless it has an offset. It returns RFC 3339 in UTC.
func ParseInstant(s string) (any, error) {
	s, err := values.Code(s) // as 2.0150218e+13
	if s == "" || err != nil {
		return nil, err
	}
	for _, layout := range instantLayouts {
		t, err := time.Parse(layout, s)
		if name, _ := t.Zone(); err == nil && (layout != "2006-01-02 15:04:05 MST" || name == "UTC" || name == "GMT") {
			return t.UTC().Format("2006-01-02T15:04:05Z"), nil
		}
	}
	return nil, fmt.Errorf("%.80q is not a date-time such as 20251220180000 or 2025-12-20 18:00:00", s)
}

// ParseDateTime parses a date with or without a time of day and returns it in EDTF. A time of day without a zone is
// local time at the place of the event.
func (o Order) ParseDateTime(s string) (any, error) {
	if values.Missing(s) {
		return nil, nil
	}
	s = strings.TrimSpace(s)
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04",
		"2006-01-02T15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format("2006-01-02T15:04:05"), nil
		}
	}
	if t, err := ParseInstant(s); err == nil && len(s) > len("20251220180000") {
		return t, nil
	}
	return o.Parse(s)
}

// Day returns EDTF for a year, a month and a day in columns of their own, as precise as they are known; nil if the
// year is not known. A part is unknown if it is missing, 0, 99 or negative, and a year also if it is 9999. A month may
// have its English name.
func Day(year, month, day string) (any, error) {
	y, err := datePart("year", year, 9998)
	if err != nil || y == 0 {
		return nil, err
	}
	if y < 100 {
		return nil, fmt.Errorf("%.40q is not a year of three or four digits", year)
	}
	m := MonthNumber(strings.TrimSuffix(strings.TrimSpace(month), "."))
	if m == 0 {
		if m, err = datePart("month", month, 12); err != nil {
			return nil, err
		}
	}
	d, err := datePart("day", day, 31)
	switch {
	case err != nil:
		return nil, err
	case m == 0:
		return fmt.Sprintf("%04d", y), nil
	case d == 0:
		return fmt.Sprintf("%04d-%02d", y, m), nil
	case d > daysIn(y, m):
		return nil, fmt.Errorf("%04d-%02d has no day %d", y, m, d)
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d), nil
}

// datePart returns a part of a date; 0 if it is unknown.
func datePart(name, s string, limit int) (int, error) {
	if values.Missing(s) {
		return 0, nil
	}
	plain, err := values.Code(s)
	if err != nil {
		return 0, err
	}
	plain, fraction, _ := strings.Cut(plain, ".")
	n, err := strconv.Atoi(plain)
	switch {
	case err != nil || strings.Trim(fraction, "0") != "":
		return 0, fmt.Errorf("%.40q is not the number of a %s", s, name)
	case n < 0 || n == 99 || n == 9999:
		return 0, nil
	case n > limit:
		return 0, fmt.Errorf("the %s %d is more than %d", name, n, limit)
	}
	return n, nil
}
