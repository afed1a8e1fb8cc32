package neo4j

import (
	"strconv"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
)

// clause is a Cypher condition; "" always holds. Values are passed as parameters, and names are constants of this
// package or come from builder.name, so that user input is never part of the text. The comment of a function that
// returns a clause states when the clause holds.
type clause = string

// The clauses without a condition.
const (
	always clause = ""
	never  clause = "false"
)

// and holds where all clauses hold.
func and(clauses ...clause) clause {
	var conditions []clause
	for _, c := range clauses {
		if c != always {
			conditions = append(conditions, c)
		}
	}
	return strings.Join(conditions, " AND ")
}

// or holds where at least one clause holds.
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

// not negates a clause. No clause is ever null.
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

// builder collects the parameters of one query in one view and generates variable names.
type builder struct {
	store  *Store
	view   kg.View
	params map[string]any
	state  *queryState
	// identities are the classes that the view merges; hasMerged is set if any nodes are merged, in any view.
	identities kg.Identities
	hasMerged  bool
	// anyMoment selects rows known at any moment, not only at the view's.
	anyMoment bool
}

// param adds a value and returns its parameter name.
func (b *builder) param(v any) string {
	name := "v" + strconv.Itoa(len(b.params))
	b.params[name] = v
	return "$" + name
}

// name returns a new variable name. A subquery would bind an outer variable of the same name.
func (b *builder) name(prefix string) string {
	b.state.nameCount++
	return prefix + strconv.Itoa(b.state.nameCount)
}

// isKnown holds where a relationship r belongs to the view and is known at its moment.
func (b *builder) isKnown(r string) clause { return and(b.knownDuring(r), b.inLayer(r)) }

// knownDuring holds where the interval of knowledge of a relationship or claim v contains the view's moment.
func (b *builder) knownDuring(v string) clause {
	from, to := v+".knownFrom", v+".knownTo"
	switch {
	case b.anyMoment:
		return "(" + to + " IS NULL OR " + from + " < " + to + ")"
	case b.view.KnownAt == nil:
		return to + " IS NULL"
	}
	return from + " <= $moment AND (" + to + " IS NULL OR $moment < " + to + ")"
}

// isLive holds where a claim c is live in the view.
func (b *builder) isLive(c string) clause {
	return and(b.lifetime(c), c+".stance <> "+b.param(string(kg.StanceRetracts)))
}

// in holds where an expression is one of a list. It always holds for nil, and never for an empty list.
func in[T ~string](b *builder, expression string, list []T) clause {
	if list == nil {
		return always
	}
	return expression + " IN " + b.param(stringsOf(list))
}

// stringsOf converts values for the driver.
func stringsOf[T ~string](list []T) []string {
	all := make([]string, len(list))
	for i, v := range list {
		all[i] = string(v)
	}
	return all
}

// timeRange holds where the interval from earliest to latest matches r.
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

// intRange holds where a count lies in r. An absent count is -1 and lies in no range.
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

// boolFilter holds where c has the wanted truth value, or always for nil.
func boolFilter(c clause, wanted *bool) clause {
	switch {
	case wanted == nil:
		return always
	case *wanted:
		return c
	}
	return not(c)
}
