package check

import (
	"slices"
	"strconv"

	"casus/internal/extract/number"
	"casus/internal/extract/wording"
	"casus/internal/kg"
)

// Figure returns flags if none of the sentences states a figure's number, or if the figure is VAGUE in spite of it.
// value is nil if the form has none.
func Figure(value *int, q kg.FigureQualifier, sentences []string) (flags []Flag) {
	if value == nil {
		return nil
	}
	values := wording.Values{"number": strconv.Itoa(*value)}
	if q == kg.QualifierVague {
		flags = append(flags, NewFlag(NumberVague, values))
	}
	if !slices.ContainsFunc(sentences, func(s string) bool { return number.States(s, *value) }) {
		flags = append(flags, NewFlag(NumberAbsent, values))
	}
	return flags
}
