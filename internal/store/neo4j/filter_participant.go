package neo4j

import (
	"fmt"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
)

// participants holds where every entry matches a participant, each a different actor.
func (b *builder) participants(s string, entries []store.ParticipantFilter) clause {
	if len(entries) == 0 {
		return always
	}
	p, a := b.name("p"), b.name("a")
	pattern := b.eventPath(s) + "<-[" + p + ":PARTICIPATED_IN]-(" + a + ":Actor)"
	each := make([]clause, len(entries))
	for i, entry := range entries {
		each[i] = b.participant(s, p, a, entry)
	}
	if len(each) == 1 {
		return exists(pattern, b.isKnown(p), each[0])
	}
	return b.distinctActors(pattern+where(b.isKnown(p), or(each...)), a, each)
}

// distinctActors holds where different actors can meet the conditions. By Hall's theorem this is so if every subset of
// the conditions is met by at least as many actors as the subset has conditions. No search for an assignment is needed,
// independent of the number of actors, and the actors are read once: the engine plans each subquery separately, which
// takes minutes for dozens of them.
func (b *builder) distinctActors(pattern, actor string, conditions []clause) clause {
	met := make([]string, len(conditions))
	for i, c := range conditions {
		if c == always {
			c = "true"
		}
		met[i] = "count(CASE WHEN " + c + " THEN 1 END) > 0"
	}
	actors := "COLLECT { MATCH " + pattern + " WITH " + actor + ", [" + strings.Join(met, ", ") + "] AS met RETURN met }"
	return fmt.Sprintf("any(actors IN [%s] WHERE all(some IN %s"+
		" WHERE size([met IN actors WHERE any(i IN some WHERE met[i])]) >= size(some)))",
		actors, b.param(subsets(len(conditions))))
}

// subsets returns the non-empty subsets of the numbers below n.
func subsets(n int) [][]int {
	var all [][]int
	for set := 1; set < 1<<n; set++ {
		var members []int
		for i := range n {
			if set&(1<<i) != 0 {
				members = append(members, i)
			}
		}
		all = append(all, members)
	}
	return all
}

// participant returns the conditions of one entry on a participation p in the event of a state s, and its actor a.
func (b *builder) participant(s, p, a string, f store.ParticipantFilter) clause {
	return and(
		in(b, a+".id", f.AnyOf), b.represents(s, p, a, f.Representing), in(b, p+".role", f.Roles),
		in(b, b.property(a, "kind"), f.Kinds), in(b, b.property(a, "country"), f.Countries), in(b, p+".side", f.Sides),
		in(b, p+".status", f.Statuses),
	)
}

// represents holds where a participation p of actor a is on behalf of one of the actors.
func (b *builder) represents(s, p, a string, actors []kg.ID) clause {
	if actors == nil {
		return always
	}
	f, r := b.name("f"), b.name("r")
	affiliated := exists(b.membersPath("("+a+")", kg.KindActor)+"<-[:HOLDER]-("+f+":Affiliation)-["+r+":SUPPORTED]->()",
		b.isKnown(r), in(b, f+".type", store.RepresentingTypes()),
		in(b, f+".counterpart", b.identities.Expand(actors)),
		f+"._validEarliest < "+s+"._latest", f+"._validLatest > "+s+"._earliest")
	return or("coalesce("+in(b, p+".representing", actors)+", false)", affiliated)
}

// withoutActors holds where none of the actors takes part, in any role.
func (b *builder) withoutActors(s string, actors []kg.ID) clause {
	if len(actors) == 0 {
		return always
	}
	p, a := b.name("p"), b.name("a")
	return not(exists(b.eventPath(s)+"<-["+p+":PARTICIPATED_IN]-("+a+":Actor)", b.isKnown(p), in(b, a+".id", actors)))
}
