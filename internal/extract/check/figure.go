package check

import (
	"math"
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

// Figures returns a flag if two numbers for one thing exclude each other, as in the graph's disagreements: ABOUT is the
// number itself. A value is nil if there is none.
func Figures(a *int, qa kg.FigureQualifier, b *int, qb kg.FigureQualifier) []Flag {
	if a == nil || b == nil || qa == kg.QualifierVague || qb == kg.QualifierVague {
		return nil
	}
	lowA, highA := bounds(*a, qa)
	lowB, highB := bounds(*b, qb)
	if lowA <= highB && lowB <= highA {
		return nil
	}
	return []Flag{NewFlag(FiguresDiffer, wording.Values{"number": strconv.Itoa(*a), "other": strconv.Itoa(*b)})}
}

func bounds(n int, q kg.FigureQualifier) (low, high int) {
	switch q {
	case kg.QualifierAtLeast:
		return n, math.MaxInt
	case kg.QualifierAtMost:
		return 0, n
	}
	return n, n
}
