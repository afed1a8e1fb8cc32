package sqlite

import (
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// events are the conditions of a filter on event_state e, whose interval is another matter.
func (r reading) events(f *store.EventFilter) (clause, error) {
	if f == nil {
		return always, nil
	}
	place, err := r.place(f.Place)
	if err != nil {
		return always, err
	}
	all := []clause{
		given("e.event", f.IDs), r.words("e.event", store.TypeEvent, f.Text),
		overlaps("e.time_earliest", "e.time_latest", f.Time), overlaps("e.asserted_earliest", "e.asserted_latest", f.FirstAsserted),
		given("e.precision", f.Precision), given("e.category", f.Categories), given("e.mode", f.Modes),
		given("e.modality", f.Modalities), given("e.status", f.Statuses), between("e.killed", f.Killed), between("e.voices", f.Voices),
		r.codes(f.Codes), r.participants(f.Participants), r.without(f.WithoutActors), place,
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

// words says that the words asked for occur in what the node is found by at the view's moment.
func (r reading) words(column string, typ store.NodeType, asked *string) clause {
	if asked == nil {
		return always
	}
	q := text.ParseQuery(*asked)
	if q.Empty() {
		return never
	}
	return sqlOf(column+" IN (").then(r.found(q, typ), sqlOf(")"))
}

// found selects what has the words at the view's moment.
func (r reading) found(q text.Query, typ store.NodeType) clause {
	return sqlOf("SELECT s.id FROM search_words w JOIN search_entry s ON s.num = w.rowid WHERE search_words MATCH ? AND s.type = ? AND ",
		text.FTS5(q), string(typ)).then(r.holds("s"))
}

func (r reading) codes(asked []store.CodeFilter) clause {
	if asked == nil {
		return always
	}
	same := sqlOf("")
	if r.layered {
		same = sqlOf("c.layer = e.layer AND ")
	}
	return exists(sqlOf("SELECT 1 FROM state_code c WHERE c.event = e.event AND c.known_from = e.known_from AND ").then(same, anyCode(asked)))
}

// anyCode is asked of state_code c.
func anyCode(asked []store.CodeFilter) clause {
	var any []clause
	for _, c := range asked {
		one := []clause{sqlOf("c.scheme = ?", c.Scheme)}
		if c.Value != nil {
			one = append(one, sqlOf("c.value = ?", *c.Value))
		}
		if c.StartsWith != nil {
			one = append(one, begins("c.value", *c.StartsWith))
		}
		any = append(any, and(one...))
	}
	return or(any...)
}

func (r reading) hasParts() clause {
	return exists(sqlOf("SELECT 1 FROM event_part p WHERE p.whole = e.event AND ").then(r.holds("p")))
}

// partOf walks down from the wholes, from each by itself: no event is a part of itself, but in a circle one of another.
func (r reading) partOf(wholes []kg.ID) clause {
	if wholes == nil {
		return always
	}
	return sqlOf("e.event IN (").then(r.parts(wholes), sqlOf(")"))
}

// parts selects the parts of wholes at any depth.
func (r reading) parts(wholes []kg.ID) clause {
	return sqlOf(`WITH RECURSIVE below (whole, id) AS (SELECT value, value FROM json_each(?)
		UNION SELECT below.whole, p.part FROM below JOIN event_part p ON p.whole = below.id WHERE `, idList(wholes)).then(r.holds("p"),
		sqlOf(") SELECT id FROM below WHERE id <> whole"))
}

func (r reading) responses(f *store.ResponseFilter) clause {
	if f == nil {
		return always
	}
	there := exists(sqlOf("SELECT 1 FROM response a WHERE a.answered = e.event AND ").then(r.holds("a"), sqlOf(" AND "), given("+a.kind", f.Kinds)))
	if f.Wanted() {
		return there
	}
	return not(there)
}

// sources asks the claims that stand; each condition may be met by another one.
func (r reading) sources(f *store.EventFilter) clause {
	claim := func(join string, c clause) clause {
		return exists(sqlOf("SELECT 1 FROM claim c "+join+" WHERE ").then(r.about("c", "e.event"), sqlOf(" AND "), r.live("c"), sqlOf(" AND "), c))
	}
	var all []clause
	if f.Documents != nil {
		all = append(all, claim("", oneOf("+c.document", f.Documents)))
	}
	if f.Publishers != nil {
		all = append(all, claim("JOIN document d ON d.id = c.document", oneOf("+d.publisher", r.one.Expand(f.Publishers))))
	}
	if f.Claimants != nil {
		all = append(all, claim("JOIN claimant k ON k.claim = c.id", oneOf("+k.actor", r.one.Expand(f.Claimants))))
	}
	if f.Datasets != nil {
		all = append(all, claim("JOIN release r ON r.id = c.release", oneOf("+r.name", f.Datasets)))
	}
	return and(all...)
}
