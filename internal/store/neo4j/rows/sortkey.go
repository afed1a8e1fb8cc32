package rows

import "strings"

// Neo4j compares two stored strings, or two keys of an index, by code points, but compares a stored string with a
// parameter, or with a value looked up in an index, by UTF-16: there U+10348, two surrogates, sorts before U+FB00.
// Lists are therefore ordered by a sort key, which has only characters for which both orders agree.

// escape starts a sequence of three characters: escape, then the two halves of a code point.
const (
	escape = '\uE000'
	half   = 11
	base   = '\u0100'
)

// SortKey returns a form of a text that sorts by code points in every comparison. It is the text itself unless that has
// characters for private use, compatibility characters or characters outside the basic plane.
func SortKey(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= escape }) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if r < escape {
			b.WriteRune(r)
			continue
		}
		b.WriteRune(escape)
		b.WriteRune(base + r>>half)
		b.WriteRune(base + r&(1<<half-1))
	}
	return b.String()
}

// FromSortKey returns the text of a sort key.
func FromSortKey(key string) string {
	if !strings.ContainsRune(key, escape) {
		return key
	}
	var b strings.Builder
	rs := []rune(key)
	for i := 0; i < len(rs); i++ {
		if rs[i] != escape || i+2 >= len(rs) {
			b.WriteRune(rs[i])
			continue
		}
		b.WriteRune((rs[i+1]-base)<<half | (rs[i+2] - base))
		i += 2
	}
	return b.String()
}
