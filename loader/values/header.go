package values

import (
	"slices"
	"strings"
	"unicode"
)

// FoldName returns a column's name without case, spaces, points, hyphens and underscores, which programs change:
// "Event Date", event.date, EVENT_DATE and eventDate are the same.
func FoldName(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' || r == '_' || r == '-' || unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// MatchHeader returns a header in which names that FoldName makes equal to a known column's are replaced by it. A name
// that is known already, or that two columns of the header or two known ones could have, remains.
func MatchHeader(header, known []string) []string {
	byFold := map[string]string{}
	for _, k := range known {
		fold := FoldName(k)
		if other, found := byFold[fold]; found && other != k {
			k = "" // ambiguous
		}
		byFold[fold] = k
	}
	count := map[string]int{}
	for _, h := range header {
		count[FoldName(h)]++
	}
	matched := slices.Clone(header)
	for i, h := range header {
		fold := FoldName(h)
		if k := byFold[fold]; k != "" && count[fold] == 1 && !slices.Contains(known, h) {
			matched[i] = k
		}
	}
	return matched
}

// HasColumns reports whether a header, as MatchHeader returns it, has all the columns.
func HasColumns(header, columns []string) bool {
	return !slices.ContainsFunc(columns, func(c string) bool { return !slices.Contains(header, c) })
}
