package neo4jstore

import (
	"math/bits"
	"strconv"

	"casus/internal/kg"
)

// participants asks that every entry has a participant of its own, a different actor for each. By Hall's theorem that is
// so when any of the entries, taken together, have at least as many actors among them as they are. So nothing is ever
// tried out, however many took part.
func (b *builder) participants(s string, entries []kg.ParticipantFilter) clause {
	if len(entries) == 0 {
		return always
	}
	p, a := b.name("p"), b.name("a")
	pattern := b.eventOf(s) + "<-[" + p + ":PARTICIPATED_IN]-(" + a + ":Actor)"
	each := make([]clause, len(entries))
	for i, entry := range entries {
		each[i] = b.participant(p, a, entry)
	}
	var all []clause
	for _, set := range subsets(len(entries)) {
		var some []clause
		for i, c := range each {
			if set&(1<<i) != 0 {
				some = append(some, c)
			}
		}
		together := or(some...)
		if len(some) == 1 {
			all = append(all, exists(pattern, b.known(p), together))
			continue
		}
		all = append(all, "COUNT { MATCH "+pattern+where(b.known(p), together)+" RETURN DISTINCT "+a+" } >= "+strconv.Itoa(len(some)))
	}
	return and(all...)
}

// subsets are those of n things that are not empty, as bit sets, small ones first: they rule out most.
func subsets(n int) []uint {
	var all []uint
	for size := 1; size <= n; size++ {
		for set := uint(1); set < 1<<n; set++ {
			if bits.OnesCount(set) == size {
				all = append(all, set)
			}
		}
	}
	return all
}

// participant is one entry's conditions on one participation and its actor.
func (b *builder) participant(p, a string, f kg.ParticipantFilter) clause {
	return and(
		in(b, a+".id", f.AnyOf), in(b, p+".representing", f.Representing), in(b, p+".role", f.Roles),
		in(b, a+".kind", f.Kinds), in(b, a+".country", f.Countries), in(b, p+".side", f.Sides),
	)
}

// without asks that none of them takes part, in whatever role.
func (b *builder) without(s string, actors []kg.ID) clause {
	if len(actors) == 0 {
		return always
	}
	p, a := b.name("p"), b.name("a")
	return not(exists(b.eventOf(s)+"<-["+p+":PARTICIPATED_IN]-("+a+":Actor)", b.known(p), in(b, a+".id", actors)))
}
