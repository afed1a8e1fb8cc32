// Package wording fills values into the words for a code, so that a program says in English what the review page says
// in its own languages with the same values.
package wording

import (
	"regexp"
	"slices"
	"strings"
)

// Values are what words name, by the names that stand there in braces.
type Values map[string]string

// Fill returns words with each {name} replaced by its value, which is itself not searched for names.
func Fill(words string, values Values) string {
	var pairs []string
	for name, value := range values {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(words)
}

var name = regexp.MustCompile(`\{\w+\}`)

// Names returns the names in words, sorted, with their braces.
func Names(words string) []string {
	names := name.FindAllString(words, -1)
	slices.Sort(names)
	return names
}
