package sqlitestore

import (
	"context"
	"strings"
)

// table is where rows go: many by one statement, which costs less than many statements.
type table struct {
	insert  string // up to the first row
	columns int
}

// into is a table whose rows are all new. FAIL, unlike ABORT, needs no journal to undo one statement by, and makes the
// text index write out nothing before its time; a transaction in which anything fails is rolled back as a whole.
func into(name, columns string) *table {
	return &table{"INSERT OR FAIL INTO " + name + " (" + columns + ") VALUES ", strings.Count(columns, ",") + 1}
}

// intoSet is a table in which a row may be there already.
func intoSet(name, columns string) *table {
	return &table{"INSERT OR IGNORE INTO " + name + " (" + columns + ") VALUES ", strings.Count(columns, ",") + 1}
}

// rowCounts are how many rows a statement takes, each a statement to prepare.
var rowCounts = []int{64, 8, 1}

// query is the statement for so many rows.
func (b *table) query(rows int) string {
	row := "(?" + strings.Repeat(", ?", b.columns-1) + ")"
	return b.insert + row + strings.Repeat(", "+row, rows-1)
}

// waiting are rows to be inserted, value after value, by table.
type waiting map[*table][]any

// add inserts a row, when there are enough for a statement or flush is called.
func (t *tx) add(ctx context.Context, to *table, row ...any) error {
	values := append(t.waiting[to], row...)
	if len(values) == rowCounts[0]*to.columns {
		t.waiting[to] = values[:0]
		return t.exec(ctx, to.query(rowCounts[0]), values...)
	}
	t.waiting[to] = values
	return nil
}

// flush inserts the rows that wait, so that they can be read.
func (t *tx) flush(ctx context.Context) error {
	for to, values := range t.waiting {
		t.waiting[to] = values[:0]
		for _, n := range rowCounts {
			for size := n * to.columns; len(values) >= size; values = values[size:] {
				if err := t.exec(ctx, to.query(n), values[:size]...); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
