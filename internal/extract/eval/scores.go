package eval

import "casus/internal/edtf"

// Scores are the results of one or of all articles.
type Scores struct {
	Actors Count `json:"actors"`
	Places Count `json:"places"`
	Events Count `json:"events"`
	Claims Count `json:"claims"`
	Quotes Count `json:"quotes"`
	Ties   Count `json:"ties"`
	Links  Count `json:"links"`
	// SameEvents are pairs of events of two articles with one id. An article by itself has none.
	SameEvents Count `json:"sameEvents"`
	Reprints   Count `json:"reprints"`
	// CodePoints are the code points of the text on which any claim rests.
	CodePoints Count       `json:"codePoints"`
	Spans      Spans       `json:"spans"`
	Dates      Dates       `json:"dates"`
	Agreement  []Agreement `json:"agreement"`
}

// Count is how many records a gold and a proposal have, and how many of them match. The shares are nil where there is
// nothing to divide by.
type Count struct {
	Gold      int      `json:"gold"`
	Proposal  int      `json:"proposal"`
	Matched   int      `json:"matched"`
	Precision *float64 `json:"precision"` // matched by proposal
	Recall    *float64 `json:"recall"`    // matched by gold
	F1        *float64 `json:"f1"`        // twice matched by both
}

func (c *Count) add(o Count) {
	c.Gold, c.Proposal, c.Matched = c.Gold+o.Gold, c.Proposal+o.Proposal, c.Matched+o.Matched
}

func (c *Count) finish() {
	c.Precision, c.Recall = share(c.Matched, c.Proposal), share(c.Matched, c.Gold)
	c.F1 = share(2*c.Matched, c.Gold+c.Proposal)
}

// Spans compare the spans of matched claims, by code points.
type Spans struct {
	Claims int `json:"claims"`
	// Exact are claims with the same spans.
	Exact int      `json:"exact"`
	Share *float64 `json:"share"`
	// Overlap is the mean of twice the common code points by those of both.
	Overlap *float64 `json:"overlap"`

	overlaps float64 // the sum
}

func (s *Spans) add(o Spans) {
	s.Claims, s.Exact, s.overlaps = s.Claims+o.Claims, s.Exact+o.Exact, s.overlaps+o.overlaps
}

func (s *Spans) finish() {
	if s.Share = share(s.Exact, s.Claims); s.Claims > 0 {
		s.Overlap = new(s.overlaps / float64(s.Claims))
	}
}

// Dates compare the times of matched events.
type Dates struct {
	// Events are the matched events of which at least one has a time.
	Events int `json:"events"`
	// Exact are the same in EDTF.
	Exact int `json:"exact"`
	// Contains are less precise: the proposal's hull contains the gold's.
	Contains int `json:"contains"`
	// FalselyPrecise have a shorter hull within the gold's, or a time where the gold has none.
	FalselyPrecise int `json:"falselyPrecise"`
	// Differs are all other times, and Absent the times that only the gold has.
	Differs int `json:"differs"`
	Absent  int `json:"absent"`
}

func (d *Dates) add(o Dates) {
	d.Events, d.Exact, d.Contains = d.Events+o.Events, d.Exact+o.Exact, d.Contains+o.Contains
	d.FalselyPrecise, d.Differs, d.Absent = d.FalselyPrecise+o.FalselyPrecise, d.Differs+o.Differs, d.Absent+o.Absent
}

// compare counts the times of two matched events.
func (d *Dates) compare(gold, proposal edtf.Time) {
	if gold.IsZero() && proposal.IsZero() {
		return
	}
	d.Events++
	within := func(a, b edtf.Time) bool { return b.Earliest <= a.Earliest && a.Latest <= b.Latest }
	switch {
	case gold.EDTF == proposal.EDTF:
		d.Exact++
	case proposal.IsZero():
		d.Absent++
	case gold.IsZero():
		d.FalselyPrecise++
	case within(gold, proposal):
		d.Contains++
	case within(proposal, gold):
		d.FalselyPrecise++
	default:
		d.Differs++
	}
}

// add adds the numbers of another article.
func (s *Scores) add(o Scores) {
	for i, c := range s.counts() {
		c.add(*o.counts()[i])
	}
	s.Spans.add(o.Spans)
	s.Dates.add(o.Dates)
	s.Agreement = addAgreement(s.Agreement, o.Agreement)
}

// finish computes the shares.
func (s *Scores) finish() {
	for _, c := range s.counts() {
		c.finish()
	}
	s.Spans.finish()
	for i := range s.Agreement {
		s.Agreement[i].finish()
	}
}

func (s *Scores) counts() []*Count {
	return []*Count{
		&s.Actors, &s.Places, &s.Events, &s.Claims, &s.Quotes, &s.Ties, &s.Links, &s.SameEvents, &s.Reprints, &s.CodePoints,
	}
}

// share returns a part of a whole, nil of nothing.
func share(part, of int) *float64 {
	if of == 0 {
		return nil
	}
	return new(float64(part) / float64(of))
}
