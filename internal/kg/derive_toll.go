package kg

import "cmp"

// toll is rule 7 for one kind of figure over people: each live positive claim gives its own estimate; best is the
// latest claim's, low and high are the envelope.
func toll(live []*voicedClaim, own func(*voicedClaim) *Estimate) *Estimate {
	var all []*Estimate
	for _, c := range live {
		if e := own(c); e != nil && c.Positive() {
			all = append(all, e)
		}
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

// estimate is one claim's own, its TOTAL or else the sum of its disjoint populations: nil where it gives no number of people.
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

// Estimate completes a figure by its qualifier: an exact or rough number is its own low and high; AT_LEAST has no high;
// AT_MOST counts from zero, as does a figure with nothing but a high. Low is never absent. nil: it has no number.
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

// Plus adds the tolls of two disjoint events: an absent high makes the sum's absent, an absent best counts as its low.
// nil is nothing at all.
func (e *Estimate) Plus(o *Estimate) *Estimate {
	switch {
	case e == nil:
		return o
	case o == nil:
		return e
	}
	return &Estimate{
		Low: sumIfBoth(e.Low, o.Low), Best: sumIfBoth(cmp.Or(e.Best, e.Low), cmp.Or(o.Best, o.Low)), High: sumIfBoth(e.High, o.High),
		Agreed: e.Agreed && o.Agreed,
	}
}

func sumIfBoth(a, b *int) *int {
	if a == nil || b == nil {
		return nil
	}
	n := *a + *b
	return &n
}

// minOrOther is the smaller of two, of which an absent one does not count.
func minOrOther(a, b *int) *int {
	if a == nil || b != nil && *b < *a {
		return b
	}
	return a
}

// maxOrNil is the larger of two; an absent one has no bound, and neither has the result.
func maxOrNil(a, b *int) *int {
	if a == nil || b == nil {
		return nil
	}
	if *b > *a {
		return b
	}
	return a
}

// TollSums are the tolls of some events as an engine sums them up: of each number the sum, and how many had it. It is for
// engines that would rather count than give each event.
type TollSums struct {
	// Tolls counts the events that have one at all; Agreed: the claims of each agree.
	Tolls  int
	Agreed bool
	Low    int
	Lows   int
	// Best sums for each its best or else its low; Bests counts these, Own those that have a best.
	Best, Bests, Own int
	High, Highs      int
}

// Estimate is what Plus makes of the same tolls.
func (s TollSums) Estimate() *Estimate {
	if s.Tolls == 0 {
		return nil
	}
	e := &Estimate{Agreed: s.Agreed}
	if s.Lows == s.Tolls {
		e.Low = &s.Low
	}
	if s.Tolls == 1 && s.Own == 1 || s.Tolls > 1 && s.Bests == s.Tolls {
		e.Best = &s.Best
	}
	if s.Highs == s.Tolls {
		e.High = &s.High
	}
	return e
}
