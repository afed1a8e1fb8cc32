package edtf

import "time"

// monthRange is a range of length whole months that starts with month first. It
// may extend into the next year.
type monthRange struct{ first, length int }

// subYears maps each code that is written in place of a month to its group of
// months (ISO 8601-2:2019, 4.8; Library of Congress, EDTF, "Seasons" and
// "Sub-year groupings").
//
// The standard does not define the months of a season, and leaves 21 to 24
// independent of the hemisphere. A hull needs months, so seasons are the
// meteorological ones, three whole months each, and 21 to 24 are those of the
// north. The winter of a year (in the south, the summer) starts in its December:
// 2025-24 is December 2025 to February 2026.
var subYears = map[pattern]monthRange{
	// spring, summer, autumn, winter: anywhere, and in the north
	"21": {3, 3}, "22": {6, 3}, "23": {9, 3}, "24": {12, 3},
	"25": {3, 3}, "26": {6, 3}, "27": {9, 3}, "28": {12, 3},
	// spring, summer, autumn, winter: in the south
	"29": {9, 3}, "30": {12, 3}, "31": {3, 3}, "32": {6, 3},
	// quarters
	"33": {1, 3}, "34": {4, 3}, "35": {7, 3}, "36": {10, 3},
	// quadrimesters
	"37": {1, 4}, "38": {5, 4}, "39": {9, 4},
	// semestrals
	"40": {1, 6}, "41": {7, 6},
}

// subYear returns t with the hull of the group of months in the year of d.
func (p *parser) subYear(t Time, d date, months monthRange) (Time, error) {
	if p.peek() == '-' {
		return Time{}, p.fail("%s is a season or other group of months and has no days", d.month)
	}
	if p.peek() == 'T' {
		return Time{}, p.fail("%s is a season or other group of months and has no time of day", d.month)
	}
	precision := PrecisionSeason
	if !d.year.exact() {
		precision = PrecisionInterval
	}
	firstYear, lastYear := d.years()
	first := time.Date(firstYear, time.Month(months.first), 1, 0, 0, 0, 0, time.UTC)
	after := time.Date(lastYear, time.Month(months.first+months.length), 1, 0, 0, 0, 0, time.UTC)
	return t.withHull(first, after, precision, d.year), nil
}
