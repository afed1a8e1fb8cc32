package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"

	sqlite3 "modernc.org/sqlite/lib"
)

// loadingSuffix is what the file is called by, beside the database, that is locked while a load leaves indexes to be made at its end. The
// lock ends with its process, however that ends.
const loadingSuffix = "-loading"

// loading is that lock; SQLite's own, which holds wherever the database's do.
type loading struct {
	path string
	db   *sql.DB
	conn *sql.Conn
}

// lockLoading takes the lock. busy: somebody else has it. Where no file can be made there is none, and nobody is kept off.
func lockLoading(ctx context.Context, path string) (l *loading, busy bool) {
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path + loadingSuffix}).EscapedPath()+"?_pragma=busy_timeout(0)")
	if err != nil {
		return nil, false
	}
	l = &loading{path: path + loadingSuffix, db: db}
	if l.conn, err = db.Conn(ctx); err == nil {
		_, err = l.conn.ExecContext(ctx, "BEGIN EXCLUSIVE")
	}
	if err == nil {
		return l, false
	}
	_ = l.close() // there is no lock to end
	return nil, hasCode(err, sqlite3.SQLITE_BUSY)
}

func (l *loading) close() error {
	var err error
	if l.conn != nil {
		err = l.conn.Close() // and with it the transaction
	}
	return errors.Join(err, l.db.Close())
}

// end lets others make the indexes. The file, which is empty, goes; if another one takes it up just then, nothing is lost but the lock.
func (l *loading) end() error {
	if l == nil {
		return nil
	}
	err := l.close()
	_ = os.Remove(l.path) // where it stays it does no harm
	return err
}

// beginLoading takes the lock, if it is not had already. busy: another load has it.
func (s *Store) beginLoading(ctx context.Context) (busy bool) {
	if s.path == Memory || s.loading != nil {
		return false
	}
	s.loading, busy = lockLoading(ctx, s.path)
	return busy
}

func (s *Store) endLoading() error {
	err := s.loading.end()
	s.loading = nil
	return err
}
