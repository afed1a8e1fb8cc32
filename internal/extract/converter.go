// Package extract makes a proposal of records from an article and a form that a model or a person filled in. What does
// not stand in the article's text does not enter; what is doubtful is flagged; what is known is linked.
package extract

import (
	"fmt"

	"casus/internal/extract/form"
	"casus/internal/extract/link"
	"casus/internal/extract/proposal"
)

// Tool is the name of the program in records.
const Tool = "casus extract"

// Converter makes proposals.
type Converter struct {
	// Linker finds known nodes. Without one, all nodes are new.
	Linker *link.Linker
	// Model is the name of the model that filled in the form, if it is known.
	Model string
	// At is when the extraction ran, in RFC 3339; empty if it is not stated. No clock is read, so that the same answers
	// make the same records.
	At string
}

// Extraction returns the run, as each claim has it.
func (c Converter) Extraction() proposal.Extraction {
	prompt := fmt.Sprintf("form %s, sha256:%s", form.Version, form.Fingerprint()[:12])
	return proposal.Extraction{Tool: Tool, Model: c.Model, Prompt: prompt, At: c.At}
}
