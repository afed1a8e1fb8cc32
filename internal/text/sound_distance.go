package text

import (
	"strings"
	"sync"
)

// The costs of differences between sounds. A vowel is cheap, since transliterations differ most in vowels; a consonant
// of the same class hardly differs.
const (
	costVowel     = 1
	costAlike     = 1 // consonants of one class, and pairs in confusable
	costConsonant = 4
	costMixed     = 5 // a vowel for a consonant
)

// confusable are pairs of sounds of different classes that stand for one another in transliterations or dialects.
const confusable = "Ck Ch Ct ct Ji Jg gZ vu vo zd st mn"

// vowelGroups are the vowels that are hardly distinguished.
const vowelGroups = "ie oua"

// soundDistance returns the cost of changing one word into another: insertions, deletions, substitutions, and swaps of
// neighbours. A vowel that a word in an abjad does not write costs nothing.
func soundDistance(a, b string, abjadA, abjadB bool) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	before, last, row := rows[0], rows[1], rows[2]
	costs := substitutionCosts()
	for j := range len(b) {
		last[j+1] = last[j] + missingCost(b[j], abjadA)
	}
	for i := range len(a) {
		row[0] = last[0] + missingCost(a[i], abjadB)
		for j := range len(b) {
			row[j+1] = min(last[j]+costs.of(a[i], b[j], abjadA || abjadB),
				last[j+1]+missingCost(a[i], abjadB), row[j]+missingCost(b[j], abjadA))
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+costConsonant)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// missingCost returns the cost of a sound that the other word lacks.
func missingCost(sound byte, otherIsAbjad bool) int {
	switch {
	case isVowel(sound) && otherIsAbjad:
		return 0
	case isVowel(sound), sound == 'h':
		return costVowel
	case sound == 'J', sound == 'v':
		return costConsonant - 1
	}
	return costConsonant
}

// costTable holds the cost of each sound for each other one, which are ASCII letters.
type costTable [128][128]uint8

// substitutionCosts returns the table of costs.
var substitutionCosts = sync.OnceValue(func() *costTable {
	var t costTable
	for a := range len(t) {
		for b := range len(t) {
			t[a][b] = uint8(substitutionCost(byte(a), byte(b)))
		}
	}
	return &t
})

// of returns the cost of one sound for another. The long vowels that an abjad writes stand for several.
func (t *costTable) of(a, b byte, abjad bool) int {
	cost := int(t[a%128][b%128])
	if abjad && cost == costVowel && isVowel(a) && isVowel(b) {
		return 0
	}
	return cost
}

func substitutionCost(a, b byte) int {
	switch {
	case a == b:
		return 0
	case isVowel(a) && isVowel(b):
		if haveBoth(vowelGroups, a, b) {
			return costVowel
		}
		return 2 * costVowel
	case haveBoth(confusable, a, b):
		return costAlike
	case isVowel(a) != isVowel(b):
		return costMixed
	case soundClass(a) == soundClass(b):
		return costAlike
	}
	return costConsonant
}

// haveBoth reports whether any of the groups, which spaces separate, has both sounds.
func haveBoth(groups string, a, b byte) bool {
	for group := range strings.FieldsSeq(groups) {
		if strings.IndexByte(group, a) >= 0 && strings.IndexByte(group, b) >= 0 {
			return true
		}
	}
	return false
}

// distanceLimit returns the greatest distance of words that may be one, by the length of the longer skeleton.
func distanceLimit(skeleton int) int {
	limits := []int{0, 1, 2, 4, 4, 6, 7}
	return limits[min(skeleton, len(limits)-1)]
}
