package export

import (
	"regexp"
	"strings"
	"unicode"
)

// escapeFormula puts an apostrophe in front of a text that a spreadsheet might run as a formula (OWASP, "CSV
// Injection"): one that begins with = + - @, also in their full-width forms and after white space, or with a tab or a
// line break. Numbers stay numbers.
func escapeFormula(s string) string {
	if strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") || strings.HasPrefix(s, "\n") {
		return "'" + s
	}
	rest := strings.TrimLeftFunc(s, isBlank)
	if rest == "" || !strings.ContainsAny(firstRune(rest), "=+-@＝＋－＠") || isNumber.MatchString(rest) {
		return s
	}
	return "'" + s
}

var isNumber = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$`)

// isBlank reports whether programs that read CSV may skip a character at the beginning of a cell: white space, control
// and invisible format characters.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

func firstRune(s string) string {
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}
