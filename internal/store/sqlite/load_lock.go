package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"

	sqlite3 "modernc.org/sqlite/lib"
)

// loadLockSuffix is appended to the database's path to name the file that is locked while a load defers indexes. The
// lock ends with its process.
const loadLockSuffix = "-loading"

// Files returns the database at path and the files that are created next to it: its write-ahead log and that log's
// index, a rollback journal, and the lock file of a load with the same companions.
func Files(path string) []string {
	files := []string{path}
	for _, suffix := range []string{"-wal", "-shm", "-journal", loadLockSuffix, loadLockSuffix + "-journal"} {
		files = append(files, path+suffix)
	}
	return files
}

// loadLock is the lock of a load that defers indexes. It uses SQLite's own locking, which works on the same file
// systems as the database.
type loadLock struct {
	path string
	db   *sql.DB
	conn *sql.Conn
}

// acquireLoadLock takes the lock, or returns nil. busy is set if another process holds it. If the file cannot be
// created, it returns nil and busy is false: loads then do not exclude each other.
func acquireLoadLock(ctx context.Context, path string) (l *loadLock, busy bool) {
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path + loadLockSuffix}).EscapedPath()+"?_pragma=busy_timeout(0)")
	if err != nil {
		return nil, false
	}
	l = &loadLock{path: path + loadLockSuffix, db: db}
	if l.conn, err = db.Conn(ctx); err == nil {
		_, err = l.conn.ExecContext(ctx, "BEGIN EXCLUSIVE")
	}
	if err == nil {
		return l, false
	}
	_ = l.close() // no lock was taken
	return nil, hasCode(err, sqlite3.SQLITE_BUSY)
}

func (l *loadLock) close() error {
	var err error
	if l.conn != nil {
		err = l.conn.Close() // this also ends the transaction
	}
	return errors.Join(err, l.db.Close())
}

// release lets other processes build the indexes, and removes the empty file. If another process opens it just then,
// only that process's lock is lost.
func (l *loadLock) release() error {
	if l == nil {
		return nil
	}
	err := l.close()
	_ = os.Remove(l.path) // a leftover file is harmless
	return err
}
