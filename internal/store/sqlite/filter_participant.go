package sqlite

import (
	"fmt"
	"math/bits"

	"casus/internal/kg"
	"casus/internal/store"
)

// hasParticipants returns the condition that every entry has a participant of its own, a different actor for each. By
// Hall's theorem that holds if every set of entries is met by at least as many actors as it has entries. So no
// assignment has to be searched for: the entries that an actor meets are the bits of met, and the actors of each set
// are counted.
func (r viewReader) hasParticipants(entries []store.ParticipantFilter) clause {
	if len(entries) == 0 {
		return trueClause
	}
	from := sqlOf(" FROM participation p WHERE p.event = e.event AND ").append(r.holds("p"))
	each := make([]clause, len(entries))
	for i, f := range entries {
		each[i] = r.matchesParticipant(f)
	}
	all := make([]clause, len(each))
	for i, c := range each {
		all[i] = exists(sqlOf("SELECT 1").append(from, sqlOf(" AND "), c))
	}
	if len(each) > 1 {
		all = append(all, distinctActors(from, each))
	}
	return and(all...)
}

// distinctActors counts the actors that meet each set of two or more entries. total, unlike sum, is never NULL.
func distinctActors(from clause, each []clause) clause {
	mask := sqlOf("0")
	for i, c := range each {
		mask = mask.append(sqlOf(fmt.Sprintf(" + %d * max(", 1<<i)), c, sqlOf(")"))
	}
	var enough []clause
	for set := uint(1); set < 1<<len(each); set++ {
		if n := bits.OnesCount(set); n > 1 {
			enough = append(enough, sqlOf(fmt.Sprintf("total(met & %d <> 0) >= %d", set, n)))
		}
	}
	return sqlOf("(SELECT ").append(and(enough...), sqlOf(" FROM (SELECT "), mask, sqlOf(" AS met"), from,
		sqlOf(" GROUP BY p.actor))"))
}

// The plus before a column keeps SQLite from looking up each value of a list in an index for every event, when it only
// has to check the few rows of the event.

// matchesParticipant returns the conditions of one entry on participation p and its actor.
func (r viewReader) matchesParticipant(f store.ParticipantFilter) clause {
	all := []clause{anyOf("+p.actor", f.AnyOf), r.represents(f.Representing), anyOf("p.role", f.Roles),
		anyOf("p.side", f.Sides), anyOf("p.status", f.Statuses)}
	if f.Kinds != nil || f.Countries != nil {
		all = append(all, exists(sqlOf("SELECT 1 FROM actor a WHERE a.id = p.actor AND ").
			append(combine([]clause{r.inLayer("a"), anyOf("a.kind", f.Kinds), anyOf("a.country", f.Countries)}))))
	}
	return combine(all)
}

// represents returns the condition that participation p in the event of event_state e is on behalf of one of the
// actors.
func (r viewReader) represents(actors []kg.ID) clause {
	if actors == nil {
		return trueClause
	}
	holder := "a.holder = p.actor"
	if r.identities.HasMerged(kg.KindActor) {
		holder = "a.holder IN (SELECT p.actor UNION ALL SELECT m.id FROM identity_class m WHERE m.class = p.actor)"
	}
	affiliated := exists(sqlOf("SELECT 1 FROM affiliation a JOIN affiliated s ON s.affiliation = a.id" +
		" WHERE a.valid_earliest < e.time_latest AND a.valid_latest > e.time_earliest AND " + holder + " AND ").
		append(combine([]clause{oneOf("+a.counterpart", r.identities.Expand(actors)),
			oneOf("+a.type", store.RepresentingTypes()), r.holds("s")})))
	return or(oneOf("p.representing", actors), affiliated)
}

// withoutActors returns the condition that none of the actors takes part, in any role.
func (r viewReader) withoutActors(actors []kg.ID) clause {
	if len(actors) == 0 {
		return trueClause
	}
	return not(exists(sqlOf("SELECT 1 FROM participation p WHERE p.event = e.event AND ").
		append(r.holds("p"), sqlOf(" AND "), oneOf("+p.actor", actors))))
}
