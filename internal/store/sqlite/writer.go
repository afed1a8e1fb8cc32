package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"casus/internal/kg"
	"casus/internal/store/trace"
)

// writer is the one connection that writes. It keeps its prepared statements between transactions.
type writer struct {
	conn     *sql.Conn
	prepared map[string]*sql.Stmt
	// committed reads the state before the current transaction; nil if that is not possible.
	committed querier
	classes   identityCache // as the last transaction read them
	stored    *storedIDs    // nil if unknown
}

func newWriter(ctx context.Context, db *sql.DB, before querier) (*writer, error) {
	conn, err := db.Conn(ctx)
	return &writer{conn: conn, prepared: map[string]*sql.Stmt{}, committed: before}, err
}

// stmt returns a prepared statement, from the cache if possible.
func (w *writer) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := w.prepared[query]; ok {
		return s, nil
	}
	trace.Statement(ctx, query, []any(nil))
	s, err := w.conn.PrepareContext(ctx, query)
	if err == nil {
		w.prepared[query] = s
	}
	return s, err
}

// exec runs a statement that returns no rows.
func (w *writer) exec(ctx context.Context, query string, args ...any) error {
	_, err := w.execOne(ctx, query, args...)
	return err
}

// execOne executes a statement, and reports whether it changed a row.
func (w *writer) execOne(ctx context.Context, query string, args ...any) (changed bool, err error) {
	rows := int64(0)
	s, err := w.stmt(ctx, query)
	if err == nil {
		var result sql.Result
		if result, err = s.ExecContext(ctx, args...); err == nil {
			rows, err = result.RowsAffected()
		}
	}
	return rows > 0, mapError(err, "write")
}

// QueryContext implements querier.
func (w *writer) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := w.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// begin begins a transaction that excludes other writers.
func (w *writer) begin(ctx context.Context) error { return w.exec(ctx, "BEGIN IMMEDIATE") }

// commit commits completely or not at all: a context that ends during the commit has no effect.
func (w *writer) commit(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return w.exec(context.WithoutCancel(ctx), "COMMIT")
}

// rollback ends a transaction, if there is one. It reports whether the connection can be used again.
func (w *writer) rollback(ctx context.Context) bool {
	ctx = context.WithoutCancel(ctx)
	_ = w.exec(ctx, "ROLLBACK") // fails if SQLite has already rolled back
	return w.exec(ctx, "BEGIN") == nil && w.exec(ctx, "ROLLBACK") == nil
}

// close closes the connection, which also ends a transaction that cannot be rolled back.
func (w *writer) close() error {
	var errs []error
	for _, s := range w.prepared {
		errs = append(errs, s.Close())
	}
	_ = w.conn.Raw(func(any) error { return driver.ErrBadConn }) // keeps the pool from reusing it
	if err := w.conn.Close(); err != nil && !errors.Is(err, sql.ErrConnDone) {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// maxNumber returns the highest row number of a table.
func (w *writer) maxNumber(ctx context.Context, table string) (int64, error) {
	found, err := rows(ctx, w, func(r *sql.Rows) (n int64, err error) {
		err = r.Scan(&n)
		return n, err
	}, "SELECT coalesce(max(num), 0) FROM "+table)
	if err != nil {
		return 0, err
	}
	if len(found) != 1 {
		return 0, kg.Errorf(kg.Internal, "read the highest number of %s: %d rows", table, len(found))
	}
	return found[0], nil
}
