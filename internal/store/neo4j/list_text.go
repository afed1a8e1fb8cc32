package neo4j

import (
	"fmt"

	"casus/internal/store"
	"casus/internal/store/neo4j/rows"
)

// page is the text of a query that gives a row for each node, in order.
func (l list) page() string {
	inner, order, limit := l.inner()
	before, carry := "", ""
	if l.revised {
		before, carry = revision, "revision, "
	}
	outer := " WITH " + carry + "i, n, key"
	if l.scope == nil {
		outer += " ORDER BY " + order + limit
	}
	return before + l.over(carry, inner) + outer + " RETURN " + carry + "i, key, n.id AS id, " + l.columns + " ORDER BY i, " + order
}

// collected is the text of a query that gives a row for each parent, with the keys and ids of its nodes, and the store's revision before
// and after: few rows cost the server and the driver much less than many.
func (l list) collected() string {
	inner, order, limit := l.inner()
	return revision + l.each("revision, ") + " WITH revision, i, COLLECT { " + l.call(inner) +
		" WITH n, key ORDER BY " + order + limit + " RETURN [key, n.id] } AS page " +
		changeLog + "RETURN revision, i, page, coalesce(log.last, 0) AS now"
}

// inner is the text that finds nodes n and their key, and how they are ordered and limited. A first page, or the one after a position, is
// read from an index where there is one.
func (l list) inner() (text, order, limit string) {
	down := l.desc != l.window.Backward
	start, stop := l.window.After, l.window.Before
	if l.window.Backward {
		start, stop = stop, start
	}
	order, limit = "key, n.idKey", " LIMIT "+l.param(int64(l.window.Limit+1))
	if down {
		order = "key DESC, n.idKey DESC"
	}
	end := always
	if stop != nil {
		end = l.beyond(*stop, !down)
	}
	few := " ORDER BY " + order + limit
	branch := func(c clause) string {
		return l.match + where(l.where) + " WITH DISTINCT n WITH n, " + l.key + " AS key" + where(c, end) + few + " RETURN n, key"
	}
	switch {
	case !l.indexed && start == nil:
		text = branch(always)
	case !l.indexed:
		text = branch(l.beyond(*start, down))
	case l.ahead == "":
		text = l.walk(l.key, l.begin, start, end, down, few)
	default: // what lies after the moment was not known by then, unless it is ahead: a walk down need not skip it all
		text = l.walk(l.key, and(l.begin, l.key+" <= $m"), start, end, down, few) + " UNION ALL " +
			l.walk(l.ahead, l.ahead+" > $m", start, end, down, few)
	}
	return text, order, limit
}

// walk reads an index from its begin or from a position. After a position it is two branches, which stay fast when
// thousands of nodes have one key: the rest of that key's, and what lies beyond it.
func (l list) walk(key string, within clause, start *store.Position, end clause, down bool, few string) string {
	branch := func(c clause) string {
		return l.match + where(c, within, end, l.where) + " WITH n, " + key + " AS key" + few + " RETURN n, key"
	}
	if start == nil {
		return branch(key + " IS NOT NULL AND n.idKey IS NOT NULL")
	}
	at, id := l.at(*start)
	return branch(key+" = "+at+" AND n.idKey"+beyondSign(down)+id) + " UNION ALL " +
		branch(key+beyondSign(down)+at+" AND n.idKey IS NOT NULL")
}

// over runs a subquery once, or once for every parent.
func (l list) over(carry, inner string) string { return l.each(carry) + " " + l.call(inner) }

// each begins a query that is answered once, or once for every parent.
func (l list) each(carry string) string {
	if l.scope == nil {
		return "WITH " + carry + "0 AS i"
	}
	return "UNWIND range(0, size($parents) - 1) AS i WITH " + carry + "i, $parents[i] AS parent"
}

func (l list) call(inner string) string {
	if l.scope == nil {
		return "CALL () { " + inner + " }"
	}
	return "CALL (parent) { " + inner + " }"
}

// beyond holds after a position, or before it where down is set.
func (l list) beyond(p store.Position, down bool) clause {
	key, id := l.at(p)
	expression := "key"
	if l.indexed {
		expression = l.key
	}
	sign := beyondSign(down)
	return fmt.Sprintf("(%[1]s%[2]s%[3]s OR (%[1]s = %[3]s AND n.idKey%[2]s%[4]s))", expression, sign, key, id)
}

func (l list) at(p store.Position) (key, id string) {
	if l.text {
		return l.param(rows.SortKey(p.Text)), l.param(rows.SortKey(string(p.ID)))
	}
	return l.param(p.Int), l.param(rows.SortKey(string(p.ID)))
}

func beyondSign(down bool) string {
	if down {
		return " < "
	}
	return " > "
}
