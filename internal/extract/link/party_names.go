package link

import (
	"slices"
	"strings"
	"unicode"

	"casus/internal/kg"
	"casus/internal/text"
)

// joiningWords are English words that distinguish no names.
var joiningWords = []string{"a", "an", "and", "for", "in", "of", "the"}

// contradict reports whether the names of a party show that it is not a node which has all words of one of them: none
// of its names is a name of the node, and one differs from each of the node's names in its script, because either has
// words that the other lacks. "The army" may be the "Army of Orin", unless its English name is "Army of Sembra".
func contradict(names []string, known []kg.Name) bool {
	differs := false
	for _, name := range names {
		own, compared, apart := nameWords(name), 0, 0
		for _, k := range known {
			if text.Script(k.Value) != text.Script(name) {
				continue
			}
			theirs := nameWords(k.Value)
			if slices.Equal(own, theirs) {
				return false
			}
			compared++
			if !containsAll(theirs, own) && !containsAll(own, theirs) {
				apart++
			}
		}
		differs = differs || compared > 0 && apart == compared
	}
	return differs
}

// nameWords returns the words of a name that distinguish it, each once.
func nameWords(name string) []string {
	words := slices.DeleteFunc(text.Tokens(name), func(w string) bool { return slices.Contains(joiningWords, w) })
	slices.Sort(words)
	return slices.Compact(words)
}

func containsAll(words, wanted []string) bool {
	return !slices.ContainsFunc(wanted, func(w string) bool { return !slices.Contains(words, w) })
}

// isCommon reports whether a name is a common noun, such as "the army" or "поліція": it has no capital letter, in a
// script that has them.
func isCommon(name string) bool {
	return strings.ContainsFunc(name, unicode.IsLower) && !strings.ContainsFunc(name, unicode.IsUpper)
}
