package aggregate

import "casus/internal/kg"

// toll is an estimate with -1 for absent numbers.
type toll struct {
	low, best, high int64
	agreed          bool
}

func tollOf(e kg.Estimate) toll {
	number := func(n *int) int64 {
		if n == nil {
			return -1
		}
		return int64(*n)
	}
	return toll{number(e.Low), number(e.Best), number(e.High), e.Agreed}
}

// addTo adds t to a sum.
func (t toll) addTo(s *kg.TollSums) {
	s.Agreed = t.agreed && (s.Agreed || s.Tolls == 0)
	s.Tolls++
	if t.low >= 0 {
		s.Lows++
		s.Low += int(t.low)
	}
	switch {
	case t.best >= 0:
		s.OwnBests++
		s.Bests++
		s.Best += int(t.best)
	case t.low >= 0:
		s.Bests++
		s.Best += int(t.low)
	}
	if t.high >= 0 {
		s.Highs++
		s.High += int(t.high)
	}
}
