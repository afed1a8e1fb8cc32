package edtf

import (
	"strings"
	"time"
)

// ParseTime reads a value of the Extended Date/Time Format (ISO 8601-2:2019 as
// profiled by the Library of Congress): levels 0 and 1, and of level 2 sets,
// seasons and other groups of months, qualified and unspecified components,
// exponential years and significant digits.
//
//	2025  2025-12  2025-12-20            a year, a month, a day
//	2025-12-20T18:00:00Z                 one second; +02:00 also, or no offset: it floats
//	2025-12-19/2025-12-20                an interval, dates or date-times on either side
//	../2022-02-24  2025-12-21/           an end left open (..) or unknown (empty)
//	2025-07~  2004?-06-11  2004-06-~11   approximate, uncertain, or both (%)
//	202X  2025-XX-XX  1XXX-12-25  XXXX   unspecified digits
//	2025-21  2025-33                     a season, a quarter (see edtfSubYears)
//	[2025-12-19..2025-12-21]  {1960,1961}   one of these dates; all of them
//	-0044  Y17000  Y-17E5  1950S2        long, negative and rounded years
//
// The hull follows these rules. An open or an unknown end is unbounded; so is a
// year of which no digit is known, XXXX. Qualifiers do not widen the hull: the
// standard gives them no width. Sides of an interval may differ in precision;
// one whose end lies wholly before its start is an error, where floating sides
// count as UTC. One-of and all-of sets have the hull of their members.
func ParseTime(edtf string) (Time, error) {
	edtf = strings.TrimSpace(edtf)
	t, err := parseEDTF(edtf)
	if err != nil {
		return Time{}, suggestEDTF(edtf, err)
	}
	t.EDTF = edtf
	return t, nil
}

// edtfAnytime is the hull of an open, unknown or wholly unspecified date.
var edtfAnytime = Time{Earliest: BeginningOfTime, Latest: EndOfTime, Precision: PrecisionUnknown}

// parseEDTF is ParseTime without suggestions in its errors.
func parseEDTF(edtf string) (t Time, err error) {
	p := &edtfParser{src: edtf}
	switch {
	case edtf == "":
		return Time{}, p.fail("no time given: write XXXX for an unknown one")
	case p.accept("["):
		t, err = p.set("]")
	case p.accept("{"):
		t, err = p.set("}")
	default:
		t, err = p.dateOrInterval()
	}
	if err == nil && !p.atEnd() {
		err = p.fail("unexpected %s", p.found())
	}
	return t, err
}

func (p *edtfParser) dateOrInterval() (Time, error) {
	start, stated, err := p.intervalEnd()
	if err != nil {
		return Time{}, err
	}
	if !p.accept("/") {
		if !stated {
			return Time{}, p.fail("an open end needs another, such as ../2022-02-24; write XXXX for an unknown time")
		}
		return start, nil
	}
	end, _, err := p.intervalEnd()
	if err != nil {
		return Time{}, err
	}
	t, err := p.span(start, end)
	t.Precision = edtfPrecision(t, start, end)
	return t, err
}

// intervalEnd reads one side of an interval; stated is false where the side is
// open or unknown.
func (p *edtfParser) intervalEnd() (t Time, stated bool, err error) {
	if p.accept("..") || p.atEnd() || p.peek() == '/' {
		return edtfAnytime, false, nil
	}
	t, err = p.moment()
	return t, true, err
}

// set reads the members of a set up to its closing bracket.
func (p *edtfParser) set(closing string) (Time, error) {
	var hull Time
	var dates []Time
	for {
		member, ends, err := p.setMember()
		if err != nil {
			return Time{}, err
		}
		if dates == nil {
			hull = member
		} else {
			hull = edtfUnion(hull, member)
		}
		dates = append(dates, ends...)
		if p.accept(closing) {
			break
		}
		if !p.accept(",") {
			return Time{}, p.fail(`expected ",", ".." or %q in the set, found %s`, closing, p.found())
		}
		for p.accept(" ") {
		}
	}
	hull.Precision = edtfPrecision(hull, dates...)
	return hull, nil
}

// setMember reads a date or a range of dates and returns its hull and the dates
// it names.
func (p *edtfParser) setMember() (hull Time, dates []Time, err error) {
	if p.accept("..") {
		last, err := p.moment()
		if err != nil {
			return Time{}, nil, err
		}
		hull, err = p.span(edtfAnytime, last)
		return hull, []Time{edtfAnytime, last}, err
	}
	first, err := p.moment()
	if err != nil || !p.accept("..") {
		return first, []Time{first}, err
	}
	last := edtfAnytime
	if c := p.peek(); c != ',' && c != ']' && c != '}' {
		if last, err = p.moment(); err != nil {
			return Time{}, nil, err
		}
	}
	hull, err = p.span(first, last)
	return hull, []Time{first, last}, err
}

// span is the hull from the earliest start to the latest end.
func (p *edtfParser) span(start, end Time) (Time, error) {
	if start.Earliest >= end.Latest {
		return Time{}, p.fail("the end, before %s, comes before the start, %s", end.Latest, start.Earliest)
	}
	return Time{
		Earliest: start.Earliest, EarliestFloats: start.EarliestFloats,
		Latest: end.Latest, LatestFloats: end.LatestFloats,
		Approximate: start.Approximate || end.Approximate,
		Uncertain:   start.Uncertain || end.Uncertain,
	}, nil
}

// edtfUnion is the hull of both.
func edtfUnion(a, b Time) Time {
	if b.Earliest < a.Earliest {
		a.Earliest, a.EarliestFloats = b.Earliest, b.EarliestFloats
	}
	if b.Latest > a.Latest {
		a.Latest, a.LatestFloats = b.Latest, b.LatestFloats
	}
	a.Approximate = a.Approximate || b.Approximate
	a.Uncertain = a.Uncertain || b.Uncertain
	return a
}

// edtfPrecision is the precision of an interval or a set with that hull, made
// of those dates: that of its dates where they are all the same one.
func edtfPrecision(hull Time, dates ...Time) TimePrecision {
	if !hull.Earliest.Bounded() && !hull.Latest.Bounded() {
		return PrecisionUnknown
	}
	same, days := true, true
	for _, d := range dates {
		same = same && d.Earliest == hull.Earliest && d.Latest == hull.Latest
		days = days && d.Precision == PrecisionDay
	}
	const week = Instant(7 * 24 * time.Hour / time.Millisecond)
	switch {
	case same:
		return dates[0].Precision
	case days && hull.Latest-hull.Earliest == week:
		return PrecisionWeek
	}
	return PrecisionInterval
}
