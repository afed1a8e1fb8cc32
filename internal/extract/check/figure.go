package check

import (
	"fmt"
	"slices"

	"casus/internal/extract/number"
	"casus/internal/kg"
)

// Figure returns flags if none of the sentences states a figure's number, or if the number does not fit the qualifier.
// number is nil if the form has none.
func Figure(value *int, q kg.FigureQualifier, sentences []string) (flags []Flag) {
	switch {
	case value == nil && q != kg.QualifierVague:
		return []Flag{{NumberVague, fmt.Sprintf("%s without a number", q)}}
	case value == nil:
		return nil
	case q == kg.QualifierVague:
		flags = []Flag{{NumberVague, fmt.Sprintf("VAGUE with the number %d", *value)}}
	}
	if !slices.ContainsFunc(sentences, func(s string) bool { return number.States(s, *value) }) {
		flags = append(flags, Flag{NumberAbsent, fmt.Sprintf("the sentences do not state %d", *value)})
	}
	return flags
}
