package identity

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"casus/internal/kg"
	"casus/internal/text"
)

// namesAtMost is how many names of a node are looked at: its first ones.
const namesAtMost = 24

// spelled is a name, made ready to be compared.
type spelled struct {
	value  string
	folded string
	// romans and skeletons are of its words, in their order.
	romans, skeletons []string
	// spelling are its romanised words, sorted, and key its skeletons.
	spelling, key string
}

// small are words that make no difference.
var small = map[string]bool{"al": true, "el": true, "the": true, "of": true, "and": true, "de": true, "ibn": true, "bin": true}

func spell(names []kg.Name) []spelled {
	var all []spelled
	for _, n := range names[:min(len(names), namesAtMost)] {
		s := spelled{value: n.Value, folded: strings.Join(text.Tokens(n.Value), " ")}
		for _, token := range strings.Fields(s.folded) {
			if r := roman(token); r != "" && !small[r] {
				s.romans, s.skeletons = append(s.romans, r), append(s.skeletons, skeleton(r))
			}
		}
		if len(s.romans) == 0 {
			continue
		}
		s.spelling, s.key = sorted(s.romans), sorted(s.skeletons)
		if !slices.ContainsFunc(all, func(o spelled) bool { return o.folded == s.folded }) {
			all = append(all, s)
		}
	}
	return all
}

// alike says how alike the best two names of two nodes are, 0..1, and which they are.
func alike(a, b []spelled) (score float64, why string) {
	for _, x := range a {
		for _, y := range b {
			if s := x.like(y); s > score {
				score, why = s, x.value+", "+y.value
			}
		}
	}
	return score, why
}

func sorted(words []string) string { return strings.Join(slices.Sorted(slices.Values(words)), " ") }

// like is 1 for the same name, 0.95 for the same spelling in Latin letters, 0.85 for the same sounds, and less for each word
// that only one of the two has: much less where both have such words, as two members of one family do.
func (s spelled) like(o spelled) float64 {
	switch {
	case s.folded == o.folded:
		return 1
	case s.spelling == o.spelling:
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
				if v := s.word(i, o, j); v > best {
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
	case matched == more: // all words, some of them only nearly
		return 0.85 * sum / float64(more)
	case matched == min(len(s.romans), len(o.romans)):
		return 0.7 * sum / float64(matched) * (0.5 + 0.5*float64(matched)/float64(more))
	default:
		return 0.4 * sum / float64(more)
	}
}

// word compares two romanised words: 1, 0.95 for the same sounds, 0.9 where longer ones differ in a letter.
func (s spelled) word(i int, o spelled, j int) float64 {
	a, b := s.romans[i], o.romans[j]
	switch {
	case a == b:
		return 1
	case s.skeletons[i] == o.skeletons[j]:
		return 0.95
	case min(len(a), len(b)) >= 6 && a[0] == b[0] && !strings.ContainsAny(a+b, "0123456789") && levenshtein.ComputeDistance(a, b) == 1:
		return 0.9
	}
	return 0
}
