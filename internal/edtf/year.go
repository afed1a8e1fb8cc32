package edtf

import (
	"strconv"
	"time"
)

// edtfMaxYear is the largest year, on either side of year 0, that ParseTime
// accepts: its milliseconds lie between BeginningOfTime and EndOfTime.
const edtfMaxYear = 146_000_000

// longYear reads a year behind "Y": five digits or more, or fewer and an
// exponent of ten ("Y-17E5" is the year -1,700,000), and significant digits.
func (p *edtfParser) longYear(t Time) (Time, error) {
	negative := p.accept("-")
	if p.peek() == '0' {
		return Time{}, p.fail("a year behind Y has no leading zero")
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
	for ; exponent > 0 && year <= edtfMaxYear; exponent-- {
		year *= 10
	}
	if year > edtfMaxYear {
		return Time{}, p.fail("the year lies beyond %d years, the farthest an instant in milliseconds is kept", edtfMaxYear)
	}
	return p.significant(t, year, negative)
}

// roundedYear reads the significant digits behind a year of four digits.
func (p *edtfParser) roundedYear(t Time, d edtfDate) (Time, error) {
	if !d.year.exact() {
		return Time{}, p.fail("significant digits need a whole year, such as 1950S2, not %s", d.year)
	}
	return p.significant(t, d.year.fill('0'), d.negative)
}

// significant reads "S" and how many leading digits of year are significant,
// if it stands here, and a qualifier. "1950S2" is a year from 1900 to 1999,
// estimated to be 1950: the hull is the century.
func (p *edtfParser) significant(t Time, year int, negative bool) (Time, error) {
	block := 1
	if p.accept("S") {
		_, kept, err := p.digits("number of significant digits")
		if err != nil {
			return Time{}, err
		}
		written := len(strconv.Itoa(year))
		if kept < 1 || kept > written {
			return Time{}, p.fail("%d significant digits of a year with %d: between 1 and all of them can be significant", kept, written)
		}
		for range written - kept {
			block *= 10
		}
	}
	if err := p.qualifier(&t); err != nil {
		return Time{}, err
	}
	first := year - year%block
	last := first + block - 1
	if last > edtfMaxYear {
		return Time{}, p.fail("the years reach beyond %d, the farthest an instant in milliseconds is kept", edtfMaxYear)
	}
	if negative {
		first, last = -last, -first
	}
	precision := PrecisionYear
	if block > 1 {
		precision = PrecisionInterval
	}
	january := func(y int) time.Time { return time.Date(y, time.January, 1, 0, 0, 0, 0, time.UTC) }
	return t.over(january(first), january(last+1), precision, ""), nil
}
