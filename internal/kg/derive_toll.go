package kg

import (
	"cmp"
	"iter"
	"slices"

	"casus/internal/text"
)

// Quantity is what a number of a toll counts: a kind, of a population, in a unit.
type Quantity struct {
	Kind FigureKind `json:"kind"`
	// Population is TOTAL for the number over all populations.
	Population Population `json:"population"`
	// Unit is the counted unit, folded by text.Fold, or empty for people.
	Unit string `json:"unit,omitempty"`
}

// The people killed and wounded, over all populations.
var (
	KilledPeople  = Quantity{Kind: FigureKilled, Population: PopulationTotal}
	WoundedPeople = Quantity{Kind: FigureWounded, Population: PopulationTotal}
)

// Compare orders quantities by kind, then people before units, then by unit, then by population. Kinds and populations
// are in the order of their vocabularies.
func (q Quantity) Compare(o Quantity) int {
	return cmp.Or(
		cmp.Compare(FigureKinds.Index(q.Kind), FigureKinds.Index(o.Kind)), cmp.Compare(q.Unit, o.Unit),
		cmp.Compare(Populations.Index(q.Population), Populations.Index(o.Population)),
	)
}

// TollFigure is the number of one quantity.
type TollFigure struct {
	Quantity
	Estimate
}

// Numbers iterates over all numbers of the toll in the order of their quantities.
func (t Toll) Numbers() iter.Seq2[Quantity, *Estimate] {
	return func(yield func(Quantity, *Estimate) bool) {
		var all []TollFigure
		if t.Killed != nil {
			all = append(all, TollFigure{KilledPeople, *t.Killed})
		}
		if t.Wounded != nil {
			all = append(all, TollFigure{WoundedPeople, *t.Wounded})
		}
		if len(t.Figures) > 0 {
			all = append(all, t.Figures...)
			slices.SortFunc(all, func(a, b TollFigure) int { return a.Compare(b.Quantity) })
		}
		for i := range all {
			if !yield(all[i].Quantity, &all[i].Estimate) {
				return
			}
		}
	}
}

// IsZero reports whether the toll has no number.
func (t Toll) IsZero() bool { return t.Killed == nil && t.Wounded == nil && len(t.Figures) == 0 }

// tollOf applies the section Toll of docs/model.md to the live claims about an event. The numbers of MACHINE claims
// count only if no other claim has one of the same quantity.
func tollOf(live []*voicedClaim) (t Toll) {
	var quantities []Quantity
	for _, c := range live {
		if !c.Positive() {
			continue
		}
		for _, f := range c.numbers {
			if !slices.Contains(quantities, f.Quantity) {
				quantities = append(quantities, f.Quantity)
			}
		}
	}
	slices.SortFunc(quantities, Quantity.Compare)
	for _, q := range quantities {
		var stated, byMachine []*Estimate
		for _, c := range live {
			i := slices.IndexFunc(c.numbers, func(f TollFigure) bool { return f.Quantity == q })
			switch {
			case i < 0 || !c.Positive():
			case c.machine:
				byMachine = append(byMachine, &c.numbers[i].Estimate)
			default:
				stated = append(stated, &c.numbers[i].Estimate)
			}
		}
		if len(stated) == 0 {
			stated = byMachine
		}
		switch e := Combine(stated); q {
		case KilledPeople:
			t.Killed = e
		case WoundedPeople:
			t.Wounded = e
		default:
			t.Figures = append(t.Figures, TollFigure{q, *e})
		}
	}
	return t
}

// Combine combines the numbers of several claims, in claim order and at least one. Best is the latest best number, Low
// and High are the envelope.
func Combine(numbers []*Estimate) *Estimate {
	sum := Estimate{Low: numbers[0].Low, High: numbers[0].High, Agreed: true}
	for _, e := range numbers {
		sum.Low, sum.High = minOrOther(sum.Low, e.Low), maxOrNil(sum.High, e.High)
		if e.Best == nil {
			continue
		}
		sum.Agreed = sum.Agreed && (sum.Best == nil || *sum.Best == *e.Best)
		sum.Best = e.Best
	}
	return &sum
}

// Numbers returns the numbers of a claim by quantity. Numbers of one kind and unit have one for TOTAL: the claim's own,
// else the sum of its populations, which are disjoint.
func (s Statement) Numbers() (all []TollFigure) {
	at := func(q Quantity) int {
		return slices.IndexFunc(all, func(f TollFigure) bool { return f.Quantity == q })
	}
	for _, f := range s.Figures {
		e := f.Estimate()
		if e == nil {
			continue
		}
		q := Quantity{f.Kind, f.Population, cmp.Or(text.Fold(f.Unit), f.Unit)}
		switch i := at(q); {
		case i < 0:
			all = append(all, TollFigure{q, *e})
		case q.Population == PopulationTotal:
			all[i].Estimate = *e
		default:
			all[i].Estimate = *all[i].Plus(e)
		}
	}
	for i := range len(all) {
		total := Quantity{all[i].Kind, PopulationTotal, all[i].Unit}
		if at(total) >= 0 {
			continue
		}
		var sum *Estimate
		for _, f := range all {
			if f.Kind == total.Kind && f.Unit == total.Unit {
				sum = sum.Plus(&f.Estimate)
			}
		}
		all = append(all, TollFigure{total, *sum})
	}
	return all
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

// Plus returns the sum of the numbers of two disjoint populations. If one has no high the sum has none. A missing best
// counts as the low, unless both are missing. A nil estimate adds nothing.
func (e *Estimate) Plus(o *Estimate) *Estimate {
	switch {
	case e == nil:
		return o
	case o == nil:
		return e
	}
	sum := Estimate{Low: sumIfBoth(e.Low, o.Low), High: sumIfBoth(e.High, o.High), Agreed: e.Agreed && o.Agreed}
	if e.Best != nil || o.Best != nil {
		sum.Best = sumIfBoth(cmp.Or(e.Best, e.Low), cmp.Or(o.Best, o.Low))
	}
	return &sum
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
