// Package stance counts claims by their stance on a subject.
package stance

import "casus/internal/kg"

// Counts are the numbers of claims about one subject that are known in a view: by stance of the claims that are not
// withdrawn, and of the withdrawn ones of any stance. Together they are all known claims.
type Counts struct {
	Asserts, Confirms, Denies, Disputes, Retracts int
	Withdrawn                                     int
}

// Add counts n claims.
func (c *Counts) Add(s kg.Stance, withdrawn bool, n int) {
	if withdrawn {
		c.Withdrawn += n
		return
	}
	switch s {
	case kg.StanceAsserts:
		c.Asserts += n
	case kg.StanceConfirms:
		c.Confirms += n
	case kg.StanceDenies:
		c.Denies += n
	case kg.StanceDisputes:
		c.Disputes += n
	case kg.StanceRetracts:
		c.Retracts += n
	}
}

// All returns the number of all claims.
func (c Counts) All() int {
	return c.Asserts + c.Confirms + c.Denies + c.Disputes + c.Retracts + c.Withdrawn
}
