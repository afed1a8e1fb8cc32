package text

import (
	"strings"
	"unicode"
)

// Visible returns a name or title without invisible characters and ones that change how others are shown: controls,
// bidi controls, zero-width spaces, tags. Joiners, which some scripts need, stay. Each run of white space and controls
// becomes a space.
func Visible(s string) string {
	return squeeze(strings.Map(func(r rune) rune {
		switch {
		case r == '\u200c' || r == '\u200d', unicode.Is(unicode.Prepended_Concatenation_Mark, r):
			return r
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s))
}
