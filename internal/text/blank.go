package text

import "unicode"

// IsBlank reports whether a text has nothing that can be seen: it is empty, or has only white space, control characters
// and characters of format such as a zero-width space.
func IsBlank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && !unicode.In(r, unicode.Cc, unicode.Cf) {
			return false
		}
	}
	return true
}
