// Package text folds and tokenises text for all engines, so that a search has
// the same result in each. An engine stores the tokens joined by single spaces
// and splits them again at the spaces; it needs no support for languages.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold returns s in the form in which text is compared: compatibility forms are
// replaced (NFKC), case is folded, diacritics are stripped, look-alike letters,
// apostrophes, hyphens and quotation marks are unified, decimal digits are
// ASCII, invisible characters are removed, and white space and controls are
// collapsed to one space and trimmed. Punctuation stays. Fold is idempotent.
//
// A diacritic is a mark that a reader may leave out: a mark of the Latin,
// Greek, Cyrillic, Arabic, Hebrew or Syriac script. The marks of other scripts
// are vowels, and the Japanese voicing marks change the syllable, so they stay.
// So do the marks of Cyrillic letters that are letters of their own in an
// alphabet (й, ї, ў, ѓ, ќ), since й is never written и. The exception is ё,
// which is usually printed as е in Russian. Letters that Unicode does
// not decompose are kept in Cyrillic (ґ, є, ә) and replaced in Latin and
// Arabic, as writers without the key do (see letters).
func Fold(s string) string {
	if folded, ok := foldPlain(s); ok {
		return folded
	}
	return foldAny(s)
}

// foldAny is Fold without the fast path.
func foldAny(s string) string {
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	s = apostrophes.Replace(s)
	s = cases.Fold().String(norm.NFKD.String(s))
	s = norm.NFC.String(strip(s))
	return squeeze(strings.ReplaceAll(s, joiner, ""))
}

// apostrophes replaces the accents that NFKD decomposes to a space and a mark.
var apostrophes = strings.NewReplacer(
	"\u00B4", "'", "\u1FFD", "'", // acute accent
	"\u0384", "'", // Greek tonos
	"\u1FBD", "'", "\u1FBF", "'", "\u1FFE", "'", // Greek koronis, smooth and rough breathing
)

// joiner is the character that package norm inserts after 30 marks, or Hangul
// vowels, in a row (the Stream-Safe Text Format of Unicode Standard Annex 15).
const joiner = "\u034F"

// strip removes the diacritics and invisible characters of a decomposed and
// case-folded string, and replaces letters and digits by their plain forms.
func strip(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var base rune // the letter that marks belong to
	marks := 0    // number of marks written for base
	own := false  // the own mark of base was written
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
				r = unicode.ToUpper(r) // as Unicode folds it; package cases folds to lower case
			}
			b.WriteRune(plainDigit(r))
		}
	}
	return b.String()
}

// maxMarks is the maximum number of marks on one letter: more than any script
// needs, and too few for a joiner, across which marks are not sorted.
const maxMarks = 8

// ownMark maps a Cyrillic letter to the mark that makes it a different letter.
var ownMark = map[rune]rune{
	'и': '\u0306', // й
	'у': '\u0306', // ў
	'і': '\u0308', // ї
	'г': '\u0301', // ѓ
	'к': '\u0301', // ќ
}

// isDiacritic reports whether the mark r is stripped.
func isDiacritic(r rune) bool {
	if r == '\u3099' || r == '\u309A' { // Japanese voicing
		return false
	}
	return unicode.In(r, unicode.Inherited, unicode.Latin, unicode.Greek,
		unicode.Cyrillic, unicode.Arabic, unicode.Hebrew, unicode.Syriac)
}

// isIgnorable reports whether r is invisible: a bidi control, a zero-width
// character, a soft hyphen, a variation selector, a filler or a tag.
func isIgnorable(r rune) bool {
	return r > unicode.MaxASCII && unicode.In(r, unicode.Cf,
		unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// plainDigit returns the ASCII digit with the value of r if r is a decimal
// digit of any script, else r. Unicode encodes digits in runs of ten from zero.
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

// squeeze trims white space and controls, and replaces each run of them by a space.
func squeeze(s string) string {
	return strings.Join(strings.FieldsFunc(s, isBlank), " ")
}

func isBlank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
