package mapping

import (
	"fmt"
	"strconv"
	"strings"

	"casus/loader/values"
)

// dayOf returns EDTF for a year, a month and a day in columns of their own, as precise as they are known; nil if the
// year is not known. A part is unknown if it is missing, 0, 99 or negative, and a year also if it is 9999. A month may
// have its English name.
func dayOf(year, month, day string) (any, error) {
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
	if textOrNil(s) == nil {
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
