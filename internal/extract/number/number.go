// Package number finds the numbers that a sentence states, in digits of any script and in English, Ukrainian, Russian
// and Arabic words.
package number

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"casus/internal/text"
)

// maxDigits bounds the digits of a number.
const maxDigits = 12

// grouped matches a number in digits whose thousands are separated.
var grouped = regexp.MustCompile(`\d{1,3}(?:[ .,'٬_]\d{3})+`)

// Stated returns the numbers that a sentence states, sorted: those in digits, with and without separators of thousands;
// and those in words, each run of number words as one.
func Stated(sentence string) []int {
	folded := text.Fold(sentence)
	var all []int
	for _, run := range grouped.FindAllString(folded, -1) {
		all = append(all, digits(run))
	}
	r := run{emit: func(n int) { all = append(all, n) }}
	for _, token := range split(folded) {
		r.add(token)
	}
	r.end()
	slices.Sort(all)
	return slices.Compact(slices.DeleteFunc(all, func(n int) bool { return n < 0 }))
}

// States reports whether a sentence states a number. An English article states one, and the dual of an Arabic noun two:
// "طائرتين" are two aircraft.
func States(sentence string, n int) bool {
	if slices.Contains(Stated(sentence), n) {
		return true
	}
	tokens := text.Tokens(sentence)
	switch n {
	case 1:
		return slices.Contains(tokens, "a") || slices.Contains(tokens, "an")
	case 2:
		return slices.ContainsFunc(tokens, isDual)
	}
	return false
}

// isDual reports whether an Arabic word may be a dual. A plural such as مسؤولين may be one by its form, too.
func isDual(token string) bool {
	runes := []rune(token)
	return len(runes) >= 5 && unicode.Is(unicode.Arabic, runes[0]) &&
		(strings.HasSuffix(token, "ان") || strings.HasSuffix(token, "ين"))
}

// split returns the words and the numbers in digits of a folded text. Any other character, except white space and
// hyphens, is a token as well, since it divides number words: "twenty, five" are two numbers.
func split(folded string) (tokens []string) {
	class := func(r rune) int {
		switch {
		case unicode.IsDigit(r):
			return 1
		case unicode.IsLetter(r), unicode.IsMark(r), r == '\'', r == '’', r == 'ʼ':
			return 2
		case unicode.IsSpace(r), r == '-', r == '‑', r == '‐':
			return 0
		}
		return 3
	}
	last := 0
	for _, r := range folded {
		c := class(r)
		switch {
		case c == 0:
		case c == last && c < 3:
			tokens[len(tokens)-1] += string(r)
		default:
			tokens = append(tokens, string(r))
		}
		last = c
	}
	for i, t := range tokens {
		tokens[i] = strings.NewReplacer("'", "", "’", "", "ʼ", "").Replace(t)
	}
	return tokens
}

// digits returns the number of ASCII digits, without other characters; -1 if it has too many.
func digits(s string) int {
	n, count := 0, 0
	for _, r := range s {
		if r < '0' || r > '9' {
			continue
		}
		if count++; count > maxDigits {
			return -1
		}
		n = 10*n + int(r-'0')
	}
	return n
}

// run adds up number words that follow one another.
type run struct {
	emit func(int)
	// total has the thousands, part the rest, and slots the decimal places that part has already: 1, 10 and 100.
	total, part int
	slots       [3]bool
	begun       bool
}

// add continues the run with a token, or ends it.
func (r *run) add(token string) {
	if token != "" && token[0] >= '0' && token[0] <= '9' {
		r.end()
		n := digits(token)
		r.emit(n)
		if n > 0 {
			r.begin(n, [3]bool{true, true, true})
		}
		return
	}
	w, ok := words()[token]
	if rest, cut := strings.CutPrefix(token, "و"); !ok && cut { // Arabic and
		w, ok = words()[rest]
	}
	switch {
	case token == "and" && r.begun:
	case !ok:
		r.end()
	case w.scale && !r.begun && vague[token]:
	case w.scale && w.value == 100 && r.part < 10:
		r.begin(max(r.part, 1)*100, [3]bool{false, false, true})
	case w.scale && w.value == 100:
		r.end()
		r.begin(100, [3]bool{false, false, true})
	case w.scale:
		r.total, r.part, r.slots, r.begun = min(r.total+max(r.part, 1)*w.value, 1<<50), 0, [3]bool{}, true
	case w.value >= 1000:
		r.total, r.part, r.slots, r.begun = r.total+w.value, 0, [3]bool{}, true
	default:
		r.addValue(w.value)
	}
}

// addValue adds a value below a thousand, unless the run has its decimal places already.
func (r *run) addValue(v int) {
	need := [3]bool{v%10 != 0, v%100 >= 10, v >= 100}
	for i := range need {
		if need[i] && r.slots[i] {
			r.end()
			break
		}
	}
	slots := r.slots
	for i := range need {
		slots[i] = slots[i] || need[i]
	}
	r.begin(r.part+v, slots)
}

func (r *run) begin(part int, slots [3]bool) { r.part, r.slots, r.begun = part, slots, true }

// end ends the run and reports its number.
func (r *run) end() {
	if r.begun {
		r.emit(r.total + r.part)
	}
	r.total, r.part, r.slots, r.begun = 0, 0, [3]bool{}, false
}
