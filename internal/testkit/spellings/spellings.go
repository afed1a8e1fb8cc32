// Package spellings has names of people and how readers spell them: with slips, in other romanisations, in other
// scripts and in other grammatical cases. The list is written for the tests of searches and free for any use.
package spellings

import (
	_ "embed"
	"strings"
)

//go:embed names.tsv
var list string

// Person is a person with names in a store, and other spellings of a name.
type Person struct {
	ID        string
	Names     []Name
	Spellings []string
}

// Name is a name in a language.
type Name struct{ Language, Value string }

// People returns all people of the list.
func People() (all []Person) {
	for line := range strings.Lines(list) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || len(fields) != 3 {
			continue
		}
		all = append(all, Person{fields[0], namesOf(fields[1]), strings.Split(fields[2], "|")})
	}
	return all
}

// namesOf returns the names in a list such as "uk:Київ|en:Kyiv".
func namesOf(list string) (names []Name) {
	for name := range strings.SplitSeq(list, "|") {
		language, value, _ := strings.Cut(name, ":")
		names = append(names, Name{language, value})
	}
	return names
}
