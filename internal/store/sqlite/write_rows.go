package sqlite

import (
	"context"
	"slices"
	"strings"

	"casus/internal/store/sqlite/checksum"
)

// table collects rows and inserts many with one statement, which is cheaper than many statements.
type table struct {
	insert  string // the statement up to the first row
	columns int
	sums    []rowSum
}

// rowSum is a checksum of values of a row, which follows them.
type rowSum struct{ from []int }

// newTable returns a table whose rows are all new. FAIL, unlike ABORT, needs no statement journal, and does not make
// the text index flush early. Any failure rolls back the whole transaction.
func newTable(name, columns string) *table {
	return &table{insert: "INSERT OR FAIL INTO " + name + " (" + columns + ") VALUES ",
		columns: strings.Count(columns, ",") + 1}
}

// newCheckedTable returns a table like newTable whose rows have checksums: the named ones or, without any, one of all
// columns.
func newCheckedTable(name, columns string, sums ...checksum.Column) (*table, checksum.Table) {
	names := checksum.Split(columns)
	if len(sums) == 0 {
		sums = []checksum.Column{{Name: "checksum", Of: names}}
	}
	var added []rowSum
	for _, c := range sums {
		var from []int
		for _, n := range c.Of {
			from = append(from, slices.Index(names, n))
		}
		added = append(added, rowSum{from})
		columns += ", " + c.Name
	}
	t := newTable(name, columns)
	t.sums = added
	return t, checksum.Table{Name: name, Sums: sums}
}

// newSetTable returns a table whose rows may already exist; these are ignored.
func newSetTable(name, columns string) *table {
	return &table{insert: "INSERT OR IGNORE INTO " + name + " (" + columns + ") VALUES ",
		columns: strings.Count(columns, ",") + 1}
}

// rowCounts are the numbers of rows that a statement can insert; each is prepared separately.
var rowCounts = []int{64, 8, 1}

// query returns the statement for a number of rows.
func (b *table) query(rows int) string {
	row := "(?" + strings.Repeat(", ?", b.columns-1) + ")"
	return b.insert + row + strings.Repeat(", "+row, rows-1)
}

// pendingRows are the values of rows to be inserted, by table.
type pendingRows map[*table][]any

// add queues a row; it is inserted when there are enough for a statement, or by flush.
func (t *tx) add(_ context.Context, to *table, row ...any) error {
	values, ok := t.pending[to]
	if !ok {
		values = make([]any, 0, rowCounts[0]*to.columns)
	}
	values = append(values, row...)
	for _, sum := range to.sums {
		t.sumBuffer = t.sumBuffer[:0]
		for _, i := range sum.from {
			t.sumBuffer = checksum.Append(t.sumBuffer, row[i])
		}
		values = append(values, checksum.Sum(t.sumBuffer))
	}
	if len(values) == rowCounts[0]*to.columns {
		delete(t.pending, to)
		return t.put(job{query: to.query(rowCounts[0]), args: values})
	}
	t.pending[to] = values
	return nil
}

// flush inserts the pending rows, so that queries see them.
func (t *tx) flush(ctx context.Context) error {
	for to, values := range t.pending {
		delete(t.pending, to)
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
