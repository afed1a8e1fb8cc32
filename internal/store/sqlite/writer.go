package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"hash/maphash"

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

// newStoredIDs returns the set of an empty store.
func (w *writer) newStoredIDs(ctx context.Context) (*storedIDs, error) {
	version, err := w.dataVersion(ctx)
	return &storedIDs{maphash.MakeSeed(), map[uint64]struct{}{}, version}, err
}

func (w *writer) dataVersion(ctx context.Context) (int64, error) {
	found, err := rows(ctx, w, func(r *sql.Rows) (n int64, err error) { return n, r.Scan(&n) }, "PRAGMA data_version")
	if err == nil && len(found) != 1 {
		err = kg.Errorf(kg.Internal, "read data_version: %d rows", len(found))
	}
	if err != nil {
		return 0, err
	}
	return found[0], nil
}

// resetIfStale drops the set if another connection has written or the set is full. It is called as a transaction
// begins.
func (w *writer) resetIfStale(ctx context.Context) error {
	if w.stored == nil {
		return nil
	}
	version, err := w.dataVersion(ctx)
	if version != w.stored.version || len(w.stored.ids) > maxStoredIDs {
		w.stored = nil
	}
	return err
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

// withWriter runs do in a write transaction that excludes all others.
func (s *Store) withWriter(ctx context.Context, do func(*writer) error) error {
	if err := acquire(ctx, s.writing); err != nil {
		return err
	}
	defer s.writing.Release(1)
	if err := s.ensureWriter(ctx); err != nil {
		return mapError(err, "begin a transaction")
	}
	if err := s.writer.begin(ctx); err != nil {
		return mapError(s.abandon(ctx, err), "begin a transaction")
	}
	if err := do(s.writer); err != nil {
		return s.abandon(ctx, err)
	}
	if err := s.writer.commit(ctx); err != nil {
		return mapError(s.abandon(ctx, err), "commit")
	}
	return nil
}

// Compact rewrites the index of words and the database file, and empties the write-ahead log.
func (s *Store) Compact(ctx context.Context) error {
	if s.anchor != nil {
		return nil // in memory
	}
	if err := acquire(ctx, s.writing); err != nil {
		return err
	}
	defer s.writing.Release(1)
	err := s.ensureWriter(ctx)
	for _, statement := range []string{
		"INSERT INTO search_words (search_words) VALUES ('optimize')", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)",
	} {
		if err == nil {
			_, err = s.writer.conn.ExecContext(ctx, statement)
		}
	}
	return mapError(err, "compact the database")
}

// ensureWriter opens the writer's connection if there is none. The caller has acquired writing.
func (s *Store) ensureWriter(ctx context.Context) (err error) {
	if s.writer == nil {
		if err := s.checkWritable(); err != nil {
			return err
		}
		if s.writer, err = newWriter(ctx, s.write, s.committedState()); err != nil {
			s.writer = nil
		}
	}
	return err
}

// committedState returns the querier that reads the committed state while a transaction runs, or nil for a database in
// memory, which cannot be read meanwhile.
func (s *Store) committedState() querier {
	if s.anchor != nil {
		return nil
	}
	return s.read
}

// abandon rolls back the transaction after err and returns err.
func (s *Store) abandon(ctx context.Context, err error) error {
	if !s.writer.rollback(ctx) {
		err = errors.Join(err, s.writer.close())
		s.writer = nil
	}
	return err
}
