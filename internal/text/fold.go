// Package text folds and tokenises words once for every engine, so that a
// search finds the same things whichever engine answers it: each engine
// stores the tokens made here, joined by single spaces, and splits them again
// at the spaces, knowing nothing of languages.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold returns s as it is compared: compatibility forms made plain (NFKC),
// full case folding, diacritics stripped, look-alike letters, apostrophes,
// hyphens and quotation marks made one, every decimal digit ASCII, invisible
// characters removed, white space and controls collapsed to one space and
// trimmed. Punctuation stays. Fold is idempotent.
//
// A diacritic is a mark that a reader may leave out: those of the Latin,
// Greek, Cyrillic, Arabic, Hebrew and Syriac scripts. The marks of other
// scripts are vowels, and the Japanese voicing marks make another syllable:
// they stay. So do the marks of Cyrillic letters that an alphabet counts as
// letters of their own (й, ї, ў, ѓ, ќ): nobody writes и for й. The exception
// is ё, which Russian print itself mostly writes е. Letters that Unicode does
// not decompose keep their identity in Cyrillic (ґ, є, ә), and lose it in
// Latin and Arabic, where writers without the key replace them (see letters).
func Fold(s string) string {
	if folded, ok := foldPlain(s); ok {
		return folded
	}
	return foldAny(s)
}

// foldAny is Fold for any text.
func foldAny(s string) string {
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	s = strings.ReplaceAll(s, "´", "'") // NFKD makes of it a space and a mark
	s = cases.Fold().String(norm.NFKD.String(s))
	s = norm.NFC.String(strip(s))
	return squeeze(strings.ReplaceAll(s, joiner, ""))
}

// joiner is what package norm puts after 30 marks, or vowels of Hangul, in a
// row (the stream-safe format of Unicode Standard Annex 15).
const joiner = "\u034F"

// strip drops the diacritics and invisible characters of a decomposed and
// case-folded string, and replaces letters and digits by their plain forms.
func strip(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var base rune // the letter that marks belong to
	marks := 0    // kept on base so far
	own := false  // base has its own mark already
	for _, r := range s {
		switch {
		case isIgnorable(r):
		case unicode.Is(unicode.M, r):
			if ownMark[base] == r && !own {
				own = true
			} else if isDiacritic(r) {
				continue
			}
			if marks++; marks <= maxMarks {
				b.WriteRune(r)
			}
		default:
			base, marks, own = r, 0, false
			if plain, ok := letters[r]; ok {
				b.WriteString(plain)
				continue
			}
			if unicode.Is(unicode.Cherokee, r) {
				r = unicode.ToUpper(r) // as Unicode folds it; package cases swaps the two
			}
			b.WriteRune(plainDigit(r))
		}
	}
	return b.String()
}

// maxMarks is the most marks kept on one letter: more than any script needs,
// and too few for a joiner, across which marks are not put in order.
const maxMarks = 8

// ownMark is the mark that makes of a Cyrillic letter another letter.
var ownMark = map[rune]rune{
	'и': '\u0306', // й
	'у': '\u0306', // ў
	'і': '\u0308', // ї
	'г': '\u0301', // ѓ
	'к': '\u0301', // ќ
}

func isDiacritic(r rune) bool {
	if r == '\u3099' || r == '\u309A' { // Japanese voicing
		return false
	}
	return unicode.In(r, unicode.Inherited, unicode.Latin, unicode.Greek,
		unicode.Cyrillic, unicode.Arabic, unicode.Hebrew, unicode.Syriac)
}

// isIgnorable reports the characters that show nothing: bidi controls, zero
// width characters, soft hyphens, variation selectors, fillers, tags.
func isIgnorable(r rune) bool {
	return r > unicode.MaxASCII && unicode.In(r, unicode.Cf,
		unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// plainDigit returns the ASCII digit of the value of r if r is a decimal
// digit of any script, else r. Unicode encodes these in runs of ten from zero.
func plainDigit(r rune) rune {
	if r <= unicode.MaxASCII || !unicode.Is(unicode.Nd, r) {
		return r
	}
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	return r
}

// squeeze trims white space and controls, and makes each run of them a space.
func squeeze(s string) string {
	return strings.Join(strings.FieldsFunc(s, isBlank), " ")
}

func isBlank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
