package sqlite

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
)

// clause is a piece of SQL with the values of its parameters, in their order.
type clause struct {
	sql  string
	args []any
}

func sqlOf(sql string, args ...any) clause { return clause{sql, args} }

// then puts clauses one after the other.
func (c clause) then(more ...clause) clause {
	for _, m := range more {
		c.sql += m.sql
		c.args = append(c.args[:len(c.args):len(c.args)], m.args...)
	}
	return c
}

var (
	always = clause{sql: "TRUE"}
	never  = clause{sql: "FALSE"}
)

func and(clauses ...clause) clause { return joined(" AND ", always, clauses) }

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

func or(clauses ...clause) clause { return joined(" OR ", never, clauses) }

func joined(by string, none clause, clauses []clause) clause {
	if len(clauses) == 0 {
		return none
	}
	all := clause{sql: "("}
	for i, c := range clauses {
		if i > 0 {
			all.sql += by
		}
		all = all.then(c)
	}
	all.sql += ")"
	return all
}

func not(c clause) clause { return sqlOf("NOT ").then(c) }

func exists(c clause) clause { return sqlOf("EXISTS (").then(c, sqlOf(")")) }

// oneOf says that a column has one of the values; an empty list has none.
func oneOf[T ~string](column string, values []T) clause {
	if len(values) == 1 {
		return sqlOf(column+" = ?", string(values[0]))
	}
	return sqlOf(column+" "+in, idList(values))
}

// given is oneOf where values are asked for at all.
func given[T ~string](column string, values []T) clause {
	if values == nil {
		return always
	}
	return oneOf(column, values)
}

// begins says that a column begins with a text: it lies between it and what would come after all that do, for no byte of
// UTF-8 is 0xff.
func begins(column, prefix string) clause {
	return sqlOf("("+column+" >= ? AND "+column+" < ?)", prefix, prefix+"\xff")
}

// is says what a column of truth must be, where that is asked.
func is(column string, wanted *bool) clause {
	if wanted == nil {
		return always
	}
	return sqlOf(column+" = ?", *wanted)
}

// overlaps is kg.TimeRange.Matches over two columns.
func overlaps(earliest, latest string, r *store.TimeRange) clause {
	if r == nil {
		return always
	}
	lo, hi := r.Bounds()
	if r.Definitely() {
		return sqlOf("("+earliest+" >= ? AND "+latest+" <= ?)", int64(lo), int64(hi))
	}
	return sqlOf("(? < ? AND "+earliest+" < ? AND "+latest+" > ?)", int64(lo), int64(hi), int64(hi), int64(lo))
}

// between bounds a count; one that is absent is -1 and lies in no range.
func between(column string, r *store.IntRange) clause {
	if r == nil {
		return always
	}
	lo := 0
	if r.Min != nil {
		lo = max(lo, *r.Min)
	}
	c := sqlOf(column+" >= ?", lo)
	if r.Max != nil {
		c = c.then(sqlOf(" AND "+column+" <= ?", *r.Max))
	}
	return sqlOf("(").then(c, sqlOf(")"))
}

// reading is the store read in one view.
type reading struct {
	*Store
	ctx  context.Context
	view kg.View
	// one are the nodes to be read as one; layered says that some are one, whether they are to be read so or apart.
	one     kg.Identities
	layered bool
}

// holds says that a row is there in the view, and its interval of knowledge has the view's moment.
func (r reading) holds(alias string) clause {
	return plainly([]clause{r.during(alias+".known_from", alias+".known_to"), r.layer(alias)})
}

// during says that an interval of knowledge has the view's moment. With everything known it is written as the condition of
// the partial indexes.
func (r reading) during(from, to string) clause {
	if r.view.KnownAt == nil {
		return sqlOf(to + " = 4611686018427387903")
	}
	m := int64(*r.view.KnownAt)
	return sqlOf("("+from+" <= ? AND "+to+" > ?)", m, m)
}

// known says that a claim is known at the view's moment.
func (r reading) known(alias string) clause {
	return sqlOf(alias+".known_from <= ?", int64(r.view.Moment()))
}

// live says that a claim stands at the view's moment.
func (r reading) live(alias string) clause {
	return and(sqlOf(alias+".stance <> 'RETRACTS'"), r.during(alias+".known_from", r.life(alias, "known_to")))
}

// life is a column of what became of a claim.
func (r reading) life(alias, column string) string {
	if !r.apart() {
		return alias + "." + column
	}
	return "coalesce((SELECT x." + column + " FROM claim_apart x WHERE x.claim = " + alias + ".id), " + alias + "." + column + ")"
}
