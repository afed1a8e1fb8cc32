package mapping

import "casus/internal/kg"

// Coding returns who coded the rows, or "" if the mapping does not say so.
func (m *Mapping) Coding() kg.Coding { return kg.Coding(m.Release.Coding) }
