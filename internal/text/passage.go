package text

import (
	"strings"
	"unicode"

	"github.com/agnivade/levenshtein"
)

// The bounds of NearestPassage, in bytes of the text and of the words, and in words that are compared letter by letter.
const (
	maxPassageText  = 1 << 20
	maxPassageWords = 4 << 10
	maxCompared     = 20_000
)

// NearestPassage returns the passage of a text that has the most of the given words, as the text has it, or "" if none
// has half of them. Case, diacritics and punctuation are ignored. A single word is found by its letters. It
// searches the first MiB of the text.
func NearestPassage(text, words string) string {
	text, words = prefix(text, maxPassageText), prefix(words, maxPassageWords)
	sought := tokensIn(words)
	switch {
	case len(sought) == 0:
		return ""
	case len(sought) == 1:
		return nearestWord(text, words[sought[0].start:sought[0].end])
	}
	missing := map[string]int{} // how often the window lacks each sought word; negative if it has more of them
	for _, t := range sought {
		missing[t.word]++
	}
	tokens := tokensIn(text)
	common, most, end := 0, 0, 0
	for i, t := range tokens {
		if n, wanted := missing[t.word]; wanted {
			if missing[t.word]--; n > 0 {
				common++
			}
		}
		if out := i - len(sought); out >= 0 {
			word := tokens[out].word
			if n, wanted := missing[word]; wanted {
				if missing[word]++; n >= 0 {
					common--
				}
			}
		}
		if common > most {
			most, end = common, i+1
		}
	}
	if 2*most < len(sought) {
		return ""
	}
	window := tokens[max(0, end-len(sought)):end]
	// The window ends with a sought word, so it may begin too early if the quote has other words at its end. Choose the
	// window in which most words are at their positions in the quote.
	if missed := len(sought) - most; missed > 0 && end < len(tokens) {
		window = shifted(tokens, end, len(sought), sought)
	}
	return text[window[0].start:window[len(window)-1].end]
}

// shifted returns the window of n tokens that ends at end or up to n after it, and has the most words where the sought
// words have them.
func shifted(tokens []token, end, n int, sought []token) []token {
	best, most := end, -1
	for last := max(end, n); last <= min(end+n-1, len(tokens)); last++ {
		same := 0
		for i, t := range tokens[last-n : last] {
			if t.word == sought[i].word {
				same++
			}
		}
		if same > most {
			best, most = last, same
		}
	}
	return tokens[max(0, best-n):best]
}

// nearestWord returns the word of a text with the fewest letters changed, or "".
func nearestWord(text, word string) string {
	folded, best, distance := Fold(word), "", max(2, len([]rune(word))/3)+1
	seen := map[string]bool{}
	for _, t := range tokensIn(text) {
		if seen[t.word] || len(seen) > maxCompared || len(t.word) > 4*len(folded) {
			continue
		}
		seen[t.word] = true
		if d := levenshtein.ComputeDistance(folded, t.word); d < distance {
			best, distance = text[t.start:t.end], d
		}
	}
	return best
}

// token is a folded word and where it is in its text.
type token struct {
	word       string
	start, end int
}

// tokensIn returns the words of a text: runs of letters, marks and digits. Each letter of a script without spaces is
// one.
func tokensIn(s string) []token {
	var all []token
	start := -1
	add := func(end int) {
		if start >= 0 {
			if word := Fold(s[start:end]); word != "" {
				all = append(all, token{word, start, end})
			}
		}
		start = -1
	}
	for at, r := range s {
		alone := unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Khmer, unicode.Lao)
		if alone || !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) {
			add(at)
		}
		if alone {
			start = at
			add(at + len(string(r)))
		} else if start < 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			start = at
		}
	}
	add(len(s))
	return all
}

// prefix returns at most n bytes of a text, without a broken character.
func prefix(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
