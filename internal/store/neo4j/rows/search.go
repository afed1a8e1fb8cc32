package rows

import (
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
)

// searchTexts gives what a node is found by: its words, for the full-text index, and its names as they are compared with what
// was searched for. A node without words has neither.
func searchTexts(c Columns, n kg.Node) {
	words, names := store.IndexTexts(n)
	c.Optional("words", strings.Join(words, " "))
	c.List("names", names)
}
