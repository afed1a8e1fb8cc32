package sqlite

import (
	"context"
	"strings"
	"sync"
)

// table is where rows go: many by one statement, which costs less than many statements.
type table struct {
	insert  string // up to the first row
	columns int
	used    sync.Pool // of lists of values, to be used again
}

// into is a table whose rows are all new. FAIL, unlike ABORT, needs no journal to undo one statement by, and makes the
// text index write out nothing before its time; a transaction in which anything fails is rolled back as a whole.
func into(name, columns string) *table {
	return &table{insert: "INSERT OR FAIL INTO " + name + " (" + columns + ") VALUES ", columns: strings.Count(columns, ",") + 1}
}

// intoSet is a table in which a row may be there already.
func intoSet(name, columns string) *table {
	return &table{insert: "INSERT OR IGNORE INTO " + name + " (" + columns + ") VALUES ", columns: strings.Count(columns, ",") + 1}
}

// rowCounts are how many rows a statement takes, each a statement to prepare.
var rowCounts = []int{64, 8, 1}

// query is the statement for so many rows.
func (b *table) query(rows int) string {
	row := "(?" + strings.Repeat(", ?", b.columns-1) + ")"
	return b.insert + row + strings.Repeat(", "+row, rows-1)
}

// list gives room for the values of as many rows as one statement takes.
func (b *table) list() []any {
	if used, ok := b.used.Get().(*[]any); ok {
		return (*used)[:0]
	}
	return make([]any, 0, rowCounts[0]*b.columns)
}

// spare takes back values that were written.
func (b *table) spare(values []any) {
	if b == nil {
		return
	}
	clear(values)
	b.used.Put(&values)
}

// waiting are rows to be inserted, value after value, by table.
type waiting map[*table][]any

// add inserts a row, when there are enough for a statement or flush is called.
func (t *tx) add(_ context.Context, to *table, row ...any) error {
	values, ok := t.waiting[to]
	if !ok {
		values = to.list()
	}
	values = append(values, row...)
	if len(values) == rowCounts[0]*to.columns {
		delete(t.waiting, to)
		return t.put(job{to.query(rowCounts[0]), values, to})
	}
	t.waiting[to] = values
	return nil
}

// flush inserts the rows that wait, so that they can be read.
func (t *tx) flush(ctx context.Context) error {
	for to, values := range t.waiting {
		delete(t.waiting, to)
		for _, n := range rowCounts {
			for size := n * to.columns; len(values) >= size; values = values[size:] {
				if err := t.exec(ctx, to.query(n), values[:size:size]...); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
