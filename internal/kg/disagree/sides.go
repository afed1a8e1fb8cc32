package disagree

import (
	"cmp"
	"slices"

	"casus/internal/kg"
)

// value is a possible answer on a topic. The zero value is one that no claim states.
type value struct {
	stated bool
	at     int64
	place  kg.ID
}

// values returns a list of answers: if claims have any answer in common, they have one of the list in common. The first
// number of each range, and the first after each denied range, suffice.
func (g *group) values() []value {
	var all []value
	if g.Aspect == kg.AspectOccurrence || g.Aspect == kg.AspectParticipation {
		all = append(all, value{stated: true})
	}
	for _, p := range g.positions {
		switch {
		case !p.hasValue:
		case g.Aspect == kg.AspectPlace && !p.denies:
			for _, l := range p.places {
				all = append(all, value{stated: true, place: l})
			}
		case g.Aspect == kg.AspectPlace:
		case g.Aspect == kg.AspectCharacterization:
			all = append(all, value{stated: true, at: int64(p.wording)})
		case p.denies:
			all = append(all, value{stated: true, at: p.high})
		default:
			all = append(all, value{stated: true, at: p.low})
		}
	}
	slices.SortFunc(all, func(a, b value) int { // the latest first: of ranges that overlap it is in all
		return cmp.Or(cmp.Compare(b.at, a.at), cmp.Compare(a.place, b.place))
	})
	return append(slices.Compact(all), value{})
}

// admits reports whether a value can be true if the claim of the position is right.
func (p *position) admits(v value, w *containment) bool {
	if !v.stated {
		return p.denies
	}
	return p.denies != p.states(v, w)
}

// states reports whether a value is among those of the position. A position without values is about every value.
func (p *position) states(v value, w *containment) bool {
	switch {
	case !p.hasValue:
		return true
	case p.topic.Aspect == kg.AspectPlace:
		return w.contains(p.places, v.place)
	case p.topic.Aspect == kg.AspectCharacterization:
		return int64(p.wording) == v.at
	}
	return p.low <= v.at && v.at < p.high
}

// differ reports whether two claims exclude each other: they have no voice in common, and no value fits both.
func (g *group) differ(w *containment) bool {
	if len(g.positions) < 2 || !slices.ContainsFunc(g.positions[1:], g.positions[0].unlike) {
		return false
	}
	g.numberWords()
	values := g.values()
	for _, v := range values {
		if !slices.ContainsFunc(g.positions, func(p *position) bool { return !p.admits(v, w) }) {
			return false // it fits all
		}
	}
	for i, p := range g.positions {
		for _, q := range g.positions[:i] {
			if !sameVoice(p, q) && !slices.ContainsFunc(values, func(v value) bool { return p.admits(v, w) && q.admits(v, w) }) {
				return true
			}
		}
	}
	return false
}

// unlike reports whether two positions on one topic differ in any way.
func (p *position) unlike(q *position) bool {
	return p.denies != q.denies || p.hasValue != q.hasValue || p.low != q.low || p.high != q.high ||
		!slices.Equal(p.places, q.places) || !slices.Equal(p.words, q.words)
}

// sameVoice reports whether a voice speaks in both claims.
func sameVoice(p, q *position) bool {
	return slices.ContainsFunc(p.voices, func(v kg.ID) bool { return slices.Contains(q.voices, v) })
}

// numberWords sets wording. Words count as the same if they have a text in common, or are by the same voices.
func (g *group) numberWords() {
	if g.Aspect != kg.AspectCharacterization {
		return
	}
	for i, p := range g.positions {
		p.wording = i
		for _, q := range g.positions[:i] {
			common := slices.ContainsFunc(p.words, func(s string) bool { return slices.Contains(q.words, s) })
			sameVoices := len(p.voices) > 0 && slices.Equal(p.voices, q.voices) && p.denies == q.denies
			if from, to := p.wording, q.wording; (common || sameVoices) && from != to {
				for _, r := range g.positions[:i+1] {
					if r.wording == from {
						r.wording = to
					}
				}
			}
		}
	}
}
