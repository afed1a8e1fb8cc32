package draft

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"casus/internal/text"
	"casus/loader/values"
)

// maxListed is the maximum number of values of a column that a draft lists as missing.
const maxListed = 20

// sentinels are the numbers by which data sets mark missing values.
var sentinels = []string{
	"-6", "-7", "-8", "-9", "-66", "-77", "-88", "-99", "-666", "-777", "-888", "-999", "-9999", "-99999",
}

// isSentinel reports whether a number is one of sentinels.
func isSentinel(f float64) bool {
	return slices.Contains(sentinels, strconv.FormatFloat(f, 'f', -1, 64))
}

// unknownWords are folded words for an unknown actor or place.
var unknownWords = []string{
	"unknown", "unk", "unspecified", "undetermined", "not available", "not applicable", "not known", "not reported",
	"no data", "n.a.", "n/a", "na", "?", "??", "tbd", "missing", "unclear", "none", "null", "nan", "-9", "-99", "-999",
}

// number returns a cell as a number, with a decimal point or comma.
func number(cell string) (float64, bool) {
	if f, ok := numberIn(cell, values.Format{}); ok {
		return f, true
	}
	return numberIn(cell, values.Format{DecimalComma: true})
}

func numberIn(cell string, format values.Format) (float64, bool) {
	plain, err := format.Number(cell)
	f, parseErr := strconv.ParseFloat(plain, 64)
	return f, err == nil && parseErr == nil
}

// markSentinels marks the numbers below zero that stand for missing values, in a column whose other numbers are not
// below zero.
func (c *column) markSentinels() {
	found := map[string]bool{}
	for _, v := range c.values {
		f, ok := number(v)
		if !ok || f >= 0 {
			continue
		}
		plain := strconv.FormatFloat(f, 'f', -1, 64)
		if !slices.Contains(sentinels, plain) {
			return // -9 is a number among others below zero
		}
		found[plain] = true
	}
	c.mark(func(v string) bool {
		f, ok := number(v)
		return ok && found[strconv.FormatFloat(f, 'f', -1, 64)]
	})
}

// markOutside marks the sentinels among numbers that are outside of a range, as -99 is as a latitude.
func (c *column) markOutside(limit float64) {
	c.mark(func(v string) bool {
		f, ok := number(v)
		return ok && (f < -limit || f > limit) && isSentinel(-max(f, -f))
	})
}

// markWords marks the words for an unknown name.
func (c *column) markWords() {
	c.mark(func(v string) bool {
		return slices.Contains(unknownWords, strings.Join(strings.Fields(text.Fold(v)), " "))
	})
}

// markOthers marks the values that do not fit, if they are few.
func (c *column) markOthers(fits func(string) bool, comment string) {
	var others []string
	for _, v := range c.values {
		if !fits(v) && !slices.Contains(others, v) && len(others) <= maxListed {
			others = append(others, v)
		}
	}
	if len(others) > 0 && len(others) <= maxListed {
		c.mark(func(v string) bool { return slices.Contains(others, v) })
		c.comment = comment
	}
}

// mark removes values that stand for missing ones, and records them.
func (c *column) mark(isMissing func(string) bool) {
	if c.list || c.path != "" {
		return // rules are for whole cells
	}
	kept := c.values[:0:0]
	for _, v := range c.values {
		if !isMissing(v) {
			kept = append(kept, v)
		} else if !slices.Contains(c.missing, v) {
			c.missing = append(c.missing, v)
		}
	}
	c.values = kept
}

func allMatch(values []string, match func(string) bool) bool {
	return !slices.ContainsFunc(values, func(v string) bool { return !match(v) })
}

// mostly reports whether at least a share of a column's values match, and there are any.
func mostly(c *column, percent int, match func(string) bool) bool {
	n := 0
	for _, v := range c.values {
		if match(v) {
			n++
		}
	}
	return n > 0 && n*100 >= len(c.values)*percent
}

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

func names(c *column) bool { return mostly(c, 50, hasLetter) }

// isLong reports whether a text is too long for a name.
func isLong(s string) bool { return len(s) > 300 }

func actorNames(c *column) bool {
	return names(c) && !slices.ContainsFunc(c.values, isLong) && !mostly(c, 50, isURL)
}

func placeNames(c *column) bool {
	return names(c) && !slices.ContainsFunc(c.values, isLong) && !mostly(c, 50, isURL) && !mostly(c, 90, isCountryCode)
}

// isCount reports whether a text is a number of people.
func isCount(v string) bool {
	f, ok := number(v)
	return ok && f >= 0 && f == float64(int64(f))
}

func mostlyCounts(c *column) bool { return len(c.values) == 0 || mostly(c, 50, isCount) }

func inRange(v string, limit float64) bool {
	f, ok := number(v)
	return ok && f >= -limit && f <= limit
}

func latitudes(c *column) bool {
	c.markOutside(90)
	return mostly(c, 90, func(v string) bool { return inRange(v, 90) })
}

func longitudes(c *column) bool {
	c.markOutside(180)
	return mostly(c, 90, func(v string) bool { return inRange(v, 180) })
}

var (
	latLonPair = regexp.MustCompile(`^[(\[]?\s*(-?\d+(?:\.\d+)?)\s*[,;/ ]\s*(-?\d+(?:\.\d+)?)\s*[)\]]?$`)
	wktPoint   = regexp.MustCompile(`(?i)^(?:SRID=\d+;)?POINT\s*\(\s*(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)\s*\)$`)
)

// pointPairs reports whether all values are points in one form: latitude and longitude, or WKT.
func pointPairs(c *column) bool {
	isPair := func(v string) bool {
		found := latLonPair.FindStringSubmatch(v)
		return found != nil && inRange(found[1], 90) && inRange(found[2], 180)
	}
	isPoint := func(v string) bool {
		found := wktPoint.FindStringSubmatch(v)
		return found != nil && inRange(found[1], 180) && inRange(found[2], 90)
	}
	return len(c.values) > 0 && (allMatch(c.values, isPair) || allMatch(c.values, isPoint))
}

func isURL(v string) bool {
	v = strings.ToLower(v)
	return strings.HasPrefix(v, "http://") || strings.HasPrefix(v, "https://")
}

func allURLs(c *column) bool { return len(c.values) > 0 && allMatch(c.values, isURL) }

// rowIDs reports whether a column's values are distinct, and every row has one.
func rowIDs(c *column) bool {
	if len(c.values) == 0 || len(c.values) < c.rows || slices.ContainsFunc(c.values, isLong) {
		return false
	}
	return len(distinct(c.values)) == len(c.values)
}

// kinds reports whether there are few distinct values, as in a column of kinds, and they are words.
func kinds(c *column) bool { return names(c) && fewValues(c) && !slices.ContainsFunc(c.values, isLong) }

func kindCodes(c *column) bool {
	return len(c.values) > 0 && fewValues(c) && !slices.ContainsFunc(c.values, isLong)
}

func fewValues(c *column) bool { return len(distinct(c.values)) <= max(12, len(c.values)/4) }

var alphaCode = regexp.MustCompile(`^[A-Za-z]{2,3}$`)

func isCountryCode(v string) bool { return alphaCode.MatchString(v) && countryOf(v) != "" }

func countryCodes(c *column) bool { return mostly(c, 90, isCountryCode) }

func distinct(all []string) []string { return slices.Compact(slices.Sorted(slices.Values(all))) }
