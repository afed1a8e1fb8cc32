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

// contradict reports whether the names of a party show that it is not a node which has all words of one of them: no name
// of the one is a name of the other, and a name of the party has words that no name of the node in its script has, all
// of which have other words instead. "The army" may be the Armed Forces of Orin, which have "army" as an alias, unless
// its English name is "Army of Sembra".
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

// isCommon reports whether a name is a common noun, such as "the army" or "поліція": no word of it begins with a capital
// letter, in a script that has them.
func isCommon(name string) bool {
	return strings.ContainsFunc(name, unicode.IsLower) && !strings.ContainsFunc(name, unicode.IsUpper)
}
