package disagree

import (
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// Derive returns the history of kg.Derive with the disagreements of each state: a version also begins where these
// change. parents has the hierarchy of locations in the view of the claims.
func Derive(subject kg.ID, claims []kg.Claim, book kg.VoiceBook, parents Parents) kg.History {
	h := kg.Derive(subject, claims, book)
	if len(h.States) == 0 || cannotDisagree(claims) {
		return h
	}
	all := claimsOf(claims, h.Lifetimes)
	for _, c := range all {
		c.read(&book)
	}
	w, found := &containment{parents: parents}, []aspectInterval(nil)
	for _, t := range tracksOf(all) {
		found = append(found, t.intervals(h.States, w)...)
	}
	h.States = split(h.States, found, all)
	return h
}

// aspectInterval is an interval of knowledge in which claims disagree on an aspect.
type aspectInterval struct {
	kg.Interval
	aspect kg.Bits
}

// intervals returns the intervals in which the claims disagree on the topic.
func (t *track) intervals(states []kg.EventState, w *containment) (all []aspectInterval) {
	if !slices.ContainsFunc(t.positions, t.positions[0].unlike) {
		return nil
	}
	until := t.replacements()
	var moments []edtf.Instant
	for i, p := range t.positions {
		until[i] = min(until[i], p.claim.to)
		moments = append(moments, p.claim.from, until[i])
	}
	if slices.ContainsFunc(t.positions, func(p *position) bool { return p.planned }) {
		for _, s := range states {
			moments = append(moments, s.KnownFrom)
		}
	}
	slices.Sort(moments)
	moments = slices.Compact(moments)
	var live []int
	next, state := 0, 0
	for _, at := range moments {
		live = slices.DeleteFunc(live, func(i int) bool { return until[i] <= at })
		for ; next < len(t.positions) && t.positions[next].claim.from <= at; next++ {
			if until[next] > at {
				live = append(live, next)
			}
		}
		for state < len(states)-1 && states[state].KnownTo <= at {
			state++
		}
		positions := make([]*position, len(live))
		for n, i := range live {
			positions[n] = t.positions[i]
		}
		differ := false
		if len(positions) > 1 && slices.ContainsFunc(positions[1:], positions[0].unlike) {
			g := t.counting(positions, happened(states[state].Modality))
			differ = g.differ(w)
		}
		if n := len(all); n > 0 && all[n-1].KnownTo == edtf.EndOfTime && !differ {
			all[n-1].KnownTo = at
		} else if differ && (n == 0 || all[n-1].KnownTo != edtf.EndOfTime) {
			all = append(all, aspectInterval{kg.Interval{KnownFrom: at, KnownTo: edtf.EndOfTime}, kg.Aspects.Bits(t.Aspect)})
		}
	}
	return all
}

func happened(m kg.Modality) bool { return slices.Contains(kg.HappenedModalities(), m) }

// split sets the disagreements of states, and begins a version wherever they change within one.
func split(states []kg.EventState, intervals []aspectInterval, claims []*claim) (all []kg.EventState) {
	if len(intervals) == 0 {
		return states
	}
	var moments []edtf.Instant
	for _, s := range intervals {
		moments = append(moments, s.KnownFrom, s.KnownTo)
	}
	slices.Sort(moments)
	moments = slices.Compact(moments)
	at := func(moment edtf.Instant) (b kg.Bits) {
		for _, s := range intervals {
			if s.Holds(moment) {
				b |= s.aspect
			}
		}
		return b
	}
	for _, s := range states {
		s.Disagreements = at(s.KnownFrom)
		all = append(all, s)
		for _, m := range moments {
			last := &all[len(all)-1]
			if m <= s.KnownFrom || m >= s.KnownTo || at(m) == last.Disagreements {
				continue
			}
			last.KnownTo = m
			s.KnownFrom, s.Disagreements, s.Because = m, at(m), nil
			for _, c := range claims {
				if c.from == m {
					s.Because = append(s.Because, c.ID)
				}
			}
			all = append(all, s)
		}
	}
	return all
}

// DeriveResolved derives the history of a class in the RESOLVED graph. The claims are those about all members of the
// class, and parents those of the EXACT graph. It sets book.Classes itself.
func DeriveResolved(
	i kg.Identities, subject kg.ID, claims []kg.Claim, book kg.VoiceBook, parents Parents,
) kg.History {
	resolved := make([]kg.Claim, len(claims))
	for n, c := range claims {
		resolved[n] = i.Claim(c)
	}
	book.Classes = i.Classes()
	return Derive(i.ClassOf(subject), resolved, book, parents.Resolved(i))
}

// claimsOf returns claims with their lifetimes and positions, each once, in claim order.
func claimsOf(claims []kg.Claim, lifetimes []kg.ClaimLifetime) []*claim {
	all, values := make([]*claim, len(claims)), make([]claim, len(claims))
	for i := range claims {
		values[i] = claim{Claim: &claims[i], from: claims[i].KnownFrom()}
		all[i] = &values[i]
	}
	slices.SortFunc(all, func(a, b *claim) int { return kg.CompareClaims(*a.Claim, *b.Claim) })
	all = slices.CompactFunc(all, func(a, b *claim) bool { return a.ID == b.ID })
	for i, c := range all {
		c.to = lifetimes[i].KnownTo
		c.describe()
	}
	return all
}

// read sets the voices of a claim, and whether it is MACHINE.
func (c *claim) read(book *kg.VoiceBook) {
	c.voices, c.machine = book.VoicesOf(*c.Claim), book.CodingOf(*c.Claim) == kg.CodingMachine
}

// cannotDisagree reports whether claims cannot exclude each other at any moment: all are positive, and each states
// either nothing or the same as the others. It is fast, since this holds for most events.
func cannotDisagree(claims []kg.Claim) bool {
	if len(claims) < 2 {
		return true
	}
	var first kg.Statement // the first value of each kind
	words := 0
	for i := range claims {
		c := &claims[i]
		switch {
		case c.Stance == kg.StanceRetracts:
			continue
		case !c.Positive():
			return false
		case c.Aspect == kg.AspectCharacterization:
			words++
		}
		if t := c.Says.Time; t != nil {
			if first.Time == nil {
				first.Time = t
			}
			if t.Earliest != first.Time.Earliest || t.Latest != first.Time.Latest {
				return false
			}
		}
		if p := c.Says.Places; len(p) > 0 {
			if first.Places == nil {
				first.Places = p
			}
			if !slices.Equal(p, first.Places) {
				return false
			}
		}
		if f := c.Says.Figures; len(f) > 0 {
			if first.Figures == nil {
				first.Figures = f
			}
			if !slices.EqualFunc(f, first.Figures, sameFigure) {
				return false
			}
		}
	}
	return words < 2
}

// sameFigure reports whether two figures state the same numbers of one quantity.
func sameFigure(a, b kg.Figure) bool {
	same := func(a, b *int) bool { return a == b || a != nil && b != nil && *a == *b }
	return a.Kind == b.Kind && a.Population == b.Population && a.Unit == b.Unit && a.Qualifier == b.Qualifier &&
		same(a.Low, b.Low) && same(a.Best, b.Best) && same(a.High, b.High)
}
