package dates

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// monthNumbers are the months by the first three letters of their English names.
var monthNumbers = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
	"dec": 12,
}

// MonthNumber returns the number of an English month's name, or of its usual short forms; 0 if the word is no month.
func MonthNumber(word string) int {
	word = strings.ToLower(word)
	if len(word) < 3 {
		return 0
	}
	n := monthNumbers[word[:3]]
	if n == 0 || word == "sept" || strings.HasPrefix(strings.ToLower(time.Month(n).String()), word) {
		return n
	}
	return 0
}

var (
	// namedMonth matches a month's name between numbers, as in 28-Jan-90, Jan. 28th, 1990 and 28JAN1990.
	namedMonth = regexp.MustCompile(`(?i)^(?:(\d{1,4})(?:st|nd|rd|th)?[\s.,/-]*(?:of\s+)?)?([a-z]{3,9})\.?` +
		`(?:[\s,/'’-]*(\d{1,4})(?:st|nd|rd|th)?)?` +
		`(?:[\s,/'’-]+(\d{4}|\d{2}))?$`)
	// weekday matches the name of a day before a date.
	weekday = regexp.MustCompile(`(?i)^(mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(day)?[.,]?\s+`)
)

// parseNamedMonth parses a date whose month has an English name and returns it in EDTF; "" if it has another form. A
// year of two digits is one from 1969 to 2068.
func parseNamedMonth(s string) (string, error) {
	if len(s) > 60 || !strings.ContainsFunc(s, unicode.IsLetter) {
		return "", nil
	}
	plain := strings.TrimSpace(clockAtEnd.ReplaceAllString(weekday.ReplaceAllString(s, ""), ""))
	found := namedMonth.FindStringSubmatch(plain)
	if found == nil {
		return "", nil
	}
	before, after, last := found[1], found[3], found[4]
	month := MonthNumber(found[2])
	var year, day string
	switch {
	case month == 0:
		return "", nil
	case before != "" && last != "":
		return "", nil
	case before != "" && after != "" && len(before) == 4: // 1990-Jan-28
		year, day = before, after
	case before != "" && after != "": // 28-Jan-90
		day, year = before, after
	case before != "" && len(before) == 4: // 1990 Jan
		year = before
	case last != "": // Jan 28, 1990
		day, year = after, last
	case len(after) == 4: // Jan 1990
		year = after
	default: // Jan 28 and Jan 90 lack the year or the day
		return "", nil
	}
	if len(day) > 2 || len(year) != 2 && len(year) != 4 {
		return "", nil
	}
	y, _ := strconv.Atoi(year) // at most four digits
	if len(year) == 2 {
		y = fullYear(y)
	}
	if day == "" {
		return fmt.Sprintf("%04d-%02d", y, month), nil
	}
	d, _ := strconv.Atoi(day)
	if d < 1 || d > daysIn(y, month) {
		return "", fmt.Errorf("%.80q is not a date: the month has no such day", s)
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, month, d), nil
}

// clockAtEnd matches a time of day at the end of a date.
var clockAtEnd = regexp.MustCompile(
	`(?i)[T\s]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(\s*[ap]\.?m\.?)?(\s*(Z|UTC|GMT|[+-]\d{2}(:?\d{2})?))?$`)

// fullYear returns the year that a number of two digits stands for.
func fullYear(y int) int {
	if y >= 69 {
		return 1900 + y
	}
	return 2000 + y
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
