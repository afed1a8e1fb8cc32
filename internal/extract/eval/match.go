package eval

import (
	"cmp"
	"slices"

	"casus/internal/extract/proposal"
	"casus/internal/kg"
)

// pair is a document's gold and proposal with the records that match.
type pair struct {
	gold, proposal *Coding
	// parties are the matched actors and places, from the gold's id to the proposal's.
	parties map[kg.ID]kg.ID
	actors  []int
	places  []int
	events  []int // the proposal's event for each of the gold, -1 for none
	claims  []claimPair
	ties    []int
	quotes  []int
}

// claimPair is two matched claims.
type claimPair struct{ gold, proposal claim }

// newPair matches the records of two codings.
func newPair(gold, proposal *Coding) *pair {
	p := &pair{gold: gold, proposal: proposal, parties: map[kg.ID]kg.ID{}}
	p.actors = p.matchParties(gold.actors, proposal.actors)
	p.places = p.matchParties(gold.places, proposal.places)
	p.events = assign(len(gold.events), len(proposal.events), func(i, j int) int {
		return p.eventScore(&gold.events[i], &proposal.events[j])
	})
	for i, j := range p.events {
		if j >= 0 {
			p.matchClaims(gold.events[i].claims, proposal.events[j].claims)
		}
	}
	p.ties = assign(len(gold.ties), len(proposal.ties), func(i, j int) int {
		return p.tieScore(gold.ties[i], proposal.ties[j])
	})
	p.quotes = assign(len(gold.quotes), len(proposal.quotes), func(i, j int) int {
		return p.claimScore(gold.quotes[i], proposal.quotes[j])
	})
	return p
}

// matchParties matches actors or places. Of equally good names the one of the same kind is taken.
func (p *pair) matchParties(gold, proposed []party) []int {
	matched := assign(len(gold), len(proposed), func(i, j int) int {
		score := nameScore(gold[i], proposed[j]) * 2
		if score > 0 && gold[i].kind == proposed[j].kind {
			score++
		}
		return score
	})
	for i, j := range matched {
		if j >= 0 {
			p.parties[gold[i].id] = proposed[j].id
		}
	}
	return matched
}

// eventScore compares two events: the overlap of their claims' spans counts as much as everything else.
func (p *pair) eventScore(gold, proposed *event) int {
	score := overlap(gold.spans, proposed.spans)
	shared := 0
	for _, a := range gold.Participants {
		if slices.ContainsFunc(proposed.Participants, func(b proposal.Participant) bool { return p.is(a.Actor, b.Actor) }) {
			shared++
		}
	}
	if score == 0 || gold.Category != proposed.Category && shared == 0 {
		return 0
	}
	if gold.Category == proposed.Category {
		score += whole / 2
	}
	if gold.Modality == proposed.Modality {
		score += whole / 4
	}
	return score + dice(shared, len(gold.Participants), len(proposed.Participants))/4
}

// matchClaims matches the claims of two matched events.
func (p *pair) matchClaims(gold, proposed []claim) {
	matched := assign(len(gold), len(proposed), func(i, j int) int { return p.claimScore(gold[i], proposed[j]) })
	for i, j := range matched {
		if j >= 0 {
			p.claims = append(p.claims, claimPair{gold[i], proposed[j]})
		}
	}
}

// claimScore compares two claims: their spans share at least half of their code points. Claimants, stance, aspect and
// direct speech decide between claims of the same words.
func (p *pair) claimScore(gold, proposed claim) int {
	score := overlap(gold.spans, proposed.spans)
	if score < whole/2 {
		return 0
	}
	for _, same := range []bool{
		p.sameClaimants(gold, proposed), gold.Stance == proposed.Stance, gold.Aspect == proposed.Aspect,
		isDirect(gold) == isDirect(proposed),
	} {
		if same {
			score += whole / 8
		}
	}
	return score
}

func (p *pair) tieScore(gold, proposed proposal.Affiliation) int {
	if !p.is(gold.Holder, proposed.Holder) || !p.is(gold.Counterpart, proposed.Counterpart) ||
		gold.AffiliationType != proposed.AffiliationType {
		return 0
	}
	if gold.Position == proposed.Position {
		return 2
	}
	return 1
}

// is reports whether a party of the proposal is the one that matches a party of the gold.
func (p *pair) is(gold, proposed kg.ID) bool {
	id, ok := p.parties[gold]
	return ok && id == proposed
}

// sameClaimants reports whether the claimants of two claims are the same.
func (p *pair) sameClaimants(gold, proposed claim) bool {
	return len(gold.Claimants) == len(proposed.Claimants) && !slices.ContainsFunc(gold.Claimants, func(id kg.ID) bool {
		return !slices.ContainsFunc(proposed.Claimants, func(o kg.ID) bool { return p.is(id, o) })
	})
}

// sameFigures reports whether two claims state the same figures.
func sameFigures(a, b claim) bool {
	return slices.EqualFunc(sortedFigures(a), sortedFigures(b), func(x, y proposal.Figure) bool {
		return compareFigures(x, y) == 0
	})
}

func sortedFigures(c claim) []proposal.Figure {
	return slices.SortedFunc(slices.Values(c.Figures), compareFigures)
}

// compareFigures orders figures by kind, population and number. Units are words of the coder's own.
func compareFigures(a, b proposal.Figure) int {
	best := func(f proposal.Figure) int {
		if f.Best == nil {
			return -1
		}
		return *f.Best
	}
	return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Population, b.Population), cmp.Compare(best(a), best(b)),
		cmp.Compare(a.Qualifier, b.Qualifier))
}

func isDirect(c claim) bool { return c.Quote != nil && c.Quote.Direct }
