package neo4jstore

import (
	"context"
	"fmt"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store/neo4jstore/rows"
)

var _ kg.Store = (*Store)(nil)

// listing is a query for pages of nodes n, keyset by (key, id): see rows.SortKey for the idKey.
type listing[T any] struct {
	*builder
	// match binds n: to any node there is, or under a scope to those of $parent's id, perhaps more than once.
	match string
	where clause
	// key is an expression over n; indexed says that an index on it and the id serves the order.
	key string
	// begin bounds the index to what where asks for too. ahead, if given, is the key of what lies ahead of what was known of
	// it, and of nothing else; it has an index too.
	begin   clause
	ahead   string
	text    bool
	desc    bool
	indexed bool
	window  kg.Window
	total   bool
	scope   *kg.Scope
	// columns are what decode needs of n.
	columns string
	decode  func(*neo4j.Record) (T, error)
}

// item is a node with its place in the list.
type item[T any] struct {
	node T
	at   kg.Position
}

func (l listing[T]) pages(ctx context.Context) ([]kg.Page[T], error) {
	parents := 1
	if l.scope != nil {
		parents = len(l.scope.IDs)
		l.params["parents"] = stringsOf(l.scope.IDs)
	}
	if parents == 0 {
		return nil, nil
	}
	found, err := l.items(ctx, parents)
	if err != nil {
		return nil, err
	}
	pages := make([]kg.Page[T], parents)
	for i := range pages {
		cut := kg.CutPage(l.window, found[i], func(it item[T]) kg.Position { return it.at })
		pages[i] = kg.Page[T]{Items: make([]T, len(cut.Items)), Positions: cut.Positions, HasNext: cut.HasNext, HasPrevious: cut.HasPrevious}
		for j, it := range cut.Items {
			pages[i].Items[j] = it.node
		}
	}
	if l.total {
		return pages, l.totals(ctx, pages)
	}
	return pages, nil
}

// items are those of each parent's page, in the window's direction.
func (l listing[T]) items(ctx context.Context, parents int) ([][]item[T], error) {
	found := make([][]item[T], parents)
	if l.window.Limit == 0 {
		return found, nil
	}
	rows, err := l.query(ctx, l.page())
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		i, err := column[int64](r, "i")
		if err != nil {
			return nil, err
		}
		at, err := l.position(r)
		if err != nil {
			return nil, err
		}
		node, err := l.decode(r)
		if err != nil {
			return nil, err
		}
		found[i] = append(found[i], item[T]{node, at})
	}
	return found, nil
}

func (l listing[T]) position(r *neo4j.Record) (at kg.Position, err error) {
	id, err := column[string](r, "id")
	if err != nil {
		return at, err
	}
	at.ID = kg.ID(id)
	if l.text {
		at.Text, err = column[string](r, "key")
		at.Text = rows.FromSortKey(at.Text)
	} else {
		at.Int, err = column[int64](r, "key")
	}
	return at, err
}

// page is the text of the query. A first page, or the one after a position, is read from an index where there is one.
func (l listing[T]) page() string {
	down := l.desc != l.window.Backward
	start, stop := l.window.After, l.window.Before
	if l.window.Backward {
		start, stop = stop, start
	}
	direction := ""
	if down {
		direction = " DESC"
	}
	order := " ORDER BY key" + direction + ", n.idKey" + direction + " LIMIT " + l.param(int64(l.window.Limit+1))
	end := always
	if stop != nil {
		end = l.beyond(*stop, !down)
	}
	branch := func(c clause) string {
		return l.match + where(l.where) + " WITH DISTINCT n WITH n, " + l.key + " AS key" + where(c, end) + order + " RETURN n, key"
	}
	var inner string
	switch {
	case !l.indexed && start == nil:
		inner = branch(always)
	case !l.indexed:
		inner = branch(l.beyond(*start, down))
	case l.ahead == "":
		inner = l.walk(l.key, l.begin, start, end, down, order)
	default: // what lies after the moment was not known by then, unless it is ahead: a walk down need not skip it all
		inner = l.walk(l.key, and(l.begin, l.key+" <= $m"), start, end, down, order) + " UNION ALL " +
			l.walk(l.ahead, l.ahead+" > $m", start, end, down, order)
	}
	outer := " WITH i, n, key"
	if l.scope == nil {
		outer += order
	}
	return l.over(inner) + outer + " RETURN i, key, n.id AS id, " + l.columns + " ORDER BY i, key" + direction + ", n.idKey" + direction
}

// walk reads an index from its begin or from a position. After a position it is two branches, which stay fast when
// thousands of nodes have one key: the rest of that key's, and what lies beyond it.
func (l listing[T]) walk(key string, within clause, start *kg.Position, end clause, down bool, order string) string {
	branch := func(c clause) string {
		return l.match + where(c, within, end, l.where) + " WITH n, " + key + " AS key" + order + " RETURN n, key"
	}
	if start == nil {
		return branch(key + " IS NOT NULL AND n.idKey IS NOT NULL")
	}
	at, id := l.at(*start)
	return branch(key+" = "+at+" AND n.idKey"+beyondSign(down)+id) + " UNION ALL " +
		branch(key+beyondSign(down)+at+" AND n.idKey IS NOT NULL")
}

// over runs a subquery once, or once for every parent.
func (l listing[T]) over(inner string) string {
	if l.scope == nil {
		return "WITH 0 AS i CALL () { " + inner + " }"
	}
	return "UNWIND range(0, size($parents) - 1) AS i WITH i, $parents[i] AS parent CALL (parent) { " + inner + " }"
}

// beyond holds after a position, or before it where down is set.
func (l listing[T]) beyond(p kg.Position, down bool) clause {
	key, id := l.at(p)
	expression := "key"
	if l.indexed {
		expression = l.key
	}
	sign := beyondSign(down)
	return fmt.Sprintf("(%[1]s%[2]s%[3]s OR (%[1]s = %[3]s AND n.idKey%[2]s%[4]s))", expression, sign, key, id)
}

func (l listing[T]) at(p kg.Position) (key, id string) {
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

// totals counts whole lists, whatever the window.
func (l listing[T]) totals(ctx context.Context, pages []kg.Page[T]) error {
	count := "count(DISTINCT n)"
	if l.indexed {
		count = "count(n)"
	}
	rows, err := l.query(ctx, l.over(l.match+where(l.begin, l.where)+" RETURN "+count+" AS total")+" RETURN i, total")
	if err != nil {
		return err
	}
	for _, r := range rows {
		i, err := column[int64](r, "i")
		if err != nil {
			return err
		}
		total, err := column[int64](r, "total")
		if err != nil {
			return err
		}
		n := int(total)
		pages[i].Total = &n
	}
	return nil
}

// recordOf decodes a row's record.
func recordOf[T any](decode func(string) (T, error)) func(*neo4j.Record) (T, error) {
	return func(r *neo4j.Record) (T, error) {
		text, err := column[string](r, "record")
		if err != nil {
			var none T
			return none, err
		}
		return decode(text)
	}
}
