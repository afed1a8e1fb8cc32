package columns

import "casus/internal/kg"

// toll is an estimate; -1 is an absent number.
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

// sum adds tolls up as kg.Estimate.Plus does: an absent best counts as the low, but that of one event alone stays absent;
// one number that is absent makes the sum's absent.
type sum struct {
	tolls, lows, bests, own, highs int
	low, best, high                int64
	disagreed                      bool
}

func (s *sum) add(t toll) {
	s.tolls++
	s.disagreed = s.disagreed || !t.agreed
	if t.low >= 0 {
		s.lows++
		s.low += t.low
	}
	switch {
	case t.best >= 0:
		s.own++
		s.bests++
		s.best += t.best
	case t.low >= 0:
		s.bests++
		s.best += t.low
	}
	if t.high >= 0 {
		s.highs++
		s.high += t.high
	}
}

func (s *sum) estimate() *kg.Estimate {
	if s.tolls == 0 {
		return nil
	}
	number := func(n int64, there bool) *int {
		if !there {
			return nil
		}
		v := int(n)
		return &v
	}
	return &kg.Estimate{
		Low: number(s.low, s.lows == s.tolls), High: number(s.high, s.highs == s.tolls), Agreed: !s.disagreed,
		Best: number(s.best, s.bests == s.tolls && (s.tolls > 1 || s.own == 1)),
	}
}
