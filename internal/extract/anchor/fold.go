package anchor

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded is a text in which differences that change no word are removed, with the place of each character in the
// original.
type folded struct {
	text string
	// starts and ends are, for each byte of the text, the code points of the original that its character comes from.
	starts, ends []int32
}

// fold returns a text without vowel marks and other marks that make no letter of their own, tatweel, bidi controls and
// other invisible characters; with plain quotation marks, apostrophes and hyphens; and with one space for each run of
// white space. Canonically equivalent texts are folded alike. Letters, digits and case stay as they are.
func fold(s string) folded {
	var f folded
	out := make([]byte, 0, len(s))
	space, at := false, 0 // whether a space was written last, and the code point
	var it norm.Iter
	it.InitString(norm.NFC, s)
	for !it.Done() {
		from := it.Pos()
		segment := it.Next()
		n := utf8.RuneCountInString(s[from:it.Pos()])
		for len(segment) > 0 {
			r, size := utf8.DecodeRune(segment)
			segment = segment[size:]
			if r = plain(r); r < 0 || r == ' ' && space {
				continue
			}
			space = r == ' '
			before := len(out)
			out = utf8.AppendRune(out, r)
			for range len(out) - before {
				f.starts, f.ends = append(f.starts, int32(at)), append(f.ends, int32(at+n))
			}
		}
		at += n
	}
	f.text = string(out)
	return f
}

// tatweel makes Arabic words longer.
const tatweel = '\u0640'

// plain returns the plain form of a character, or -1 for one that is removed.
func plain(r rune) rune {
	switch r {
	case '“', '”', '„', '‟', '«', '»', '＂', '〝', '〞':
		return '"'
	case '‘', '’', '‚', '‛', '‹', '›', 'ʼ', '`', '´', '＇':
		return '\''
	case '‐', '‑', '‒', '–', '—', '―', '−', '﹣', '－':
		return '-'
	case tatweel:
		return -1
	}
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.In(r, unicode.Mn, unicode.Cf):
		return -1
	}
	return r
}
