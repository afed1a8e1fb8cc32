package sqlite

import (
	"fmt"
	"math/bits"

	"casus/internal/kg"
	"casus/internal/store"
)

// participants asks that every entry has a participant of its own, a different actor for each. By Hall's theorem that is so
// when any of the entries, taken together, are met by at least as many actors as they are. So nothing is ever tried out,
// however many took part: the entries that an actor meets are the bits of met, and the actors of each set are counted.
func (r reading) participants(entries []store.ParticipantFilter) clause {
	if len(entries) == 0 {
		return always
	}
	there := sqlOf(" FROM participation p WHERE p.event = e.event AND ").then(r.holds("p"))
	each := make([]clause, len(entries))
	for i, f := range entries {
		each[i] = r.participant(f)
	}
	all := make([]clause, len(each))
	for i, c := range each {
		all[i] = exists(sqlOf("SELECT 1").then(there, sqlOf(" AND "), c))
	}
	if len(each) > 1 {
		all = append(all, apart(there, each))
	}
	return and(all...)
}

// apart counts the actors who meet each set of two entries and more. total, unlike sum, is never NULL.
func apart(there clause, each []clause) clause {
	met := sqlOf("0")
	for i, c := range each {
		met = met.then(sqlOf(fmt.Sprintf(" + %d * max(", 1<<i)), c, sqlOf(")"))
	}
	var enough []clause
	for set := uint(1); set < 1<<len(each); set++ {
		if n := bits.OnesCount(set); n > 1 {
			enough = append(enough, sqlOf(fmt.Sprintf("total(met & %d <> 0) >= %d", set, n)))
		}
	}
	return sqlOf("(SELECT ").then(and(enough...), sqlOf(" FROM (SELECT "), met, sqlOf(" AS met"), there, sqlOf(" GROUP BY p.actor))"))
}

// The plus before a column keeps the engine from seeking each value of a list in an index, for every event anew, where it
// need only look at the few rows of the event.

// participant is one entry's conditions on participation p and its actor.
func (r reading) participant(f store.ParticipantFilter) clause {
	all := []clause{given("+p.actor", f.AnyOf), given("p.representing", f.Representing), given("p.role", f.Roles), given("p.side", f.Sides)}
	if f.Kinds != nil || f.Countries != nil {
		all = append(all, exists(sqlOf("SELECT 1 FROM actor a WHERE a.id = p.actor AND ").then(plainly([]clause{r.layer("a"), given("a.kind", f.Kinds), given("a.country", f.Countries)}))))
	}
	return plainly(all)
}

// without asks that none of them takes part, in whatever role.
func (r reading) without(actors []kg.ID) clause {
	if len(actors) == 0 {
		return always
	}
	return not(exists(sqlOf("SELECT 1 FROM participation p WHERE p.event = e.event AND ").then(r.holds("p"), sqlOf(" AND "), oneOf("+p.actor", actors))))
}
