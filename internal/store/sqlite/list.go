package sqlite

import (
	"context"
	"database/sql"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
)

var _ store.Store = (*Store)(nil)

// listing is a query for pages, keyset by (k, id). It first picks the keys of a page, which an index may hold in order, and
// then reads what belongs to them: records never go through a sort.
type listing[T any] struct {
	// source selects i (which of the parents a row is under, 0 where there are none), k and id, and columns may need more.
	source clause
	// branches, if there are any, are sources that have between them what source has from the window's start on, each with an
	// index that serves the order.
	branches []branch
	text     bool // k is text
	desc     bool
	window   store.Window
	total    bool
	scope    *store.Scope
	// columns are what scan takes beside the key; record is a table to read them from, joined to a page's keys, picked.
	columns, record clause
	// scan gives where a row's columns go, and makes the item of them.
	scan func() (into []any, item func(kg.ID) (T, error))
}

// branch is a part of a list. begun says that it begins with the window's start or after it, without being told where that is.
type branch struct {
	source clause
	begun  bool
}

// asked makes a table asked (i, id) of a scope's parents, for the FROM of a source; without a scope nothing.
func asked(scope *store.Scope) clause {
	if scope == nil {
		return sqlOf("")
	}
	return sqlOf("(SELECT key AS i, value AS id FROM json_each(?)) asked CROSS JOIN ", idList(scope.IDs))
}

// under is which of the parents a row belongs to.
func under(scope *store.Scope) string {
	if scope == nil {
		return "0"
	}
	return "asked.i"
}

type placed[T any] struct {
	i    int
	item T
	at   store.Position
}

func (l listing[T]) pages(ctx context.Context, db querier) ([]store.Page[T], error) {
	parents := 1
	if l.scope != nil {
		parents = len(l.scope.IDs)
	}
	// Read first, so that the page is not older than its revision.
	revision, err := readRevision(ctx, db)
	if err != nil {
		return nil, err
	}
	items := make([][]placed[T], parents)
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
		cut := store.CutPage(l.window, items[i], func(p placed[T]) store.Position { return p.at })
		pages[i] = store.Page[T]{Items: make([]T, len(cut.Items)), Positions: cut.Positions, HasNext: cut.HasNext, HasPrevious: cut.HasPrevious, Revision: revision}
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
	count := sqlOf("SELECT i, count(*) FROM (").then(l.source, sqlOf(") GROUP BY i"))
	_, err = rows(ctx, db, func(r *sql.Rows) (none struct{}, err error) {
		var i, n int
		if err = r.Scan(&i, &n); err == nil {
			*pages[i].Total = n
		}
		return none, err
	}, count.sql, count.args...)
	return pages, err
}

// items reads one more than the page has, in the window's direction.
func (l listing[T]) items(ctx context.Context, db querier) ([]placed[T], error) {
	dir, after, before := "ASC", ">", "<"
	if l.desc {
		after, before = "<", ">"
	}
	if l.desc != l.window.Backward {
		dir = "DESC"
	}
	start, stop := always, always
	if p := l.window.After; p != nil {
		start = l.beyond(after, *p)
	}
	if p := l.window.Before; p != nil {
		stop = l.beyond(before, *p)
	}
	if l.window.Backward {
		start, stop = stop, start
	}
	order := "k " + dir + ", id " + dir
	rowsOf := func(b branch) clause {
		within := []clause{start, stop}
		if b.begun { // of two beginnings the engine might take the one that leaves most to be passed over
			within = within[1:]
		}
		return sqlOf(" FROM (").then(b.source, sqlOf(") WHERE "), plainly(within))
	}
	whole := rowsOf(branch{source: l.source})
	first := func(from clause) clause {
		return sqlOf("SELECT *").then(from, sqlOf(" ORDER BY "+order+" LIMIT ?", l.window.Limit+1))
	}
	var keys clause
	switch {
	case l.scope != nil:
		keys = sqlOf("SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY i ORDER BY "+order+") AS n").then(whole, sqlOf(") WHERE n <= ?", l.window.Limit+1))
	case len(l.branches) > 0:
		keys = sqlOf(" FROM (")
		for i, b := range l.branches {
			if i > 0 {
				keys = keys.then(sqlOf(" UNION ALL "))
			}
			keys = keys.then(sqlOf("SELECT * FROM ("), first(rowsOf(b)), sqlOf(")"))
		}
		keys = first(keys.then(sqlOf(")")))
	default:
		keys = first(whole)
	}
	q := sqlOf("WITH picked AS MATERIALIZED (").then(keys, sqlOf(") SELECT picked.i, picked.k, picked.id"), l.columns, sqlOf(" FROM picked"), l.record,
		sqlOf(" ORDER BY picked.i, picked.k "+dir+", picked.id "+dir))
	return rows(ctx, db, l.place, q.sql, q.args...)
}

func (l listing[T]) beyond(sign string, p store.Position) clause {
	if l.text {
		return sqlOf("(k, id) "+sign+" (?, ?)", p.Text, string(p.ID))
	}
	return sqlOf("(k, id) "+sign+" (?, ?)", p.Int, string(p.ID))
}

func (l listing[T]) place(r *sql.Rows) (placed[T], error) {
	var p placed[T]
	var id string
	var key any = &p.at.Int
	if l.text {
		key = &p.at.Text
	}
	further, item := l.scan()
	err := r.Scan(append([]any{&p.i, key, &id}, further...)...)
	p.at.ID = kg.ID(id)
	if err == nil {
		p.item, err = item(p.at.ID)
	}
	return p, err
}

// recordOf scans one column that is a record, and lets see make of it what is wanted.
func recordOf[T any](see func(*T)) func() ([]any, func(kg.ID) (T, error)) {
	return func() ([]any, func(kg.ID) (T, error)) {
		var text string
		return []any{&text}, func(kg.ID) (T, error) {
			v, err := codec.Decode[T](text)
			see(&v)
			return v, err
		}
	}
}

func noRelation(r store.Relation, what string) error {
	return kg.Errorf(kg.Internal, "there is no relation %q to %s", r, what)
}
