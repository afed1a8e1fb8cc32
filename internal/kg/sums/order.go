package sums

// order tells for the selections and quantities whose sums cross which of the sums is the low one and which the high
// one. Sums cross only where a part has several wholes.
type order map[orderKey]crossing

type orderKey struct{ selection, quantity int32 }

// crossing has the index of the least and the greatest sum among those of low, best and high.
type crossing struct{ low, high int }

var straight = crossing{0, 2}

// order compares the sums of each selection and quantity.
func (s *Summation) order() order {
	if len(s.nested) == 0 {
		return nil
	}
	totals := map[orderKey]tally{}
	s.each(func(at, quantity int32, t *tally) {
		key := orderKey{s.cells[at].selection, quantity}
		sum := totals[key]
		sum.low, sum.best, sum.high = sum.low+t.low, sum.best+t.best, sum.high+t.high
		sum.withoutHigh += t.withoutHigh
		totals[key] = sum
	})
	crossed := order{}
	for key, t := range totals {
		c, last := straight, 2
		if t.withoutHigh > 0 {
			last = 1
		}
		sums := []int{t.low, t.best, t.high}
		for i := 1; i <= last; i++ {
			if sums[i] < sums[c.low] {
				c.low = i
			}
		}
		for i := 0; i < last && last == 2; i++ {
			if sums[i] > sums[c.high] {
				c.high = i
			}
		}
		if c != straight {
			crossed[key] = c
		}
	}
	return crossed
}

// entry returns the entry of a tally.
func (o order) entry(selection, quantity int32, t *tally) entry {
	e := entry{quantity, *t}
	if len(o) > 0 {
		if c, crossed := o[orderKey{selection, quantity}]; crossed {
			sums := [3]int{t.low, t.best, t.high}
			e.low, e.high = sums[c.low], sums[c.high]
		}
	}
	return e
}
