package mapping

import (
	"fmt"
	"regexp"
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
	{"2006-01-02T15:04:05", time.DateOnly}, {"2006-01-02 15:04", time.DateOnly},
	{"2006-1-2", time.DateOnly}, {"2006/1/2", time.DateOnly},
	{"2006-01", "2006-01"}, {"January 2006", "2006-01"}, {"Jan 2006", "2006-01"}, {"2006", "2006"},
}

// ambiguousDate matches dates that do not show whether the day or the month comes first.
var ambiguousDate = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/\d{4}( .*)?$`)

// parseDate parses an unambiguous date and returns it in EDTF, as precise as it was written; nil if there is none.
func parseDate(s string) (any, error) {
	s, err := values.Code(s) // as 2014.0 and 20140122.0
	if s == "" || err != nil {
		return nil, err
	}
	for _, d := range dateLayouts {
		if t, err := time.Parse(d.layout, s); err == nil {
			return t.Format(d.edtf), nil
		}
	}
	if ambiguousDate.MatchString(s) {
		return nil, fmt.Errorf(`%q is ambiguous: use date(text, "DD/MM/YYYY") or date(text, "MM/DD/YYYY")`, s)
	}
	return nil, fmt.Errorf(`%q is not a date such as 2025-12-20, 20251220 or 20 December 2025; `+
		`for other forms use date(text, "DD/MM/YYYY")`, s)
}

// layoutFields are the fields of a layout. A field stands before its prefixes.
var layoutFields = []struct {
	field, layout string
	precision     int // 0 year, 1 month, 2 day
}{
	{"YYYY", "2006", 0}, {"YY", "06", 0},
	{"MMMM", "January", 1}, {"MMM", "Jan", 1}, {"MM", "1", 1}, {"M", "1", 1}, {"DD", "2", 2}, {"D", "2", 2},
	{"HH", "15", 2}, {"H", "15", 2}, {"mm", "04", 2}, {"ss", "05", 2},
}

// parseDateAs parses a date in a layout of YYYY, YY, MM, M, MMM, MMMM, DD, D, HH, mm and ss, and returns it in EDTF, no
// more precise than the layout. Any other character stands for itself. Days and months may lack their leading zero.
func parseDateAs(s, layout string) (any, error) {
	if textOrNil(s) == nil {
		return nil, nil
	}
	var goLayout strings.Builder
	precision := -1
	for rest := layout; rest != ""; {
		token := rest[:1]
		for _, f := range layoutFields {
			if strings.HasPrefix(rest, f.field) {
				token = f.field
				precision = max(precision, f.precision)
				goLayout.WriteString(f.layout)
				break
			}
		}
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
	t, err := time.Parse(goLayout.String(), strings.TrimSpace(s))
	if err != nil {
		return nil, fmt.Errorf("%q is not a date in the layout %s", s, layout)
	}
	return t.Format([]string{"2006", "2006-01", time.DateOnly}[precision]), nil
}

// parseInstant parses a date-time: RFC 3339, or digits alone, in UTC. It returns RFC 3339 in UTC.
func parseInstant(s string) (any, error) {
	s, err := values.Code(s)
	if s == "" || err != nil {
		return nil, err
	}
	for _, layout := range []string{"20060102150405", time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC().Format(time.RFC3339), nil
		}
	}
	return nil, fmt.Errorf("%q is not a date-time such as 20251220180000", s)
}
