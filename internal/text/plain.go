package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// This file is the fast path of Fold and Tokens. Most text consists of characters
// that fold independently of their neighbours: letters of alphabets, without
// separate marks. The folded form of each is computed once, by foldAny.

// plainRune has the properties of a character for the fast path.
type plainRune struct {
	plain  bool   // it folds independently of its neighbours
	letter bool   // it is its own folded form, and part of any adjacent word
	form   string // its folded form
}

// The characters of the table: all up to the Syriac block, then Latin and Greek
// with diacritics and printed punctuation.
const (
	alphabetsEnd = 0x700
	moreFrom     = 0x1E00
	moreEnd      = 0x2070
)

// plainRunes returns the table of plainRune by character.
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

// describe returns the plainRune of r. A character is plain if it is not a mark,
// does not decompose to a space or to a mark that stays, and its form cannot
// compose with a character before it.
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

// isOneWord reports whether s is a single word by Unicode Standard Annex 29.
func isOneWord(s string) bool {
	word, _, _ := uniseg.FirstWordInString(s, -1)
	return word == s
}

// plainOf returns the entry of r, the zero plainRune if it has none.
func plainOf(table *[alphabetsEnd + moreEnd - moreFrom]plainRune, r rune) plainRune {
	switch {
	case r < alphabetsEnd:
		return table[r]
	case moreFrom <= r && r < moreEnd:
		return table[r-moreFrom+alphabetsEnd]
	}
	return plainRune{}
}

// foldPlain is Fold for text of plain characters and ASCII white space. ok is
// false if s has other characters.
func foldPlain(s string) (folded string, ok bool) {
	table := plainRunes()
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	space := false // white space since the last character
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
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteString(p.form)
	}
	return b.String(), true
}

// plainTokens is tokens for folded text whose words consist of plain letters. ok
// is false if it has other words.
func plainTokens(folded string, join func(rs []rune, i int) bool) (all []string, ok bool) {
	table := plainRunes()
	for _, r := range folded {
		if p := plainOf(table, r); r != ' ' && (!p.plain || isWord(r) != p.letter) {
			return nil, false
		}
	}
	if hasJoints(folded) {
		folded = words(folded, join)
	}
	all = make([]string, 0, 1+strings.Count(folded, " "))
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

// hasJoints reports whether folded text has punctuation that may be within a
// word; see joins.
func hasJoints(folded string) bool { return strings.ContainsAny(folded, `'-."`) }
