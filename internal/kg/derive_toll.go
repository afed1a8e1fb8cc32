package kg

import "cmp"

// toll applies the section Toll of docs/model.md to one kind of count of people. Each live positive claim has its own
// estimate. Best is the latest best number, Low and High are the envelope. MACHINE claims count only if no other claim
// has an estimate. The result is nil if none has.
func toll(live []*voicedClaim, estimateOf func(*voicedClaim) *Estimate) *Estimate {
	var all, byMachine []*Estimate
	for _, c := range live {
		switch e := estimateOf(c); {
		case e == nil || !c.Positive():
		case c.machine:
			byMachine = append(byMachine, e)
		default:
			all = append(all, e)
		}
	}
	if len(all) == 0 {
		all = byMachine
	}
	if len(all) == 0 {
		return nil
	}
	sum := Estimate{Agreed: true}
	var first *int
	for i, e := range all {
		sum.Low = minOrOther(sum.Low, e.Low)
		if i == 0 {
			sum.High = e.High
		} else {
			sum.High = maxOrNil(sum.High, e.High)
		}
		if e.Best == nil {
			continue
		}
		if first == nil {
			first = e.Best
		}
		sum.Agreed = sum.Agreed && *first == *e.Best
		sum.Best = e.Best
	}
	return &sum
}

// estimate returns the TOTAL of a claim, else the sum of its disjoint populations, or nil if it states no number of
// people.
func (s Statement) estimate(kind FigureKind) *Estimate {
	var total, parts *Estimate
	for _, f := range s.Figures {
		if f.Kind != kind || f.Unit != "" {
			continue
		}
		e := f.Estimate()
		if e == nil {
			continue
		}
		if f.Population == PopulationTotal {
			total = e
		} else {
			parts = parts.Plus(e)
		}
	}
	if total != nil {
		return total
	}
	return parts
}

// Estimate completes the numbers of a figure by its qualifier: an exact or approximate number is its own low and high,
// AT_LEAST has no high, and AT_MOST has the low zero, as has a figure with only a high. Low is never nil. The result is
// nil if the figure has no number.
func (f Figure) Estimate() *Estimate {
	low, best, high := f.Low, f.Best, f.High
	if best == nil {
		switch f.Qualifier {
		case QualifierAtLeast:
			best = low
		case QualifierAtMost:
			best = high
		}
	}
	if low == nil && best == nil && high == nil {
		return nil
	}
	switch f.Qualifier {
	case QualifierAtLeast:
		if low == nil {
			low = best
		}
		high = nil
	case QualifierAtMost:
		if high == nil {
			high = best
		}
		if low == nil {
			low = new(int)
		}
	default:
		if low == nil {
			low = best
		}
		if low == nil {
			low = new(int)
		}
		if high == nil {
			high = best
		}
	}
	return &Estimate{Low: low, Best: best, High: high, Agreed: true}
}

// Plus returns the sum of the tolls of two disjoint events. If one has no high the sum has none; a missing best counts
// as the low. A nil estimate adds nothing.
func (e *Estimate) Plus(o *Estimate) *Estimate {
	switch {
	case e == nil:
		return o
	case o == nil:
		return e
	}
	return &Estimate{
		Low:    sumIfBoth(e.Low, o.Low),
		Best:   sumIfBoth(cmp.Or(e.Best, e.Low), cmp.Or(o.Best, o.Low)),
		High:   sumIfBoth(e.High, o.High),
		Agreed: e.Agreed && o.Agreed,
	}
}

// sumIfBoth returns a+b, or nil if one is nil.
func sumIfBoth(a, b *int) *int {
	if a == nil || b == nil {
		return nil
	}
	n := *a + *b
	return &n
}

// minOrOther returns the smaller of a and b, or the other if one is nil.
func minOrOther(a, b *int) *int {
	if a == nil || b != nil && *b < *a {
		return b
	}
	return a
}

// maxOrNil returns the larger of a and b, or nil, which is unbounded, if one is nil.
func maxOrNil(a, b *int) *int {
	if a == nil || b == nil {
		return nil
	}
	if *b > *a {
		return b
	}
	return a
}

// TollSums holds the sums of the tolls of several events, and for each sum the number of tolls that have a value. With
// it an engine can sum in a query instead of returning each event.
type TollSums struct {
	// Tolls is the number of events with a toll. Agreed is set if the claims of each event agree.
	Tolls  int
	Agreed bool
	// Low is the sum of the low numbers, Lows the number of tolls with one.
	Low  int
	Lows int
	// Best is the sum of the best numbers, or of the low where there is no best. Bests is the number of tolls with either,
	// OwnBests the number of tolls with a best.
	Best, Bests, OwnBests int
	// High is the sum of the high numbers, Highs the number of tolls with one.
	High, Highs int
}

// Estimate returns the sum that Plus computes from the same tolls.
func (s TollSums) Estimate() *Estimate {
	if s.Tolls == 0 {
		return nil
	}
	e := &Estimate{Agreed: s.Agreed}
	if s.Lows == s.Tolls {
		e.Low = &s.Low
	}
	if s.Tolls == 1 && s.OwnBests == 1 || s.Tolls > 1 && s.Bests == s.Tolls {
		e.Best = &s.Best
	}
	if s.Highs == s.Tolls {
		e.High = &s.High
	}
	return e
}
