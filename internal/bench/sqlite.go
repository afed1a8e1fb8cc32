package bench

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"strings"
	"time"

	"casus/internal/kg"
	"casus/internal/store/sqlite"
)

// BareInsert copies every row of the SQLite store at one path into a new one with the same tables and indexes, and
// returns the time of the inserts and commits: a lower bound for any load of these rows. Rows are inserted many to a
// statement, in large transactions, in the order of their keys. Reading the rows and creating the schema are not
// included. With later, deferred indexes are built after the rows, and that time is included.
func BareInsert(ctx context.Context, from, to string, later bool) (time.Duration, error) {
	made, err := sqlite.Open(ctx, to)
	if err != nil {
		return 0, err
	}
	if later {
		if err := made.DropDeferredIndexes(ctx); err != nil {
			return 0, errors.Join(err, made.Close())
		}
	}
	if err := made.Close(); err != nil {
		return 0, err
	}
	took, err := copyRows(ctx, from, to)
	if err != nil || !later {
		return took, err
	}
	if made, err = sqlite.Open(ctx, to); err != nil {
		return 0, err
	}
	began := time.Now()
	err = made.BuildDeferredIndexes(ctx, func(int, int) {})
	took += time.Since(began)
	return took, errors.Join(err, made.Close())
}

func copyRows(ctx context.Context, from, to string) (_ time.Duration, err error) {
	c := rowCopier{}
	for path, db := range map[string]**sql.DB{from: &c.from, to: &c.to} {
		if *db, err = sql.Open("sqlite", dsn(path)); err != nil {
			return 0, err
		}
		(*db).SetMaxOpenConns(1) // temporary tables belong to a connection
		defer func() { _ = (*db).Close() }()
	}
	names, err := c.tables(ctx)
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		if err := c.table(ctx, name); err != nil {
			return 0, kg.Errorf(kg.Internal, "copy %s: %w", name, err)
		}
	}
	return c.took, nil
}

// dsn returns the data source name with which the store opens a file for writing.
func dsn(path string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?_txlock=immediate&" + sqlite.WritePragmas
}

// rowCopier is the state of one BareInsert.
type rowCopier struct {
	from, to *sql.DB
	took     time.Duration
}

// rowsPerTransaction and rowsPerStatement were the fastest of several values.
const (
	rowsPerTransaction = 50_000
	rowsPerStatement   = 50
)

// words is a contentless index. Its rows are copied through its vocabulary.
const words = "search_words"

// tables returns the tables with rows of their own, except the ones that the schema fills.
func (c *rowCopier) tables(ctx context.Context) (names []string, err error) {
	found, err := c.from.QueryContext(ctx, `SELECT name FROM pragma_table_list
		WHERE schema = 'main' AND type IN ('table', 'virtual')
		AND name NOT LIKE 'sqlite_%' AND name NOT IN ('schema_migration', 'identity_version') ORDER BY name`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = found.Close() }() // errors are in Err
	for found.Next() {
		var name string
		if err := found.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, found.Err()
}

func (c *rowCopier) table(ctx context.Context, name string) error {
	query, into := "SELECT * FROM "+name, name
	if name == words {
		into = words + " (rowid, words)"
		query = "SELECT doc, group_concat(term, ' ') FROM temp.words GROUP BY doc"
		if _, err := c.from.ExecContext(ctx,
			"CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, search_words, instance)"); err != nil {
			return err
		}
	}
	found, err := c.from.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { _ = found.Close() }() // errors are in Err
	columns, err := found.Columns()
	if err != nil {
		return err
	}
	var values []any
	for found.Next() {
		row := make([]any, len(columns))
		for i := range row {
			row[i] = new(any)
		}
		if err := found.Scan(row...); err != nil {
			return err
		}
		for _, v := range row {
			values = append(values, *v.(*any))
		}
		if len(values) >= rowsPerTransaction*len(columns) {
			if err := c.insert(ctx, into, len(columns), values); err != nil {
				return err
			}
			values = nil
		}
	}
	if err := found.Err(); err != nil {
		return err
	}
	return c.insert(ctx, into, len(columns), values)
}

// insert inserts values in one transaction and adds its time to took.
func (c *rowCopier) insert(ctx context.Context, into string, columns int, values []any) error {
	began := time.Now()
	defer func() { c.took += time.Since(began) }()
	tx, err := c.to.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // no-op after a commit
	sizes := []int{rowsPerStatement, 1}
	if strings.HasPrefix(into, words) {
		sizes = sizes[1:] // a statement of many rows would be flushed separately, many times as slowly
	}
	for _, perStatement := range sizes {
		row := "(?" + strings.Repeat(", ?", columns-1) + ")"
		// Unlike ABORT, FAIL needs no statement journal; the whole transaction is rolled back on an error.
		stmt, err := tx.PrepareContext(ctx, "INSERT OR FAIL INTO "+into+" VALUES "+row+strings.Repeat(", "+row,
			perStatement-1))
		if err != nil {
			return err
		}
		for n := perStatement * columns; len(values) >= n; values = values[n:] {
			if _, err := stmt.ExecContext(ctx, values[:n]...); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}
