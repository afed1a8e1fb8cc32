package changed

import (
	"slices"

	"casus/internal/kg"
)

// Runs are the names of models or programs, as extractions state them, whose claims an input replaces.
type Runs []string

// Made reports whether a claim in a document was made by these runs alone. A claim without extractions was made by a
// person, and one that another run states too is not made by these alone.
func (r Runs) Made(c kg.Claim) bool {
	return c.Document != "" && c.Release == "" && len(c.Extractions) > 0 &&
		!slices.ContainsFunc(c.Extractions, func(e kg.Extraction) bool {
			return !slices.Contains(r, e.Model) && !slices.Contains(r, e.Tool)
		})
}
