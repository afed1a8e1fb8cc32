package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"casus/internal/kg"
)

// writer is the one connection that writes. It keeps what it prepares from one transaction to the next.
type writer struct {
	conn     *sql.Conn
	prepared map[string]*sql.Stmt
	// before reads what was there before a transaction, while that is under way; nil: nobody can.
	before  querier
	classes classes // as the last transaction read them
	stored  *stored // nil: not known
}

func newWriter(ctx context.Context, db *sql.DB, before querier) (*writer, error) {
	conn, err := db.Conn(ctx)
	return &writer{conn: conn, prepared: map[string]*sql.Stmt{}, before: before}, err
}

// stmt prepares a statement, once.
func (w *writer) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := w.prepared[query]; ok {
		return s, nil
	}
	s, err := w.conn.PrepareContext(ctx, query)
	if err == nil {
		w.prepared[query] = s
	}
	return s, err
}

// exec runs a statement that gives nothing back.
func (w *writer) exec(ctx context.Context, query string, args ...any) error {
	s, err := w.stmt(ctx, query)
	if err == nil {
		_, err = s.ExecContext(ctx, args...)
	}
	return mapError(err, "write")
}

// QueryContext makes a querier of it.
func (w *writer) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := w.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// begin begins a transaction that has the database to itself.
func (w *writer) begin(ctx context.Context) error { return w.exec(ctx, "BEGIN IMMEDIATE") }

// commit commits, wholly or not at all: what ends the context meanwhile comes too late.
func (w *writer) commit(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return w.exec(context.WithoutCancel(ctx), "COMMIT")
}

// rollback ends a transaction, if there is one. It says whether the connection is fit for another.
func (w *writer) rollback(ctx context.Context) bool {
	ctx = context.WithoutCancel(ctx)
	_ = w.exec(ctx, "ROLLBACK") // an error that SQLite answers by rolling back itself leaves nothing to do
	return w.exec(ctx, "BEGIN") == nil && w.exec(ctx, "ROLLBACK") == nil
}

// close ends the connection, and with it a transaction that would not end otherwise.
func (w *writer) close() error {
	var errs []error
	for _, s := range w.prepared {
		errs = append(errs, s.Close())
	}
	_ = w.conn.Raw(func(any) error { return driver.ErrBadConn }) // or the pool would hand it out again
	if err := w.conn.Close(); err != nil && !errors.Is(err, sql.ErrConnDone) {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// number is the highest of a table's row numbers.
func (w *writer) number(ctx context.Context, table string) (int64, error) {
	found, err := rows(ctx, w, func(r *sql.Rows) (n int64, err error) {
		err = r.Scan(&n)
		return n, err
	}, "SELECT coalesce(max(num), 0) FROM "+table)
	if err != nil {
		return 0, err
	}
	if len(found) != 1 {
		return 0, kg.Errorf(kg.Internal, "number the rows of %s: %d answers", table, len(found))
	}
	return found[0], nil
}
