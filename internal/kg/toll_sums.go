package kg

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
