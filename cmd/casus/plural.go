package main

import (
	"fmt"
	"strings"
)

// plural returns a count with its noun: "1 event", "2 events", "2 identities".
func plural[N int | int64](n N, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		return fmt.Sprintf("%d %sies", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// pluralList lists the counts above 0 in the order of a vocabulary: "2 actors, 1 event".
func pluralList[K ~string](counts map[K]int, vocabulary []K) string {
	return countList(counts, vocabulary, plural[int])
}

// adjectiveList is like pluralList for a vocabulary of adjectives: "2 verified, 1 unverifiable".
func adjectiveList[K ~string](counts map[K]int, vocabulary []K) string {
	return countList(counts, vocabulary, func(n int, word string) string { return fmt.Sprintf("%d %s", n, word) })
}

func countList[K ~string](counts map[K]int, vocabulary []K, format func(n int, word string) string) string {
	var parts []string
	for _, word := range vocabulary {
		if n := counts[word]; n > 0 {
			parts = append(parts, format(n, strings.ToLower(string(word))))
		}
	}
	return strings.Join(parts, ", ")
}
