package eval

import (
	"cmp"
	"slices"

	"casus/internal/extract/anchor"
	"casus/internal/extract/proposal"
	"casus/internal/text"
)

// whole is the score of a complete overlap.
const whole = 1000

// merged returns ranges sorted, without overlaps.
func merged(ranges []anchor.Range) (all []anchor.Range) {
	byStart := func(a, b anchor.Range) int { return cmp.Compare(a.Start, b.Start) }
	for _, r := range slices.SortedFunc(slices.Values(ranges), byStart) {
		switch last := len(all) - 1; {
		case r.Start >= r.End:
		case last >= 0 && r.Start <= all[last].End:
			all[last].End = max(all[last].End, r.End)
		default:
			all = append(all, r)
		}
	}
	return all
}

// length returns the number of code points of merged ranges.
func length(ranges []anchor.Range) (n int) {
	for _, r := range ranges {
		n += r.End - r.Start
	}
	return n
}

// common returns the number of code points that two lists of merged ranges share.
func common(a, b []anchor.Range) (n int) {
	for len(a) > 0 && len(b) > 0 {
		n += max(0, min(a[0].End, b[0].End)-max(a[0].Start, b[0].Start))
		if a[0].End < b[0].End {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return n
}

// overlap returns twice the code points that two lists of merged ranges share, by those of both, from 0 to whole.
func overlap(a, b []anchor.Range) int { return dice(common(a, b), length(a), length(b)) }

// dice returns twice what is common to a and b, by the sum of both, from 0 to whole.
func dice(common, a, b int) int {
	if a+b == 0 {
		return 0
	}
	return 2 * whole * common / (a + b)
}

// nameScore compares the names of two parties: whole if one name of each has the same words, else the greatest share of
// common words; 0 if less than half. A party without names is compared by its id.
func nameScore(a, b party) (best int) {
	if len(a.names) == 0 || len(b.names) == 0 {
		if a.id == b.id {
			return whole
		}
		return 0
	}
	for _, x := range a.names {
		for _, y := range b.names {
			best = max(best, wordScore(x, y))
		}
	}
	if best < whole/2 {
		return 0
	}
	return best
}

func wordScore(a, b proposal.Name) int {
	left, right := text.Tokens(a.Value), text.Tokens(b.Value)
	if slices.Equal(left, right) {
		return whole
	}
	shared := 0
	rest := slices.Clone(right)
	for _, w := range left {
		if i := slices.Index(rest, w); i >= 0 {
			rest = slices.Delete(rest, i, i+1)
			shared++
		}
	}
	return min(dice(shared, len(left), len(right)), whole-1)
}
