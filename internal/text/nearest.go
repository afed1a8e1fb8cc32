package text

import (
	"slices"

	"github.com/agnivade/levenshtein"
)

// EditDistance returns the least number of characters to insert, delete or replace to change a into b.
func EditDistance(a, b string) int { return levenshtein.ComputeDistance(a, b) }

// Nearest returns the candidate with the smallest edit distance to word, or "" if none is near enough to be a likely
// misspelling: within a third of the length of word, at least 2.
func Nearest(word string, candidates []string) string {
	best, distance := "", max(2, len([]rune(word))/3)+1
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if d := EditDistance(word, c); d < distance {
			best, distance = c, d
		}
	}
	return best
}
