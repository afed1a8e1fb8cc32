package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// Most texts are written in characters that fold one by one, whatever stands
// beside them: the letters of the alphabets, without marks of their own. What
// each folds to is worked out once, by the rules for all texts.

// plainRune is what is known of a character.
type plainRune struct {
	plain  bool   // it folds by itself alone
	letter bool   // it is folded, and within a word wherever it touches one
	form   string // what it folds to
}

// alphabets are the characters up to the Syriac block, then Latin and Greek
// with diacritics and the punctuation of print.
const (
	alphabetsEnd = 0x700
	moreFrom     = 0x1E00
	moreEnd      = 0x2070
)

// plainRunes has all characters of alphabets.
var plainRunes = sync.OnceValue(func() *[alphabetsEnd + moreEnd - moreFrom]plainRune {
	var all [alphabetsEnd + moreEnd - moreFrom]plainRune
	for i := range all {
		r := rune(i)
		if i >= alphabetsEnd {
			r += moreFrom - alphabetsEnd
		}
		all[i] = describe(r)
	}
	return &all
})

// describe says of a character whether it is plain: it is no mark, nor comes
// apart into anything with a mark that stays or a space, and no character can
// compose with what stands before it.
func describe(r rune) plainRune {
	s := string(r)
	if unicode.IsMark(r) || strings.ContainsFunc(norm.NFKD.String(s), isBlank) && r != '´' {
		return plainRune{}
	}
	form := foldAny(s)
	if strings.ContainsFunc(form, unicode.IsMark) || form != "" && !norm.NFC.PropertiesString(form).BoundaryBefore() {
		return plainRune{}
	}
	return plainRune{plain: true, letter: form == s && isWord(r) && isOneWord("a"+s+"a0"+s+"0"+s+s), form: form}
}

func isOneWord(s string) bool {
	word, _, _ := uniseg.FirstWordInString(s, -1)
	return word == s
}

// plainOf looks a character up.
func plainOf(table *[alphabetsEnd + moreEnd - moreFrom]plainRune, r rune) plainRune {
	switch {
	case r < alphabetsEnd:
		return table[r]
	case moreFrom <= r && r < moreEnd:
		return table[r-moreFrom+alphabetsEnd]
	}
	return plainRune{}
}

// foldPlain is Fold for a text of plain characters and blanks of ASCII. It
// says whether s is one.
func foldPlain(s string) (string, bool) {
	table := plainRunes()
	var folded strings.Builder
	folded.Grow(len(s) + len(s)/8)
	space := false // blanks since the last character
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		if r < utf8.RuneSelf && isBlank(r) {
			space = true
			continue
		}
		p := plainOf(table, r)
		if !p.plain {
			return "", false
		}
		if p.form == "" {
			continue
		}
		if space && folded.Len() > 0 {
			folded.WriteByte(' ')
		}
		space = false
		folded.WriteString(p.form)
	}
	return folded.String(), true
}

// plainTokens is tokens for a folded text of plain characters that holds no
// word of another kind. It says whether folded is one.
func plainTokens(folded string, join func(rs []rune, i int) bool) ([]string, bool) {
	table := plainRunes()
	for _, r := range folded {
		if p := plainOf(table, r); r != ' ' && (!p.plain || isWord(r) != p.letter) {
			return nil, false
		}
	}
	if hasJoints(folded) {
		folded = words(folded, join)
	}
	all := make([]string, 0, 1+strings.Count(folded, " "))
	for rest := folded; rest != ""; {
		n := strings.IndexFunc(rest, func(r rune) bool { return !plainOf(table, r).letter })
		if n < 0 {
			n = len(rest)
		}
		if n <= maxToken {
			if n > 0 {
				all = append(all, rest[:n])
			}
		} else {
			all = appendPieces(all, rest[:n])
		}
		_, size := utf8.DecodeRuneInString(rest[n:])
		rest = rest[n+size:]
	}
	return all, true
}

// hasJoints says whether a folded text has punctuation that may be within a
// word; see joins.
func hasJoints(folded string) bool { return strings.ContainsAny(folded, `'-."`) }
