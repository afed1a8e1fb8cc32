package rows

import (
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
)

// searchTexts emits the words of a node, for the full-text index, and its folded names, by which results are ranked. A
// node without words has neither.
func searchTexts(c Columns, n kg.Node) {
	words, names := store.IndexTexts(n)
	c.Optional("words", strings.Join(words, " "))
	c.List("names", names)
}
