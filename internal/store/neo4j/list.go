package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
	"casus/internal/store/neo4j/rows"
)

var _ store.Store = (*Store)(nil)

// list is a query for pages of nodes n by keyset (key, id). See rows.SortKey for the order of ids.
type list struct {
	*builder
	// match binds n to every node, or within a scope to the nodes of $parent, possibly more than once.
	match string
	where clause
	// key is an expression over n; indexed is set if an index on it and the id provides the order.
	key string
	// indexBound restricts the index range; where implies it. ahead, if not empty, is an indexed key. Only nodes that lie
	// after the moment at which they became known have it.
	indexBound clause
	ahead      string
	text       bool
	desc       bool
	indexed    bool
	// withRevision reads the store's revision before everything else.
	withRevision bool
	window       store.Window
	total        bool
	scope        *store.Scope
	columns      columns
}

// item is a node with its position in the list.
type item[T any] struct {
	node T
	at   store.Position
}

// listPages runs a list query and cuts a page, in the window's direction, from the nodes of each parent. decode reads
// a node from its columns, key and id.
func listPages[T any](ctx context.Context, l list, decode func(*neo4j.Record) (T, error)) ([]store.Page[T], error) {
	parents := 1
	if l.scope != nil {
		parents = len(l.scope.IDs)
		l.params["parents"] = stringsOf(l.scope.IDs)
	}
	if parents == 0 {
		return nil, nil
	}
	pages := make([]store.Page[T], parents)
	for i := range pages {
		pages[i] = cutPage[T](l.window, nil)
	}
	if l.window.Limit > 0 {
		if err := readPages(ctx, l, decode, pages); err != nil {
			return nil, err
		}
	}
	if l.total {
		return pages, totals(ctx, l, pages)
	}
	return pages, nil
}

func readPages[T any](
	ctx context.Context, l list, decode func(*neo4j.Record) (T, error), pages []store.Page[T],
) error {
	rows, err := l.query(ctx, l.pageQuery())
	if err != nil {
		return err
	}
	for _, r := range rows {
		i, err := column[int64](r, "i")
		if err != nil {
			return err
		}
		items, err := readItems(l, r, decode)
		if err != nil {
			return err
		}
		pages[i] = cutPage(l.window, items)
		if l.withRevision {
			if pages[i].Revision, err = column[int64](r, "revision"); err != nil {
				return err
			}
		}
	}
	return nil
}

// readItems decodes the nodes of one row.
func readItems[T any](l list, r *neo4j.Record, decode func(*neo4j.Record) (T, error)) ([]*item[T], error) {
	rows, err := listOf[[]any](r, "page")
	if err != nil {
		return nil, err
	}
	names := append([]string{"key", "id"}, l.columns.names()...)
	items := make([]*item[T], len(rows))
	for i, values := range rows {
		node := &neo4j.Record{Keys: names, Values: values}
		id, err := idOf(node)
		if err != nil {
			return nil, err
		}
		at, err := l.position(id, values[0])
		if err != nil {
			return nil, err
		}
		decoded, err := decode(node)
		if err != nil {
			return nil, err
		}
		items[i] = &item[T]{decoded, at}
	}
	return items, nil
}

func cutPage[T any](w store.Window, items []*item[T]) store.Page[T] {
	cut := store.CutPage(w, items, func(it *item[T]) store.Position { return it.at })
	page := store.Page[T]{
		Items: make([]T, len(cut.Items)), Positions: cut.Positions, HasNext: cut.HasNext, HasPrevious: cut.HasPrevious,
	}
	for i, it := range cut.Items {
		page.Items[i] = it.node
	}
	return page
}

// position returns the position of a node with a key.
func (l list) position(id kg.ID, key any) (at store.Position, err error) {
	at.ID = id
	if l.text {
		at.Text, err = as[string](key, "key")
		at.Text = rows.FromSortKey(at.Text)
	} else {
		at.Int, err = as[int64](key, "key")
	}
	return at, err
}

// totals counts whole lists, independent of the window.
func totals[T any](ctx context.Context, l list, pages []store.Page[T]) error {
	count := "count(DISTINCT n)"
	if l.indexed {
		count = "count(n)"
	}
	inner := l.match + where(l.indexBound, l.where) + " RETURN " + count + " AS total"
	rows, err := l.query(ctx, l.perParent("", inner)+" RETURN i, total")
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

// recordOf decodes the record of a row.
func recordOf[T any](r *neo4j.Record) (record T, err error) {
	text, err := column[string](r, "record")
	if err != nil {
		return record, err
	}
	return codec.Decode[T](text)
}
