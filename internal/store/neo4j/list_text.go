package neo4j

import (
	"fmt"

	"casus/internal/store"
	"casus/internal/store/neo4j/rows"
)

// pageQuery returns a query for one row per parent that has any node, with the keys, ids and columns of its nodes in
// order. Few rows cost the server and the driver less than one row for each node. (A COLLECT subquery in place of the
// aggregation takes the server longer to plan.)
func (l list) pageQuery() string {
	inner, order, limit := l.nodesQuery()
	before, carry := "", ""
	if l.withRevision {
		before, carry = revision, "revision, "
	}
	if l.scope != nil {
		limit = ""
	}
	return before + l.perParent(carry, inner) + " WITH " + carry + "i, n, key ORDER BY i, " + order + limit +
		" RETURN " + carry + "i, collect([key, n.id" + l.columns.values() + "]) AS page"
}

// nodesQuery returns a query for nodes n and their keys, with its order and limit. The first page, and the page after a
// position, are read from an index if there is one.
func (l list) nodesQuery() (text, order, limit string) {
	down := l.desc != l.window.Backward
	start, stop := l.window.After, l.window.Before
	if l.window.Backward {
		start, stop = stop, start
	}
	order, limit = "key, n._idKey", " LIMIT "+l.param(int64(l.window.Limit+1))
	if down {
		order = "key DESC, n._idKey DESC"
	}
	end := always
	if stop != nil {
		end = l.afterPosition(*stop, !down)
	}
	limited := " ORDER BY " + order + limit
	branch := func(c clause) string {
		return l.match + where(l.where) + " WITH DISTINCT n WITH n, " + l.key + " AS key" + where(c, end) + limited +
			" RETURN n, key"
	}
	switch {
	case !l.indexed && start == nil:
		text = branch(always)
	case !l.indexed:
		text = branch(l.afterPosition(*start, down))
	case l.ahead == "":
		text = l.indexQuery(l.key, l.indexBound, start, end, down, limited)
	default: // of the events after the moment only the ones with an ahead key were known then: skip the others
		text = l.indexQuery(l.key, and(l.indexBound, l.key+" <= $m"), start, end, down, limited) + " UNION ALL " +
			l.indexQuery(l.ahead, l.ahead+" > $m", start, end, down, limited)
	}
	return text, order, limit
}

// indexQuery reads an index from its bound or from a position. After a position it has two branches, which stay fast if
// thousands of nodes share a key: the remaining nodes with that key, and the nodes after it.
func (l list) indexQuery(
	key string, within clause, start *store.Position, end clause, down bool, limited string,
) string {
	branch := func(c clause) string {
		return l.match + where(c, within, end, l.where) + " WITH n, " + key + " AS key" + limited + " RETURN n, key"
	}
	if start == nil {
		return branch(key + " IS NOT NULL AND n._idKey IS NOT NULL")
	}
	at, id := l.positionParams(*start)
	return branch(key+" = "+at+" AND n._idKey"+beyondSign(down)+id) + " UNION ALL " +
		branch(key+beyondSign(down)+at+" AND n._idKey IS NOT NULL")
}

// perParent runs a subquery once, or once per parent, which it sees.
func (l list) perParent(carry, inner string) string {
	if l.scope == nil {
		return "WITH " + carry + "0 AS i CALL () { " + inner + " }"
	}
	return "UNWIND range(0, size($parents) - 1) AS i WITH " + carry + "i, $parents[i] AS parent CALL (parent) { " +
		inner + " }"
}

// afterPosition holds after a position in ascending order, or in descending order if down is set.
func (l list) afterPosition(p store.Position, down bool) clause {
	key, id := l.positionParams(p)
	expression := "key"
	if l.indexed {
		expression = l.key
	}
	sign := beyondSign(down)
	return fmt.Sprintf("(%[1]s%[2]s%[3]s OR (%[1]s = %[3]s AND n._idKey%[2]s%[4]s))", expression, sign, key, id)
}

// positionParams adds a position's key and id to the parameters, in the form in which they are stored.
func (l list) positionParams(p store.Position) (key, id string) {
	if l.text {
		return l.param(rows.SortKey(p.Text)), l.param(rows.SortKey(string(p.ID)))
	}
	return l.param(p.Int), l.param(rows.SortKey(string(p.ID)))
}

// beyondSign returns the operator between the key of a later item and the key of an earlier one.
func beyondSign(down bool) string {
	if down {
		return " < "
	}
	return " > "
}
