package neo4j

import (
	"strconv"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
)

// A clause is a Cypher condition; "" holds always. Its values are parameters and its names come from this package's
// constants and builder.name, so nothing that a reader typed is ever part of the text.
type clause = string

// The clauses without a condition.
const (
	always clause = ""
	never  clause = "false"
)

// and holds where all do.
func and(clauses ...clause) clause {
	var some []clause
	for _, c := range clauses {
		if c != always {
			some = append(some, c)
		}
	}
	return strings.Join(some, " AND ")
}

// or holds where one does.
func or(clauses ...clause) clause {
	for _, c := range clauses {
		if c == always {
			return always
		}
	}
	if len(clauses) == 0 {
		return never
	}
	return "(" + strings.Join(clauses, " OR ") + ")"
}

// not is the plain complement: what clauses read is never null.
func not(c clause) clause {
	if c == always {
		return never
	}
	return "NOT (" + c + ")"
}

// where renders a clause as the end of a MATCH or WITH.
func where(clauses ...clause) string {
	c := and(clauses...)
	if c == always {
		return ""
	}
	return " WHERE " + c
}

// exists holds where a pattern has a match that meets the conditions.
func exists(pattern string, conditions ...clause) clause {
	return "EXISTS { MATCH " + pattern + where(conditions...) + " }"
}

// builder gathers the parameters of one query in one view and makes names for its variables.
type builder struct {
	store  *Store
	view   kg.View
	params map[string]any
	state  *queryState
	// identities are the nodes to be read as one; layered says that some are one, whether they are to be read so or apart.
	identities kg.Identities
	hasMerged  bool
}

// param adds a value and gives its name in the text.
func (b *builder) param(v any) string {
	name := "v" + strconv.Itoa(len(b.params))
	b.params[name] = v
	return "$" + name
}

// name makes a variable that no other part of the query has: within a subquery an outer variable would be bound.
func (b *builder) name(prefix string) string {
	b.state.nameCount++
	return prefix + strconv.Itoa(b.state.nameCount)
}

// isKnown holds where a relationship or version is there in the view, and was known.
func (b *builder) isKnown(v string) clause {
	return and(v+".knownFrom <= $m AND $m < "+v+".knownTo", b.inLayer(v))
}

// isLive holds where a claim stands in the view.
func (b *builder) isLive(c string) clause {
	return and(c+".knownFrom <= $m AND $m < "+b.lifetime(c, "knownTo"), c+".stance <> "+b.param(string(kg.StanceRetracts)))
}

// in holds where an expression is one of a list: always for nil, never for an empty one.
func in[T ~string](b *builder, expression string, list []T) clause {
	if list == nil {
		return always
	}
	return expression + " IN " + b.param(stringsOf(list))
}

// stringsOf are values as the driver takes them.
func stringsOf[T ~string](list []T) []string {
	all := make([]string, len(list))
	for i, v := range list {
		all[i] = string(v)
	}
	return all
}

// timeRange is a time range asked of a hull.
func (b *builder) timeRange(earliest, latest string, r *store.TimeRange) clause {
	if r == nil {
		return always
	}
	lo, hi := r.Bounds()
	switch {
	case r.Definitely():
		return earliest + " >= " + b.param(int64(lo)) + " AND " + latest + " <= " + b.param(int64(hi))
	case lo >= hi:
		return never
	}
	return earliest + " < " + b.param(int64(hi)) + " AND " + latest + " > " + b.param(int64(lo))
}

// intRange is a range asked of a count; an absent one is stored as -1 and lies in none.
func (b *builder) intRange(number string, r *store.IntRange) clause {
	if r == nil {
		return always
	}
	low := 0
	if r.Min != nil {
		low = max(low, *r.Min)
	}
	c := number + " >= " + b.param(int64(low))
	if r.Max != nil {
		c += " AND " + number + " <= " + b.param(int64(*r.Max))
	}
	return c
}

// boolFilter is a property asked to be what a filter wants.
func boolFilter(c clause, wanted *bool) clause {
	switch {
	case wanted == nil:
		return always
	case *wanted:
		return c
	}
	return not(c)
}
