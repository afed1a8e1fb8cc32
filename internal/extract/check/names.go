package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casus/internal/extract/sentence"
	"casus/internal/text"
)

// Names finds names in the sentences of a text.
type Names struct {
	tokens []token
	// places are the positions of the words that have a stem.
	places map[string][]int
	// capitals are the words that begin with a capital letter at some place, and lower the words that begin with none at
	// some place.
	capitals, lower map[string]bool
	// stems has, for each sentence, the stems of its words.
	stems []map[string]bool
}

// token is a word of the text.
type token struct {
	word     string
	stems    []string
	sentence int // from 0
}

// NewNames returns the Names of a text's sentences.
func NewNames(sentences []sentence.Sentence) *Names {
	n := &Names{
		places: map[string][]int{}, stems: make([]map[string]bool, len(sentences)),
		capitals: map[string]bool{}, lower: map[string]bool{},
	}
	for i, s := range sentences {
		n.addCases(s.Text)
		n.stems[i] = map[string]bool{}
		for _, word := range text.Tokens(s.Text) {
			t := token{word, text.Stems(word), i}
			n.tokens = append(n.tokens, t)
			for _, stem := range t.stems {
				n.stems[i][stem] = true
				n.places[stem] = append(n.places[stem], len(n.tokens)-1)
			}
		}
	}
	return n
}

// Standing is how a name stands in a text.
type Standing int

// The values of Standing.
const (
	Absent    Standing = iota
	Inflected          // each word in some form, one after another
	Verbatim           // word for word, apart from case and diacritics
)

// Find reports how a name stands in the text. Its words may be divided by the end of a sentence.
func (n *Names) Find(name string) (best Standing) {
	words := text.Tokens(name)
	if len(words) == 0 {
		return Absent
	}
	stems := make([][]string, len(words))
	for i, w := range words {
		stems[i] = text.Stems(w)
	}
	for _, stem := range stems[0] {
		for _, at := range n.places[stem] {
			if best = max(best, n.standsAt(at, words, stems)); best == Verbatim {
				return best
			}
		}
	}
	return best
}

// addCases adds the words of a text by their first letters.
func (n *Names) addCases(s string) {
	for _, raw := range rawWords(s) {
		words := n.lower
		if beginsUpper(raw) {
			words = n.capitals
		}
		for _, word := range text.Tokens(raw) {
			words[word] = true
		}
	}
}

func rawWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
}

func beginsUpper(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first) || unicode.IsTitle(first)
}

// maxCommonWord is the number of letters up to which a single word in lower case is unlikely to be a name.
const maxCommonWord = 3

// IsCommon reports whether a name looks like common words: all its words with a capital letter stand in the text only
// without one, or it is one short word in lower case. Scripts without case have no such names.
func (n *Names) IsCommon(name string) bool {
	words := rawWords(name)
	if len(words) == 1 {
		first, _ := utf8.DecodeRuneInString(words[0])
		if unicode.IsLower(first) && utf8.RuneCountInString(words[0]) <= maxCommonWord {
			return true
		}
	}
	differs := false
	for _, raw := range words {
		if !beginsUpper(raw) {
			continue
		}
		for _, word := range text.Tokens(raw) {
			if n.capitals[word] || !n.lower[word] {
				return false
			}
			differs = true
		}
	}
	return differs
}

// Supports reports whether the text has an English name, or each of its words is spelt like a word of the text's name,
// of which it is then a transliteration.
func (n *Names) Supports(english, name string) bool {
	if n.Find(english) != Absent {
		return true
	}
	_, _, near := text.ParseNear(english).Distance([]string{text.Fold(name)})
	return near
}

// standsAt reports how words, with their stems, stand at a position of the text.
func (n *Names) standsAt(at int, words []string, stems [][]string) Standing {
	if at+len(words) > len(n.tokens) {
		return Absent
	}
	standing := Verbatim
	for i, w := range words {
		t := n.tokens[at+i]
		if t.word == w {
			continue
		}
		if standing = Inflected; !overlap(t.stems, stems[i]) {
			return Absent
		}
	}
	return standing
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// The sentences before and after a claim's in which its claimant may be named.
const (
	nearBefore = 2
	nearAfter  = 1
)

// Near reports whether a name, or one word of it, stands in one of the sentences, which are numbered from 1, or in one
// of the two before or the one after. Words of fewer than three letters do not count.
func (n *Names) Near(name string, sentences []int) bool {
	var stems []string
	for _, w := range text.Tokens(name) {
		if len([]rune(w)) >= 3 || len(text.Tokens(name)) == 1 {
			stems = append(stems, text.Stems(w)...)
		}
	}
	for _, number := range sentences {
		for i := max(number-1-nearBefore, 0); i <= min(number-1+nearAfter, len(n.stems)-1); i++ {
			if slices.ContainsFunc(stems, func(s string) bool { return n.stems[i][s] }) {
				return true
			}
		}
	}
	return false
}
