package rows

import (
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
)

// RetractedWord is a word of the full-text index that marks the states of RETRACTED events. No text has it, because
// words are folded to lower case. To leave out what has the word costs the index nothing, unlike reading the status of
// each node that it finds.
const RetractedWord = "RETRACTED"

// searchTexts emits the words of a node, for the full-text index, and its folded names, by which results are ranked. A
// node without words has neither.
func searchTexts(c Columns, n kg.Node) {
	words, names := store.IndexTexts(n)
	if e, isEvent := n.(kg.Event); isEvent && e.Status == kg.StatusRetracted && len(words) > 0 {
		words = append(words, RetractedWord)
	}
	c.Optional("_words", strings.Join(words, " "))
	c.List("_folded", names)
}

// names emits the name by which an actor or a location is shown, and all of its names, each once.
func names(c Columns, all []kg.Name) {
	c.Optional("name", kg.BestName(all, ""))
	c.List("names", valuesOf(all))
}

// titles emits the title by which an event or a document is shown and, if it has several, all of them: most have one,
// and there are many events and documents.
func titles(c Columns, all []kg.Name) {
	c.Optional("title", kg.BestName(all, ""))
	values := valuesOf(all)
	if len(values) < 2 {
		values = nil
	}
	c.List("titles", values)
}

// valuesOf returns the names, each once.
func valuesOf(names []kg.Name) []string {
	values := make([]string, 0, len(names))
	for _, n := range names {
		if !slices.Contains(values, n.Value) {
			values = append(values, n.Value)
		}
	}
	return values
}
