package rows

import (
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/text"
)

// findable gives what a node is found by: its words, for the full-text index, and its names as they are compared with what
// was searched for. A node without words has neither.
func findable(c Columns, n kg.Node) {
	names, rest := kg.SearchTexts(n)
	words := kg.SearchTokens(slices.Concat(names, rest))
	c.Optional("words", strings.Join(words, " "))
	if len(words) == 0 {
		names = nil
	}
	folded := make([]string, len(names))
	for i, name := range names {
		folded[i] = text.Fold(name)
	}
	c.List("names", folded)
}
