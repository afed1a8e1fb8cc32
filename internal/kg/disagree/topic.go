package disagree

import (
	"cmp"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// Topic is what claims disagree about: an aspect and, for some aspects, which of its values.
type Topic struct {
	Aspect kg.Aspect
	// Quantity is set for FIGURES.
	Quantity kg.Quantity
	// Actor and Role are set for PARTICIPATION.
	Actor kg.ID
	Role  kg.ParticipantRole
	// PlaceRole is set for PLACE.
	PlaceRole kg.LocationRole
}

// Compare orders topics by aspect, then by quantity, by role and actor, or by the role of the place.
func (t Topic) Compare(o Topic) int {
	return cmp.Or(
		cmp.Compare(kg.Aspects.Index(t.Aspect), kg.Aspects.Index(o.Aspect)), t.Quantity.Compare(o.Quantity),
		cmp.Compare(kg.ParticipantRoles.Index(t.Role), kg.ParticipantRoles.Index(o.Role)), cmp.Compare(t.Actor, o.Actor),
		cmp.Compare(kg.LocationRoles.Index(t.PlaceRole), kg.LocationRoles.Index(o.PlaceRole)),
	)
}

// track is the positions that claims ever had on one topic, in claim order.
type track struct {
	Topic
	positions []*position
}

// tracksOf returns the positions of claims by topic. A claim that denies an aspect without a value has a position on
// every topic of it.
func tracksOf(claims []*claim) (all []*track) {
	index := map[Topic]*track{}
	for _, c := range claims {
		for i := range c.positions {
			if t := c.positions[i].topic; !c.positions[i].every && index[t] == nil {
				index[t] = &track{Topic: t}
				all = append(all, index[t])
			}
		}
	}
	for _, c := range claims {
		for i := range c.positions {
			p := &c.positions[i]
			if !p.every {
				index[p.topic].positions = append(index[p.topic].positions, p)
				continue
			}
			for _, t := range all {
				if t.Aspect == p.topic.Aspect {
					t.positions = append(t.positions, p)
				}
			}
		}
	}
	return all
}

// replacements returns for each position the moment from which it no longer counts, because each of its voices has said
// something else that holds at least as long. It is EndOfTime if there is no such moment.
func (t *track) replacements() []edtf.Instant {
	until := make([]edtf.Instant, len(t.positions))
	next := map[kg.ID][]*position{} // the later positions of each voice, the earliest last
	for i, p := range slices.Backward(t.positions) {
		until[i] = edtf.EndOfTime
		for n, v := range p.claim.voices {
			at := edtf.EndOfTime
			for _, q := range slices.Backward(next[v]) {
				if q.replaces(p) {
					at = q.claim.from
					break
				}
			}
			if until[i] = max(until[i], at); n == 0 {
				until[i] = at
			}
			next[v] = append(next[v], p)
		}
	}
	return until
}

// replaces reports whether q does not count while p is live, if one voice states both.
func (p *position) replaces(q *position) bool {
	return p.claim.from > q.claim.from && p.claim.to >= q.claim.to && (!p.claim.machine || q.claim.machine) &&
		(!p.planned || q.planned)
}

// group is the positions on one topic that count at a moment.
type group struct {
	Topic
	positions []*position
}

// counting returns the positions of live claims that count. If the event happened, plans do not; those of MACHINE
// claims count only if there are no others, and of each voice only its latest. A claim of several voices counts as long
// as it is the latest of one of them.
func (t *track) counting(live []*position, happened bool) group {
	counts := func(p *position) bool { return !happened || !p.planned }
	onlyMachine := !slices.ContainsFunc(live, func(p *position) bool { return counts(p) && !p.claim.machine })
	latest := make(map[kg.ID]edtf.Instant, len(live))
	for _, p := range live {
		if counts(p) && (onlyMachine || !p.claim.machine) {
			for _, v := range p.claim.voices {
				if at, known := latest[v]; !known || p.claim.from > at {
					latest[v] = p.claim.from
				}
			}
		}
	}
	g := group{Topic: t.Topic, positions: make([]*position, 0, len(live))}
	for _, p := range live {
		if !counts(p) || p.claim.machine && !onlyMachine {
			continue
		}
		now := *p
		for _, v := range p.claim.voices {
			if latest[v] == p.claim.from {
				now.voices = append(now.voices, v)
			}
		}
		if len(now.voices) > 0 || len(p.claim.voices) == 0 {
			g.positions = append(g.positions, &now)
		}
	}
	return g
}
