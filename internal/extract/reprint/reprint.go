// Package reprint estimates how many sentences two texts share, by sketches of a bounded size.
package reprint

import (
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"

	"casus/internal/text"
)

const (
	// sketchSize is the number of hashes in a sketch. Texts of at most as many sentences are compared exactly.
	sketchSize = 256
	// minWords is the number of words of the shortest sentence that counts: "He agreed." stands in many texts.
	minWords = 5
)

// Sketch is a MinHash of a text: the smallest hashes of its sentences, and the number of these.
type Sketch struct {
	hashes    []uint64 // sorted
	sentences int
}

// NewSketch returns the sketch of a text's sentences. Case, diacritics, punctuation and repetitions do not count.
func NewSketch(sentences []string) Sketch {
	var hashes []uint64
	for _, s := range sentences {
		if words := Words(s); words != "" {
			hashes = append(hashes, xxhash.Sum64String(words))
		}
	}
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	return Sketch{hashes[:min(len(hashes), sketchSize)], len(hashes)}
}

// Words returns the words of a sentence, without case, diacritics and punctuation, or "" if it is too short to count.
func Words(sentence string) string {
	if words := text.Tokens(sentence); len(words) >= minWords {
		return strings.Join(words, " ")
	}
	return ""
}

// SharedOnce returns the words of the sentences that stand exactly once in each of two texts, sorted.
func SharedOnce(a, b []string) (shared []string) {
	count := func(sentences []string) map[string]int {
		times := map[string]int{}
		for _, s := range sentences {
			times[Words(s)]++
		}
		return times
	}
	others := count(b)
	for words, times := range count(a) {
		if words != "" && times == 1 && others[words] == 1 {
			shared = append(shared, words)
		}
	}
	slices.Sort(shared)
	return shared
}

// Sentences returns the number of sentences that count.
func (s Sketch) Sentences() int { return s.sentences }

// SharedBy returns the estimated number of sentences that both texts have. It is exact if neither has more than a
// sketch holds.
func (s Sketch) SharedBy(o Sketch) int {
	union := slices.Concat(s.hashes, o.hashes)
	slices.Sort(union)
	union = slices.Compact(union)
	if s.sentences > sketchSize || o.sentences > sketchSize {
		union = union[:min(len(union), sketchSize)]
	}
	common := 0
	for _, h := range union {
		_, a := slices.BinarySearch(s.hashes, h)
		_, b := slices.BinarySearch(o.hashes, h)
		if a && b {
			common++
		}
	}
	if common == 0 {
		return 0
	}
	// With the similarity J = common/union, the sentences of both are J/(1+J) of those of the one and the other.
	similarity := float64(common) / float64(len(union))
	return int(similarity/(1+similarity)*float64(s.sentences+o.sentences) + 0.5)
}

// The bounds of a reprint.
const (
	minShared      = 3   // sentences
	minSharedShare = 0.6 // of the text's sentences
)

// IsReprint reports whether a text takes most of its sentences from another one, or the other from it.
func IsReprint(a, b Sketch) bool {
	shared, least := a.SharedBy(b), min(a.sentences, b.sentences)
	return shared >= minShared && float64(shared) >= minSharedShare*float64(least)
}
