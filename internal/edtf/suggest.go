package edtf

import (
	"fmt"
	"strconv"
	"strings"
)

// suggest returns err with the value that was probably meant, if the value has a
// common misspelling that is not ambiguous.
func suggest(value string, err error) error {
	if ambiguousDate(value) {
		return fmt.Errorf("%w; day and month are ambiguous: write year-month-day", err)
	}
	meant := value
	for _, rewrite := range rewrites {
		meant = rewrite(meant)
		if meant == value {
			continue
		}
		if _, parseErr := parse(meant); parseErr == nil {
			return fmt.Errorf("%w; did you mean %q?", err, meant)
		}
	}
	return err
}

// rewrites correct misspellings. They are applied one after the other until the
// value parses.
var rewrites = []func(string) string{
	yearMonthDay,
	monthForYear,
	shortIntervalEnd,
	strings.NewReplacer("–", "-", "—", "-", "−", "-", "‑", "-").Replace,
	strings.NewReplacer("?~", "%", "~?", "%").Replace,
	strings.NewReplacer("open", "..", "unknown", "", "UNKNOWN", "", "now", "..").Replace,
	strings.NewReplacer("x", "X", "u", "X", "*", "X", "t", "T", "z", "Z").Replace,
	spaceBeforeTime,
	wholeSeconds,
	bareRange,
}

// yearMonthDay turns 2025/12/20, 20251220, 20.12.2025, 20/12/2025 and the like
// into 2025-12-20 if the order is certain.
func yearMonthDay(s string) string {
	if len(s) == 8 && isNumber(s) {
		return s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	year, month, day, dotted, ok := threeNumbers(s)
	if !ok {
		return s
	}
	if !dotted && day <= 12 && month > 12 { // the month was written last
		month, day = day, month
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}

// ambiguousDate reports whether s is a date such as 03/04/2025, which is in
// April or in March.
func ambiguousDate(s string) bool {
	_, month, day, dotted, ok := threeNumbers(s)
	yearFirst := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) == 4
	return ok && !yearFirst && !dotted && day <= 12 && month <= 12 && day != month
}

// threeNumbers splits a date of three numbers with one kind of separator, either
// year first or year last with the day as its first number.
func threeNumbers(s string) (year, month, day int, dotted, ok bool) {
	for _, separator := range []string{"/", ".", "-"} {
		parts := strings.Split(s, separator)
		if len(parts) != 3 || !isNumber(parts[0]) || !isNumber(parts[1]) || !isNumber(parts[2]) {
			continue
		}
		if len(parts[0]) != 4 {
			parts[0], parts[2] = parts[2], parts[0]
		}
		if len(parts[0]) != 4 || len(parts[1]) > 2 || len(parts[2]) > 2 {
			continue
		}
		year, _ = strconv.Atoi(parts[0])
		month, _ = strconv.Atoi(parts[1])
		day, _ = strconv.Atoi(parts[2])
		return year, month, day, separator == ".", true
	}
	return 0, 0, 0, false, false
}

// monthForYear turns 2025/12 and 2025-1 into 2025-12 and 2025-01.
func monthForYear(s string) string {
	for _, separator := range []string{"/", "-"} {
		year, month, found := strings.Cut(s, separator)
		if found && len(year) == 4 && isNumber(year) && isNumber(month) && len(month) <= 2 {
			return year + "-" + ("0" + month)[len(month)-1:]
		}
	}
	return s
}

// shortIntervalEnd turns 2025-12-19/20 into 2025-12-19/2025-12-20.
func shortIntervalEnd(s string) string {
	start, end, found := strings.Cut(s, "/")
	if found && len(start) == len("2025-12-19") && (len(end) == len("20") || len(end) == len("12-20")) {
		return start + "/" + start[:len(start)-len(end)] + end
	}
	return s
}

// spaceBeforeTime turns "2025-12-20 18:00:00" into 2025-12-20T18:00:00.
func spaceBeforeTime(s string) string {
	if i := len("2025-12-20"); len(s) > i+1 && s[i] == ' ' && isNumber(s[i+1:i+2]) {
		return s[:i] + "T" + s[i+1:]
	}
	return s
}

// wholeSeconds adds seconds to 2025-12-20T18:00Z, and removes the fraction from
// 2025-12-20T18:00:00.123Z.
func wholeSeconds(s string) string {
	date, clock, found := strings.Cut(s, "T")
	if !found || len(clock) < len("18:00") {
		return s
	}
	if zone := clock[len("18:00"):]; !strings.HasPrefix(zone, ":") {
		return date + "T" + clock[:len("18:00")] + ":00" + zone
	}
	if i := strings.IndexAny(clock, ".,"); i >= 0 {
		zone := strings.TrimLeft(clock[i+1:], "0123456789")
		return date + "T" + clock[:i] + zone
	}
	return s
}

// bareRange turns 2025-12-19..2025-12-21 into an interval, ..2022 into ../2022.
func bareRange(s string) string {
	start, end, found := strings.Cut(s, "..")
	switch {
	case !found || start+end == "" || strings.ContainsAny(s, "/[{"):
		return s
	case start == "":
		return "../" + end
	case end == "":
		return start + "/.."
	}
	return start + "/" + end
}

func isNumber(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
