package sqlite

import (
	"context"
	"database/sql"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
)

var _ store.Store = (*Store)(nil)

// listing is a query for pages by keyset (k, id). It first picks the keys of a page, which an index may hold in order,
// and then reads the columns for them, so records are never sorted.
type listing[T any] struct {
	// source selects i (the index of a row's parent, 0 without parents), k, id, and the joins that columns needs.
	source clause
	// branches, if any, together have all rows of source from the window's start on. Each has an index in the list's
	// order.
	branches []branch
	text     bool // k is text
	desc     bool
	window   store.Window
	total    bool
	scope    *store.Scope
	// columns are the columns that scan reads besides the key. record joins their table to picked, the keys of a page.
	columns, record clause
	// scan returns the destinations of a row's columns and a function that builds the item.
	scan func() (into []any, item func(kg.ID) (T, error))
}

// branch is a part of a list. If fromStart is set, its own conditions already exclude everything before the window's
// start.
type branch struct {
	source    clause
	fromStart bool
}

// parentTable returns a table asked (i, id) of a scope's parents for the FROM of a source, or nothing without a scope.
func parentTable(scope *store.Scope) clause {
	if scope == nil {
		return sqlOf("")
	}
	return sqlOf("(SELECT key AS i, value AS id FROM json_each(?)) asked CROSS JOIN ", idList(scope.IDs))
}

// parentColumn returns an expression for the index of a row's parent.
func parentColumn(scope *store.Scope) string {
	if scope == nil {
		return "0"
	}
	return "asked.i"
}

// pageItem is an item with its position and the index of its parent.
type pageItem[T any] struct {
	i    int
	item T
	at   store.Position
}

// pages returns one page for each parent, or a single page without a scope.
func (l listing[T]) pages(ctx context.Context, db querier) ([]store.Page[T], error) {
	parents := 1
	if l.scope != nil {
		parents = len(l.scope.IDs)
	}
	// Read first, so that the page is never older than its revision.
	revision, err := readRevision(ctx, db)
	if err != nil {
		return nil, err
	}
	items := make([][]pageItem[T], parents)
	if l.window.Limit > 0 && parents > 0 {
		found, err := l.items(ctx, db)
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			items[p.i] = append(items[p.i], p)
		}
	}
	pages := make([]store.Page[T], parents)
	for i := range pages {
		cut := store.CutPage(l.window, items[i], func(p pageItem[T]) store.Position { return p.at })
		pages[i] = store.Page[T]{Items: make([]T, len(cut.Items)), Positions: cut.Positions, HasNext: cut.HasNext,
			HasPrevious: cut.HasPrevious, Revision: revision}
		for j, p := range cut.Items {
			pages[i].Items[j] = p.item
		}
		if l.total {
			pages[i].Total = new(int)
		}
	}
	if !l.total || parents == 0 {
		return pages, nil
	}
	count := sqlOf("SELECT i, count(*) FROM (").append(l.source, sqlOf(") GROUP BY i"))
	_, err = rows(ctx, db, func(r *sql.Rows) (none struct{}, err error) {
		var i, n int
		if err = r.Scan(&i, &n); err == nil {
			*pages[i].Total = n
		}
		return none, err
	}, count.sql, count.args...)
	return pages, err
}

// items reads one row more than the page has, in the window's direction.
func (l listing[T]) items(ctx context.Context, db querier) ([]pageItem[T], error) {
	dir, after, before := "ASC", ">", "<"
	if l.desc {
		after, before = "<", ">"
	}
	if l.desc != l.window.Backward {
		dir = "DESC"
	}
	start, stop := trueClause, trueClause
	if p := l.window.After; p != nil {
		start = l.beyondPosition(after, *p)
	}
	if p := l.window.Before; p != nil {
		stop = l.beyondPosition(before, *p)
	}
	if l.window.Backward {
		start, stop = stop, start
	}
	order := "k " + dir + ", id " + dir
	rowsOf := func(b branch) clause {
		within := []clause{start, stop}
		if b.fromStart { // of two lower bounds SQLite might use the one that skips less
			within = within[1:]
		}
		return sqlOf(" FROM (").append(b.source, sqlOf(") WHERE "), combine(within))
	}
	all := rowsOf(branch{source: l.source})
	first := func(from clause) clause {
		return sqlOf("SELECT *").append(from, sqlOf(" ORDER BY "+order+" LIMIT ?", l.window.Limit+1))
	}
	var keys clause
	switch {
	case l.scope != nil:
		keys = sqlOf("SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY i ORDER BY "+order+") AS n").
			append(all, sqlOf(") WHERE n <= ?", l.window.Limit+1))
	case len(l.branches) > 0:
		keys = sqlOf(" FROM (")
		for i, b := range l.branches {
			if i > 0 {
				keys = keys.append(sqlOf(" UNION ALL "))
			}
			keys = keys.append(sqlOf("SELECT * FROM ("), first(rowsOf(b)), sqlOf(")"))
		}
		keys = first(keys.append(sqlOf(")")))
	default:
		keys = first(all)
	}
	q := sqlOf("WITH picked AS MATERIALIZED (").
		append(keys, sqlOf(") SELECT picked.i, picked.k, picked.id"), l.columns, sqlOf(" FROM picked"), l.record,
			sqlOf(" ORDER BY picked.i, picked.k "+dir+", picked.id "+dir))
	return rows(ctx, db, l.scanItem, q.sql, q.args...)
}

// beyondPosition compares the keys of rows with a position; sign is the operator.
func (l listing[T]) beyondPosition(sign string, p store.Position) clause {
	if l.text {
		return sqlOf("(k, id) "+sign+" (?, ?)", p.Text, string(p.ID))
	}
	return sqlOf("(k, id) "+sign+" (?, ?)", p.Int, string(p.ID))
}

// scanItem scans a row of items.
func (l listing[T]) scanItem(r *sql.Rows) (pageItem[T], error) {
	var p pageItem[T]
	var id string
	var key any = &p.at.Int
	if l.text {
		key = &p.at.Text
	}
	columns, item := l.scan()
	err := r.Scan(append([]any{&p.i, key, &id}, columns...)...)
	p.at.ID = kg.ID(id)
	if err == nil {
		p.item, err = item(p.at.ID)
	}
	return p, err
}

// recordScanner scans one record column and passes the record to edit.
func recordScanner[T any](edit func(*T)) func() ([]any, func(kg.ID) (T, error)) {
	return func() ([]any, func(kg.ID) (T, error)) {
		var text string
		return []any{&text}, func(kg.ID) (T, error) {
			v, err := codec.Decode[T](text)
			edit(&v)
			return v, err
		}
	}
}

// unknownRelation returns the error for a relation that a list does not have.
func unknownRelation(r store.Relation, what string) error {
	return kg.Errorf(kg.Internal, "unknown relation %q to %s", r, what)
}
