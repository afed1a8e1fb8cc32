package sqlitestore

import (
	"fmt"

	"casus/internal/kg"
	"casus/internal/text"
)

// events are the conditions of a filter on event_state e, whose interval is another matter.
func (r reading) events(f *kg.EventFilter) (clause, error) {
	if f == nil {
		return always, nil
	}
	place, err := r.place(f.Place)
	if err != nil {
		return always, err
	}
	all := []clause{
		given("e.event", f.IDs), r.words("e.event", kg.TypeEvent, f.Text),
		overlaps("e.time_earliest", "e.time_latest", f.Time), overlaps("e.asserted_earliest", "e.asserted_latest", f.FirstAsserted),
		given("e.precision", f.Precision), given("e.category", f.Categories), given("e.mode", f.Modes),
		given("e.modality", f.Modalities), given("e.status", f.Statuses), between("e.killed", f.Killed), between("e.voices", f.Voices),
		codes(f.Codes), r.participants(f.Participants), r.without(f.WithoutActors), place,
		r.partOf(f.PartOf), r.responses(f.Responses), r.sources(f),
	}
	if f.HasParts != nil {
		parts := r.hasParts()
		if !*f.HasParts {
			parts = not(parts)
		}
		all = append(all, parts)
	}
	for i := range f.And {
		c, err := r.events(&f.And[i])
		if err != nil {
			return always, err
		}
		all = append(all, c)
	}
	var either []clause
	for i := range f.Or {
		c, err := r.events(&f.Or[i])
		if err != nil {
			return always, err
		}
		either = append(either, c)
	}
	if len(either) > 0 {
		all = append(all, or(either...))
	}
	if f.Not != nil {
		c, err := r.events(f.Not)
		if err != nil {
			return always, err
		}
		all = append(all, not(c))
	}
	return plainly(all), nil
}

// plainly is and without what asks for nothing.
func plainly(all []clause) clause {
	var kept []clause
	for _, c := range all {
		if c.sql != always.sql {
			kept = append(kept, c)
		}
	}
	return and(kept...)
}

// words says that the words asked for occur in what the node is found by at the view's moment.
func (r reading) words(column string, typ kg.NodeType, asked *string) clause {
	if asked == nil {
		return always
	}
	q := text.ParseQuery(*asked)
	if q.Empty() {
		return never
	}
	return sqlOf(column+" IN (SELECT s.id FROM search_words w JOIN search_entry s ON s.num = w.rowid WHERE search_words MATCH ? AND s.type = ? AND ",
		text.FTS5(q), string(typ)).then(r.holds("s"), sqlOf(")"))
}

func codes(asked []kg.CodeFilter) clause {
	if asked == nil {
		return always
	}
	var any []clause
	for _, c := range asked {
		one := sqlOf("c.scheme = ?", c.Scheme)
		if c.Value != nil {
			one = one.then(sqlOf(" AND c.value = ?", *c.Value))
		}
		if c.StartsWith != nil {
			one = one.then(sqlOf(" AND substr(c.value, 1, length(?)) = ?", *c.StartsWith, *c.StartsWith))
		}
		any = append(any, sqlOf("(").then(one, sqlOf(")")))
	}
	return exists(sqlOf("SELECT 1 FROM state_code c WHERE c.event = e.event AND c.known_from = e.known_from AND ").then(or(any...)))
}

// participants needs a participation for each entry, of a different actor each.
func (r reading) participants(entries []kg.ParticipantFilter) clause {
	if len(entries) == 0 {
		return always
	}
	from, where := "", []clause{}
	anchored := false
	for i, f := range entries {
		p := fmt.Sprintf("p%d", i)
		if i > 0 {
			from += ", "
			where = append(where, sqlOf(p+".event = p0.event"))
		}
		from += "participation " + p
		for j := range i {
			where = append(where, sqlOf(fmt.Sprintf("%s.actor <> p%d.actor", p, j)))
		}
		anchored = anchored || f.AnyOf != nil
		where = append(where, r.holds(p), r.participant(p, f))
	}
	if anchored { // few events: find them first
		return sqlOf("e.event IN (SELECT p0.event FROM "+from+" WHERE ").then(and(where...), sqlOf(")"))
	}
	return exists(sqlOf("SELECT 1 FROM " + from + " WHERE p0.event = e.event AND ").then(and(where...)))
}

func (r reading) participant(p string, f kg.ParticipantFilter) clause {
	all := []clause{given(p+".actor", f.AnyOf), given(p+".representing", f.Representing), given(p+".role", f.Roles), given(p+".side", f.Sides)}
	if f.Kinds != nil || f.Countries != nil {
		all = append(all, exists(sqlOf("SELECT 1 FROM actor a WHERE a.id = "+p+".actor AND ").then(and(given("a.kind", f.Kinds), given("a.country", f.Countries)))))
	}
	return plainly(all)
}

func (r reading) without(actors []kg.ID) clause {
	if len(actors) == 0 {
		return always
	}
	return not(exists(sqlOf("SELECT 1 FROM participation p WHERE p.event = e.event AND ").then(r.holds("p"), sqlOf(" AND "), oneOf("p.actor", actors))))
}

func (r reading) hasParts() clause {
	return exists(sqlOf("SELECT 1 FROM event_part p WHERE p.whole = e.event AND ").then(r.holds("p")))
}

// partOf walks up to the wholes; no event is a part of itself.
func (r reading) partOf(wholes []kg.ID) clause {
	if wholes == nil {
		return always
	}
	return sqlOf("EXISTS (WITH RECURSIVE above (id) AS (SELECT p.whole FROM event_part p WHERE p.part = e.event AND ").then(r.holds("p"),
		sqlOf(" UNION SELECT p.whole FROM above JOIN event_part p ON p.part = above.id WHERE "), r.holds("p"),
		sqlOf(") SELECT 1 FROM above WHERE above.id <> e.event AND "), oneOf("above.id", wholes), sqlOf(")"))
}

func (r reading) responses(f *kg.ResponseFilter) clause {
	if f == nil {
		return always
	}
	there := exists(sqlOf("SELECT 1 FROM response a WHERE a.answered = e.event AND ").then(r.holds("a"), sqlOf(" AND "), given("a.kind", f.Kinds)))
	if f.Wanted() {
		return there
	}
	return not(there)
}

// sources asks the claims that stand; each condition may be met by another one.
func (r reading) sources(f *kg.EventFilter) clause {
	claim := func(join string, c clause) clause {
		return exists(sqlOf("SELECT 1 FROM claim c "+join+" WHERE c.subject = e.event AND ").then(r.live("c"), sqlOf(" AND "), c))
	}
	var all []clause
	if f.Documents != nil {
		all = append(all, claim("", oneOf("c.document", f.Documents)))
	}
	if f.Publishers != nil {
		all = append(all, claim("JOIN document d ON d.id = c.document", oneOf("d.publisher", f.Publishers)))
	}
	if f.Claimants != nil {
		all = append(all, claim("JOIN claimant k ON k.claim = c.id", oneOf("k.actor", f.Claimants)))
	}
	if f.Datasets != nil {
		all = append(all, claim("JOIN release r ON r.id = c.release", oneOf("r.name", f.Datasets)))
	}
	return and(all...)
}
