package text

import (
	"slices"

	"github.com/agnivade/levenshtein"
)

// Nearest is the candidate that a word was most likely meant to be; "" where none is near enough.
func Nearest(word string, candidates []string) string {
	best, distance := "", max(2, len([]rune(word))/3)+1
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if d := levenshtein.ComputeDistance(word, c); d < distance {
			best, distance = c, d
		}
	}
	return best
}
