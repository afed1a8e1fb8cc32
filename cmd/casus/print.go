package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// printLine prints a message. A failure to write it is ignored: there is no other place to report it.
func printLine(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }

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

// addJSONFlag adds --json. A report is one indented object, a list is one object a line. Keys are in camel case.
func addJSONFlag(c *cobra.Command, value *bool, what string) {
	c.Flags().BoolVar(value, "json", false, "print "+what+" as JSON")
}

// writeJSON prints a report.
func writeJSON(w io.Writer, report any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(report)
}

// writeJSONLine prints one object of a list.
func writeJSONLine(w io.Writer, object any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(object)
}
