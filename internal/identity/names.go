package identity

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"casus/internal/kg"
	"casus/internal/text"
)

// maxNames bounds the names of a node that are compared: the first ones.
const maxNames = 24

// spelling is a name prepared for comparison.
type spelling struct {
	value  string
	folded string
	// romans are the words in Latin letters, without ignoredWords; skeletons are their skeletons, in the same order.
	romans, skeletons []string
	// latin and key are romans and skeletons, each sorted and joined.
	latin, key string
}

// ignoredWords do not count when names are compared.
var ignoredWords = map[string]bool{
	"al": true, "el": true, "the": true, "of": true, "and": true, "de": true, "ibn": true, "bin": true,
}

// spellings returns the distinct spellings of the first maxNames names that have a word.
func spellings(names []kg.Name) []spelling {
	var all []spelling
	for _, n := range names[:min(len(names), maxNames)] {
		s := spelling{value: n.Value, folded: strings.Join(text.Tokens(n.Value), " ")}
		for _, token := range strings.Fields(s.folded) {
			if r := romanize(token); r != "" && !ignoredWords[r] {
				s.romans, s.skeletons = append(s.romans, r), append(s.skeletons, skeleton(r))
			}
		}
		if len(s.romans) == 0 {
			continue
		}
		s.latin, s.key = sorted(s.romans), sorted(s.skeletons)
		if !slices.ContainsFunc(all, func(o spelling) bool { return o.folded == s.folded }) {
			all = append(all, s)
		}
	}
	return all
}

// bestMatch returns the similarity of the two most similar names of two nodes, 0..1, and the names.
func bestMatch(a, b []spelling) (score float64, why string) {
	for _, x := range a {
		for _, y := range b {
			if s := x.similarity(y); s > score {
				score, why = s, x.value+", "+y.value
			}
		}
	}
	return score, why
}

func sorted(words []string) string { return strings.Join(slices.Sorted(slices.Values(words)), " ") }

// similarity returns 1 for equal names, 0.95 for the same spelling in Latin letters, 0.85 for the same sounds, and less
// for each word that only one of the two has. If both have such words, like two members of one family, it is much less.
func (s spelling) similarity(o spelling) float64 {
	switch {
	case s.folded == o.folded:
		return 1
	case s.latin == o.latin:
		return 0.95
	case s.key == o.key:
		return 0.85
	}
	taken := make([]bool, len(o.romans))
	sum, matched := 0.0, 0
	for i := range s.romans {
		best, at := 0.0, -1
		for j := range o.romans {
			if !taken[j] {
				if v := s.wordSimilarity(i, o, j); v > best {
					best, at = v, j
				}
			}
		}
		if at >= 0 {
			sum, taken[at] = sum+best, true
			matched++
		}
	}
	switch more := max(len(s.romans), len(o.romans)); {
	case matched == 0:
		return 0
	case matched == more: // all words match, some only nearly
		return 0.85 * sum / float64(more)
	case matched == min(len(s.romans), len(o.romans)):
		return 0.7 * sum / float64(matched) * (0.5 + 0.5*float64(matched)/float64(more))
	default:
		return 0.4 * sum / float64(more)
	}
}

// wordSimilarity returns 1 for equal romanized words, 0.95 for the same sounds, and 0.9 for words of at least six
// letters that differ in one.
func (s spelling) wordSimilarity(i int, o spelling, j int) float64 {
	a, b := s.romans[i], o.romans[j]
	switch {
	case a == b:
		return 1
	case s.skeletons[i] == o.skeletons[j]:
		return 0.95
	case min(len(a), len(b)) >= 6 && a[0] == b[0] && !strings.ContainsAny(a+b, "0123456789") &&
		levenshtein.ComputeDistance(a, b) == 1:
		return 0.9
	}
	return 0
}
