package edtf

import (
	"strconv"
	"time"
)

// longYear reads a year after "Y": five digits or more, or fewer and an
// exponent of ten ("Y-17E5" is the year -1,700,000), and significant digits.
func (p *parser) longYear(t Time) (Time, error) {
	negative := p.accept("-")
	if p.peek() == '0' {
		return Time{}, p.fail("a year after Y has no leading zero")
	}
	digits, year, err := p.digits("year")
	if err != nil {
		return Time{}, err
	}
	exponent := 0
	if p.accept("E") {
		if _, exponent, err = p.digits("exponent"); err != nil {
			return Time{}, err
		}
	} else if digits < 5 {
		return Time{}, p.fail("Y is for years of five digits or more: write %04d", year)
	}
	for ; exponent > 0 && year <= maxYear; exponent-- {
		year *= 10
	}
	if year > maxYear {
		return Time{}, p.fail("the year is not in -%d..%[1]d, the range of an instant in milliseconds", maxYear)
	}
	return p.significant(t, year, negative)
}

// roundedYear reads the significant digits after a year of four digits.
func (p *parser) roundedYear(t Time, d date) (Time, error) {
	if !d.year.exact() {
		return Time{}, p.fail("significant digits need a whole year, such as 1950S2, not %s", d.year)
	}
	return p.significant(t, d.year.fill('0'), d.negative)
}

// significant reads an optional "S" with the number of leading digits of year
// that are significant, and an optional qualifier. "1950S2" is a year from 1900 to 1999,
// estimated to be 1950: the hull is the century.
func (p *parser) significant(t Time, year int, negative bool) (Time, error) {
	block := 1
	if p.accept("S") {
		_, count, err := p.digits("number of significant digits")
		if err != nil {
			return Time{}, err
		}
		written := len(strconv.Itoa(year))
		if count < 1 || count > written {
			return Time{}, p.fail("%d significant digits of a year with %d: between 1 and all of them can be significant",
				count, written)
		}
		for range written - count {
			block *= 10
		}
	}
	if err := p.qualifier(&t); err != nil {
		return Time{}, err
	}
	first := year - year%block
	last := first + block - 1
	if last > maxYear {
		return Time{}, p.fail("the years are not all in -%d..%[1]d, the range of an instant in milliseconds", maxYear)
	}
	if negative {
		first, last = -last, -first
	}
	precision := PrecisionYear
	if block > 1 {
		precision = PrecisionInterval
	}
	january := func(y int) time.Time { return time.Date(y, time.January, 1, 0, 0, 0, 0, time.UTC) }
	return t.withHull(january(first), january(last+1), precision, ""), nil
}
