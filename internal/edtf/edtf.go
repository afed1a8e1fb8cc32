package edtf

import "strings"

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
//	2025-21  2025-33                     a season, a quarter (see subYears)
//	[2025-12-19..2025-12-21]  {1960,1961}   one of these dates; all of them
//	-0044  Y17000  Y-17E5  1950S2        long, negative and rounded years
//
// The hull follows these rules. An open or an unknown end is unbounded; so is a
// year of which no digit is known, XXXX. Qualifiers do not widen the hull: the
// standard gives them no width. Sides of an interval may differ in precision;
// one whose end lies wholly before its start is an error, where floating sides
// count as UTC. One-of and all-of sets have the hull of their members.
func ParseTime(value string) (Time, error) {
	value = strings.TrimSpace(value)
	t, err := parse(value)
	if err != nil {
		return Time{}, suggest(value, err)
	}
	t.EDTF = value
	return t, nil
}

// MarshalText returns the EDTF value, which is empty for the zero Time.
func (t Time) MarshalText() ([]byte, error) { return []byte(t.EDTF), nil }

// UnmarshalText parses text as ParseTime does. An empty text is an error, and an error leaves t unchanged.
func (t *Time) UnmarshalText(text []byte) error {
	parsed, err := ParseTime(string(text))
	if err != nil {
		return err
	}
	*t = parsed
	return nil
}
