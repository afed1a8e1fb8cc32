package eval

import (
	"slices"

	"casus/internal/extract/proposal"
	"casus/internal/kg"
)

// scores counts what matches, without shares.
func (p *pair) scores() (s Scores) {
	gold, proposed := p.gold, p.proposal
	s.Actors = count(len(gold.actors), len(proposed.actors), p.actors)
	s.Places = count(len(gold.places), len(proposed.places), p.places)
	s.Events = count(len(gold.events), len(proposed.events), p.events)
	s.Quotes = count(len(gold.quotes), len(proposed.quotes), p.quotes)
	s.Ties = count(len(gold.ties), len(proposed.ties), p.ties)
	s.Claims = Count{Gold: gold.claims(), Proposal: proposed.claims(), Matched: len(p.claims)}
	s.Links = p.links()
	s.Reprints = p.reprints()
	a, b := gold.spans(), proposed.spans()
	s.CodePoints = Count{Gold: length(a), Proposal: length(b), Matched: common(a, b)}
	for _, c := range p.claims {
		s.Spans.Claims++
		if slices.Equal(c.gold.spans, c.proposal.spans) {
			s.Spans.Exact++
		}
		s.Spans.overlaps += float64(2*common(c.gold.spans, c.proposal.spans)) /
			float64(length(c.gold.spans)+length(c.proposal.spans))
	}
	for i, j := range p.events {
		if j >= 0 {
			s.Dates.compare(gold.events[i].time, proposed.events[j].time)
		}
	}
	s.Agreement = p.agreement()
	return s
}

func count(gold, proposed int, matched []int) Count {
	c := Count{Gold: gold, Proposal: proposed}
	for _, j := range matched {
		if j >= 0 {
			c.Matched++
		}
	}
	return c
}

func (p *pair) reprints() (c Count) {
	a, b := p.gold.Syndicates, p.proposal.Syndicates
	if a != "" {
		c.Gold = 1
	}
	if b != "" {
		c.Proposal = 1
	}
	if a != "" && a == b {
		c.Matched = 1
	}
	return c
}

// agreement compares the properties of matched records.
func (p *pair) agreement() []Agreement {
	all := newAgreement()
	for i, j := range p.actors {
		if j >= 0 {
			all[actorKind].compare(p.gold.actors[i].kind, p.proposal.actors[j].kind)
		}
	}
	for i, j := range p.places {
		if j >= 0 {
			all[placeKind].compare(p.gold.places[i].kind, p.proposal.places[j].kind)
		}
	}
	for i, j := range p.events {
		if j < 0 {
			continue
		}
		a, b := p.gold.events[i], p.proposal.events[j]
		all[category].compare(string(a.Category), string(b.Category))
		all[modality].compare(string(a.Modality), string(b.Modality))
		for _, part := range a.Participants {
			at := slices.IndexFunc(b.Participants, func(o proposal.Participant) bool { return p.is(part.Actor, o.Actor) })
			if at >= 0 {
				all[role].compare(string(part.Role), string(b.Participants[at].Role))
			}
		}
	}
	for _, c := range p.claims {
		all[stance].compare(string(c.gold.Stance), string(c.proposal.Stance))
		all[aspect].compare(string(c.gold.Aspect), string(c.proposal.Aspect))
		all[claimants].count(p.sameClaimants(c.gold, c.proposal))
		if len(c.gold.Figures)+len(c.proposal.Figures) > 0 {
			all[figures].count(sameFigures(c.gold, c.proposal))
		}
	}
	for i, j := range p.quotes {
		if j >= 0 {
			a, b := p.gold.quotes[i].Quote.Speaker, p.proposal.quotes[j].Quote.Speaker
			all[speaker].count(a == "" && b == "" || p.is(a, b))
		}
	}
	return all
}

// link is a link between two events of an article.
type link struct {
	kind     string
	from, to int
}

// linksOf returns the links between the events of an article, each once: responses by their kind, announcements, and
// parts.
func linksOf(c *Coding) map[link]bool {
	index := map[kg.ID]int{}
	for i, e := range c.events {
		index[e.ID] = i
	}
	all := map[link]bool{}
	add := func(kind string, from int, to kg.ID) {
		if at, ok := index[to]; ok {
			all[link{kind, from, at}] = true
		}
	}
	for i, e := range c.events {
		for _, r := range e.RespondsTo {
			add(string(r.Type), i, r.To)
		}
		for _, id := range e.Announces {
			add("announces", i, id)
		}
		for _, id := range e.PartOf {
			add("part of", i, id)
		}
	}
	return all
}

// links compares the links between matched events.
func (p *pair) links() Count {
	gold, proposed := linksOf(p.gold), linksOf(p.proposal)
	c := Count{Gold: len(gold), Proposal: len(proposed)}
	for l := range gold {
		l.from, l.to = p.events[l.from], p.events[l.to]
		if proposed[l] {
			c.Matched++
		}
	}
	return c
}
