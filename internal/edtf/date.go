package edtf

import "time"

// moment reads a date or a date-time with its qualifiers.
func (p *edtfParser) moment() (Time, error) {
	start := p.pos
	var t Time
	if err := p.qualifier(&t); err != nil {
		return Time{}, err
	}
	if p.accept("Y") {
		return p.longYear(t)
	}
	var d edtfDate
	d.negative = p.accept("-")
	var err error
	if d.year, err = p.pattern(4, "year"); err != nil {
		return Time{}, err
	}
	if d.negative && d.year == "0000" {
		return Time{}, p.fail("year -0000 does not exist: write 0000 for the year before 0001")
	}
	if p.peek() == 'S' {
		return p.roundedYear(t, d)
	}
	if err := p.qualifier(&t); err != nil {
		return Time{}, err
	}
	if d.month, err = p.component(&t, "month"); err != nil {
		return Time{}, err
	}
	if months, ok := edtfSubYears[d.month]; ok {
		return p.subYear(t, d, months)
	}
	if d.month != "" {
		if d.day, err = p.component(&t, "day"); err != nil {
			return Time{}, err
		}
	}
	if p.accept("T") {
		return p.clock(t, d, p.src[start:p.pos-1])
	}
	return p.resolve(t, d)
}

// component reads "-" and a two-digit component with its qualifiers, if there is one.
func (p *edtfParser) component(t *Time, name string) (edtfPattern, error) {
	if !p.accept("-") {
		return "", nil
	}
	if err := p.qualifier(t); err != nil {
		return "", err
	}
	digits, err := p.pattern(2, name)
	if err != nil {
		return "", err
	}
	return digits, p.qualifier(t)
}

// qualifier notes a "?", "~" or "%" if one stands here. Which components it
// qualifies is not kept: the string has that.
func (p *edtfParser) qualifier(t *Time) error {
	switch {
	case p.accept("?"):
		t.Uncertain = true
	case p.accept("~"):
		t.Approximate = true
	case p.accept("%"):
		t.Uncertain, t.Approximate = true, true
	default:
		return nil
	}
	if c := p.peek(); c == '?' || c == '~' || c == '%' {
		return p.fail("two qualifiers in a row: write %% for uncertain and approximate")
	}
	return nil
}

// resolve gives t the hull and the precision of d.
func (p *edtfParser) resolve(t Time, d edtfDate) (Time, error) {
	first, ok := d.edge(false)
	if !ok {
		return Time{}, p.noSuchDate(d)
	}
	last, _ := d.edge(true)
	return t.over(first, last.AddDate(0, 0, 1), d.precision(), d.year), nil
}

// over gives t the floating hull [first, after), or none where the year is
// wholly unspecified.
func (t Time) over(first, after time.Time, precision TimePrecision, year edtfPattern) Time {
	if year == "XXXX" {
		t.Earliest, t.Latest, t.Precision = BeginningOfTime, EndOfTime, PrecisionUnknown
		return t
	}
	t.Earliest, t.Latest = InstantOf(first), InstantOf(after)
	t.EarliestFloats, t.LatestFloats = true, true
	t.Precision = precision
	return t
}

// noSuchDate says which component of d keeps it from being a date.
func (p *edtfParser) noSuchDate(d edtfDate) error {
	monthOK, dayOK := false, d.day == ""
	for n := 1; n <= 31; n++ {
		monthOK = monthOK || n <= 12 && d.month.matches(n)
		dayOK = dayOK || d.day.matches(n)
	}
	switch {
	case !monthOK && d.day != "":
		return p.fail("month %s is not 01..12", d.month)
	case !monthOK:
		return p.fail("month %s is not 01..12 or a season 21..41", d.month)
	case !dayOK:
		return p.fail("day %s is not 01..31", d.day)
	}
	if d.year.exact() && d.month.exact() {
		year, _ := d.years()
		days := daysOf(year, d.month.fill('0'))
		return p.fail("there is no day %s: month %s of %s has %d days", d.day, d.month, d.year, days)
	}
	return p.fail("no year %s has a date %s-%s", d.year, d.month, d.day)
}

// edtfDate is a date as written: its month and day may be empty, and any digit
// of it unspecified.
type edtfDate struct {
	negative         bool
	year, month, day edtfPattern
}

// years are the first and the last year that the year's digits allow.
func (d edtfDate) years() (first, last int) {
	first, last = d.year.fill('0'), d.year.fill('9')
	if d.negative {
		first, last = -last, -first
	}
	return first, last
}

// edge is the first date that d allows, or the last; false where it allows none.
func (d edtfDate) edge(last bool) (time.Time, bool) {
	lo, hi := d.years()
	if d.month != "" && d.day != "" && lo == hi && d.month.exact() && d.day.exact() {
		m, n := d.month.fill('0'), d.day.fill('0')
		if m < 1 || m > 12 || n < 1 || n > daysOf(lo, m) {
			return time.Time{}, false
		}
		return time.Date(lo, time.Month(m), n, 0, 0, 0, 0, time.UTC), true
	}
	return d.looked(lo, hi, last)
}

// looked is edge, looked for from year to year.
func (d edtfDate) looked(lo, hi int, last bool) (time.Time, bool) {
	for y := range edtfWalk(lo, hi, last) {
		if !d.year.matches(max(y, -y)) {
			continue
		}
		for m := range edtfWalk(1, 12, last) {
			if !d.month.matches(m) {
				continue
			}
			for n := range edtfWalk(1, daysOf(y, m), last) {
				if d.day.matches(n) {
					return time.Date(y, time.Month(m), n, 0, 0, 0, 0, time.UTC), true
				}
			}
		}
	}
	return time.Time{}, false
}

// daysOf is the length of a month in the proleptic Gregorian calendar.
func daysOf(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// edtfWalk counts from lo up to hi, or from hi down to lo.
func edtfWalk(lo, hi int, down bool) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := 0; i <= hi-lo; i++ {
			n := lo + i
			if down {
				n = hi - i
			}
			if !yield(n) {
				return
			}
		}
	}
}

// precision is that of the finest component of which something is known, where
// all before it are known in full.
func (d edtfDate) precision() TimePrecision {
	switch {
	case !d.year.exact():
		return PrecisionInterval
	case d.month.unknown() && d.day.unknown():
		return PrecisionYear
	case !d.month.exact() || d.month == "":
		return PrecisionInterval
	case d.day.unknown():
		return PrecisionMonth
	case !d.day.exact():
		return PrecisionInterval
	}
	return PrecisionDay
}

// edtfPattern is a component's digits, "X" standing for an unspecified one.
type edtfPattern string

// matches reports whether n, with leading zeros, can be the component; an empty
// one can be anything.
func (p edtfPattern) matches(n int) bool {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i] != 'X' && int(p[i]-'0') != n%10 {
			return false
		}
		n /= 10
	}
	return p == "" || n == 0
}

// fill is the number with every unspecified digit set to digit.
func (p edtfPattern) fill(digit byte) int {
	n := 0
	for i := range len(p) {
		c := p[i]
		if c == 'X' {
			c = digit
		}
		n = 10*n + int(c-'0')
	}
	return n
}

// exact reports whether no digit is unspecified.
func (p edtfPattern) exact() bool {
	for i := range len(p) {
		if p[i] == 'X' {
			return false
		}
	}
	return true
}

// unknown reports whether the component is absent or wholly unspecified.
func (p edtfPattern) unknown() bool { return p == "" || p == "XX" || p == "XXXX" }
