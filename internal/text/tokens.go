package text

import (
	"slices"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// maxToken is the maximum length of a token in runes; a longer word is split into
// pieces. Lucene's whitespace tokenizer splits at 255 UTF-16 units, of which a
// rune has at most two.
const maxToken = 127

// Tokens returns the folded words of s in order of appearance, with duplicates.
// A token consists of letters, numbers and marks, so that an engine that splits
// at spaces or ASCII punctuation keeps it as one word. Tokens of a token returns
// that token alone.
//
// Words end at the word boundaries of Unicode Standard Annex 29, and at all
// punctuation except for:
//   - an apostrophe within a word (o'brien: obrien);
//   - a hyphen or dot after a letter and before a digit (т-72: т72), not the
//     reverse (72-year: 72 year);
//   - a dot between single letters (u.s.: us);
//   - a double quotation mark between Hebrew letters, as in their acronyms.
//
// Han, Hiragana and Thai are thereby split into characters, Katakana and
// Hangul into runs.
func Tokens(s string) []string { return tokens(Fold(s), joins) }

// Index returns the distinct tokens to index a text by: those of Tokens, and the
// parts of words that Tokens joins. So "Côte d'Ivoire" is also found by Ivoire, a
// T-72 by "t 72" and "Russia's" by Russia.
// Words that are divided without a visible sign, by a zero-width non-joiner as in Persian or a zero-width space as in
// Khmer, are indexed as one word and as several.
func Index(s string) []string { return IndexFolded(s, Fold(s)) }

// IndexFolded is Index for a text whose folded form is known.
func IndexFolded(s, folded string) []string {
	all := tokens(folded, joins)
	if hasJoints(folded) {
		all = append(all, tokens(folded, splits)...)
	}
	if strings.Contains(s, zeroWidthSpace) || strings.Contains(s, nonJoiner) {
		divided := Fold(dividers.Replace(s))
		all = append(append(all, tokens(divided, joins)...), tokens(divided, splits)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// The invisible characters at which words may be divided. Fold removes them, so that names are the same with and
// without them.
const (
	zeroWidthSpace = "\u200B"
	nonJoiner      = "\u200C"
)

var dividers = strings.NewReplacer(zeroWidthSpace, " ", nonJoiner, " ")

// tokens splits folded text into tokens. join reports whether the punctuation at
// rs[i] is within a word.
func tokens(folded string, join func(rs []rune, i int) bool) []string {
	if all, ok := plainTokens(folded, join); ok {
		return all
	}
	return anyTokens(folded, join)
}

// anyTokens is tokens without the fast path.
func anyTokens(folded string, join func(rs []rune, i int) bool) []string {
	var tokens []string
	plain := Fold(words(folded, join)) // characters that a join brings together may compose
	for _, run := range strings.Fields(plain) {
		state := -1
		for run != "" {
			var w string
			w, run, state = uniseg.FirstWordInString(run, state)
			tokens = appendPieces(tokens, w)
		}
	}
	return tokens
}

// words replaces the punctuation of folded text by spaces, and removes it where
// join returns true.
func words(folded string, join func(rs []rune, i int) bool) string {
	rs := []rune(folded)
	var b strings.Builder
	b.Grow(len(folded))
	for i, r := range rs {
		switch {
		case isWord(r):
			b.WriteRune(r)
		case !join(rs, i):
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// joins reports whether the punctuation at rs[i] is within a word.
func joins(rs []rune, i int) bool {
	at := func(j int) rune {
		if j < 0 || j >= len(rs) {
			return ' '
		}
		return rs[j]
	}
	before, after := at(i-1), at(i+1)
	switch rs[i] {
	case '\'':
		return isWord(before) && isWord(after)
	case '-':
		return isLetter(before) && unicode.IsDigit(after)
	case '.':
		if isLetter(before) && unicode.IsDigit(after) {
			return true
		}
		return isLetter(before) && isLetter(after) && !isWord(at(i-2)) && !isWord(at(i+2))
	case '"':
		return unicode.Is(unicode.Hebrew, before) && unicode.Is(unicode.Hebrew, after)
	}
	return false
}

// splits is a join function that returns false: it splits at all punctuation.
func splits([]rune, int) bool { return false }

func isWord(r rune) bool   { return isLetter(r) || unicode.IsNumber(r) }
func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

// appendPieces appends w in pieces of at most maxToken runes, and omits pieces
// that consist only of marks.
func appendPieces(tokens []string, w string) []string {
	for rs := []rune(w); len(rs) > 0; {
		n := min(len(rs), maxToken)
		piece := string(rs[:n])
		rs = rs[n:]
		if strings.ContainsFunc(piece, func(r rune) bool { return !unicode.IsMark(r) }) {
			tokens = append(tokens, piece)
		}
	}
	return tokens
}
