package sqlite

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
)

// clause is a piece of SQL with its arguments in order.
type clause struct {
	sql  string
	args []any
}

func sqlOf(sql string, args ...any) clause { return clause{sql, args} }

// append returns c followed by more.
func (c clause) append(more ...clause) clause {
	for _, m := range more {
		c.sql += m.sql
		c.args = append(c.args[:len(c.args):len(c.args)], m.args...)
	}
	return c
}

var (
	trueClause  = clause{sql: "TRUE"}
	falseClause = clause{sql: "FALSE"}
)

func and(clauses ...clause) clause { return join(" AND ", trueClause, clauses) }

// combine is and without the clauses that are always true.
func combine(all []clause) clause {
	var conditions []clause
	for _, c := range all {
		if c.sql != trueClause.sql {
			conditions = append(conditions, c)
		}
	}
	return and(conditions...)
}

func or(clauses ...clause) clause { return join(" OR ", falseClause, clauses) }

func join(by string, none clause, clauses []clause) clause {
	if len(clauses) == 0 {
		return none
	}
	all := clause{sql: "("}
	for i, c := range clauses {
		if i > 0 {
			all.sql += by
		}
		all = all.append(c)
	}
	all.sql += ")"
	return all
}

func not(c clause) clause { return sqlOf("NOT ").append(c) }

func exists(c clause) clause { return sqlOf("EXISTS (").append(c, sqlOf(")")) }

// oneOf returns the condition that a column has one of the values. An empty list matches nothing.
func oneOf[T ~string](column string, values []T) clause {
	if len(values) == 1 {
		return sqlOf(column+" = ?", string(values[0]))
	}
	return sqlOf(column+" "+inJSONList, idList(values))
}

// anyOf is oneOf, except that nil matches everything.
func anyOf[T ~string](column string, values []T) clause {
	if values == nil {
		return trueClause
	}
	return oneOf(column, values)
}

// hasPrefix returns the condition that a column begins with prefix. The upper bound works because no byte of UTF-8 is
// 0xff.
func hasPrefix(column, prefix string) clause {
	return sqlOf("("+column+" >= ? AND "+column+" < ?)", prefix, prefix+"\xff")
}

// matchesBool returns the condition that a boolean column equals *wanted; nil matches everything.
func matchesBool(column string, wanted *bool) clause {
	if wanted == nil {
		return trueClause
	}
	return sqlOf(column+" = ?", *wanted)
}

// overlaps is store.TimeRange.Matches over two columns.
func overlaps(earliest, latest string, r *store.TimeRange) clause {
	if r == nil {
		return trueClause
	}
	lo, hi := r.Bounds()
	if r.Definitely() {
		return sqlOf("("+earliest+" >= ? AND "+latest+" <= ?)", int64(lo), int64(hi))
	}
	return sqlOf("(? < ? AND "+earliest+" < ? AND "+latest+" > ?)", int64(lo), int64(hi), int64(hi), int64(lo))
}

// inRange returns the condition that a count lies in r. An absent count is stored as -1 and lies in no range.
func inRange(column string, r *store.IntRange) clause {
	if r == nil {
		return trueClause
	}
	lo := 0
	if r.Min != nil {
		lo = max(lo, *r.Min)
	}
	c := sqlOf(column+" >= ?", lo)
	if r.Max != nil {
		c = c.append(sqlOf(" AND "+column+" <= ?", *r.Max))
	}
	return sqlOf("(").append(c, sqlOf(")"))
}

// viewReader reads the store in one view.
type viewReader struct {
	*Store
	ctx  context.Context
	view kg.View
	// identities are the classes that the view merges. hasMerged is set if any nodes are merged, even in an EXACT view.
	identities kg.Identities
	hasMerged  bool
	// anyMoment selects rows known at any moment, not only at the view's.
	anyMoment bool
}

// holds returns the condition that a row exists in the view and is known at its moment.
func (r viewReader) holds(alias string) clause {
	return combine([]clause{r.knownDuring(alias+".known_from", alias+".known_to"), r.inLayer(alias)})
}

// isFound returns the condition that a search entry is not for a RETRACTED event.
func (r viewReader) isFound(entry string) clause {
	return sqlOf("("+entry+".type <> ? OR ", string(store.TypeEvent)).append(
		not(exists(sqlOf("SELECT 1 FROM event_state v WHERE v.event = "+entry+".id AND v.status = ? AND ",
			string(kg.StatusRetracted)).append(r.holds("v")))), sqlOf(")"))
}

// knownDuring returns the condition that an interval of knowledge contains the view's moment. Without knownAt it has
// exactly the text of the condition of the partial indexes, so that SQLite uses them.
func (r viewReader) knownDuring(from, to string) clause {
	if r.anyMoment {
		return sqlOf(from + " < " + to)
	}
	if r.view.KnownAt == nil {
		return sqlOf(to + " = 4611686018427387903")
	}
	m := int64(*r.view.KnownAt)
	return sqlOf("("+from+" <= ? AND "+to+" > ?)", m, m)
}

// isKnown returns the condition that a claim is known at the view's moment.
func (r viewReader) isKnown(alias string) clause {
	return sqlOf(alias+".known_from <= ?", int64(r.view.Moment()))
}

// isLive returns the condition that a claim is live at the view's moment. The unary plus keeps SQLite from using the
// condition for an automatic index where a query already has the subjects: most claims are live.
func (r viewReader) isLive(alias string) clause {
	return and(sqlOf(alias+".stance <> 'RETRACTS'"),
		r.knownDuring(alias+".known_from", "+"+r.lifetimeColumn(alias, "known_to")))
}

// lifetimeColumn returns an expression for a column of a claim's lifetime (known_to, withdrawn_by) in the view.
func (r viewReader) lifetimeColumn(alias, column string) string {
	if !r.splitsMerged() {
		return alias + "." + column
	}
	return "coalesce((SELECT x." + column + " FROM claim_apart x WHERE x.claim = " + alias + ".id), " + alias + "." +
		column + ")"
}
