// Package extract makes a proposal of records from an article and a form that a model or a person filled in. What does
// not stand in the article's text does not enter; what is doubtful is flagged; what is known is linked.
package extract

import "casus/internal/extract/link"

// Tool is the name of the program in records.
const Tool = "casus extract"

// Converter makes proposals.
type Converter struct {
	// Linker finds known nodes. Without one, all nodes are new.
	Linker *link.Linker
	// Model is the name of the model that filled in the form, if it is known.
	Model string
}
