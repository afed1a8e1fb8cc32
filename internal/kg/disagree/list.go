package disagree

import (
	"math/bits"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// Disagreement is a topic on which live claims that count exclude each other.
type Disagreement struct {
	Topic
	// Sides are in the order of their first claims. A claim that fits several sides is on each of them.
	Sides []Side
}

// Side is a set of claims that can all be right, to which no other claim can be added.
type Side struct {
	// Denies is set if the claims of the side only deny or dispute what others say.
	Denies bool
	// Voices are the voices of the claims, sorted: actors, and documents of unknown publishers. A row may have none.
	Voices []kg.ID
	// Claims are in claim order.
	Claims []kg.ID
}

// MaxClaims bounds the claims about an event among which disagreements are listed.
const MaxClaims = 2_000

// At returns the disagreements among the claims about an event that are live at a moment, in the order of their topics.
// The claims have KnownTo, modality is the event's at the moment, and the book has the documents and releases of the
// claims.
func At(
	claims []kg.Claim, modality kg.Modality, book kg.VoiceBook, parents Parents, at edtf.Instant,
) (all []Disagreement) {
	claims = slices.DeleteFunc(slices.Clone(claims), func(c kg.Claim) bool { return !c.Live(at) })
	slices.SortFunc(claims, kg.CompareClaims)
	live := make([]*claim, len(claims))
	for i := range claims {
		live[i] = &claim{Claim: &claims[i], from: claims[i].KnownFrom(), to: claims[i].KnownTo}
		live[i].describe()
		live[i].read(&book)
	}
	w := &containment{parents: parents}
	for _, t := range tracksOf(live) {
		if g := t.counting(t.positions, happened(modality)); g.differ(w) {
			all = append(all, Disagreement{g.Topic, g.sides(w)})
		}
	}
	slices.SortFunc(all, func(a, b Disagreement) int { return a.Topic.Compare(b.Topic) })
	return all
}

// set is a set of positions by their indexes.
type set []uint64

func (s set) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }

// in reports whether all of s are in t.
func (s set) in(t set) bool {
	for i := range s {
		if s[i]&^t[i] != 0 {
			return false
		}
	}
	return true
}

func (s set) first() int {
	for i, word := range s {
		if word != 0 {
			return 64*i + bits.TrailingZeros64(word)
		}
	}
	return -1
}

// sides returns the largest sets of positions that one value fits. The positions are in claim order.
func (g *group) sides(w *containment) []Side {
	slices.SortStableFunc(g.positions, func(p, q *position) int {
		return kg.CompareClaims(*p.claim.Claim, *q.claim.Claim)
	})
	var sets []set
	for _, v := range g.values() {
		s := make(set, (len(g.positions)+63)/64)
		for i, p := range g.positions {
			if p.admits(v, w) {
				s[i/64] |= 1 << (i % 64)
			}
		}
		if s.first() < 0 || slices.ContainsFunc(sets, s.in) {
			continue
		}
		sets = slices.DeleteFunc(sets, func(o set) bool { return o.in(s) })
		sets = append(sets, s)
	}
	slices.SortFunc(sets, func(s, t set) int { // the first position that only one of them has decides
		for i := range g.positions {
			if s.has(i) != t.has(i) {
				if s.has(i) {
					return -1
				}
				return 1
			}
		}
		return 0
	})
	all := make([]Side, len(sets))
	for n, s := range sets {
		side := Side{Denies: true}
		for i, p := range g.positions {
			if s.has(i) {
				side.Claims = append(side.Claims, p.claim.ID)
				side.Voices = append(side.Voices, p.voices...)
				side.Denies = side.Denies && !p.claim.Positive()
			}
		}
		slices.Sort(side.Voices)
		side.Voices = slices.Compact(side.Voices)
		all[n] = side
	}
	return all
}
