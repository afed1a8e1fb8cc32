// Package dbfile examines the path of a database before it is opened, because opening alone can change a file.
package dbfile

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"casus/internal/kg"
)

// LogSuffix is appended to a database's path to name its write-ahead log.
const LogSuffix = "-wal"

// sharedMemorySuffix is appended to name the index of the log, which is there while connections are open.
const sharedMemorySuffix = "-shm"

// header is the first bytes of every SQLite database.
const header = "SQLite format 3\x00"

// storeTables are tables by which a database is recognised as a store.
var storeTables = []string{"schema_migration", "claim", "event_state"}

// Check looks at the file at path. exists is false if there is none. It returns CONFLICT for a file that is empty or
// not a database, and for a database that is not a store. It changes nothing.
func Check(ctx context.Context, path string) (exists bool, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return true, kg.Errorf(kg.Unavailable, "open %s: %w", path, err)
	case info.IsDir():
		return true, kg.Errorf(kg.Conflict, "%s is a folder, not a store", path)
	case info.Mode().IsRegular() && info.Size() == 0:
		return true, kg.Errorf(kg.Conflict, "%s is an empty file, not a store; remove it to create a store there", path)
	}
	if !inUse(path) {
		if err := checkHeader(path); err != nil {
			return true, err
		}
	}
	found, err := hasTables(ctx, path)
	if err == nil && !found {
		err = kg.Errorf(kg.Conflict, "%s is a SQLite database, but not a store of Casus", path)
	}
	return true, err
}

// inUse reports whether a connection may be open. Then the file must not be opened except by SQLite: closing it would
// end all locks that this process has on it.
func inUse(path string) bool {
	_, err := os.Stat(path + sharedMemorySuffix)
	return err == nil
}

// checkHeader returns CONFLICT for a file that does not begin like a database.
func checkHeader(path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return kg.Errorf(kg.Unavailable, "open %s: %w", path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	begin := make([]byte, len(header))
	_, err = io.ReadFull(f, begin)
	switch {
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return kg.Errorf(kg.Unavailable, "read %s: %w", path, err)
	case !bytes.Equal(begin, []byte(header)):
		return kg.Errorf(kg.Conflict, "%s is not a store: it is not a SQLite database, or its beginning is damaged", path)
	}
	return nil
}

// CheckWritable returns the error of opening the file for writing, if its permissions or its file system forbid that.
// It returns nil for a database in use.
func CheckWritable(path string) error {
	if inUse(path) {
		return nil
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return f.Close()
}

// hasTables reports whether all of storeTables are there. A damaged schema counts as having them, so that what opens
// the store reports the damage.
func hasTables(ctx context.Context, path string) (found bool, err error) {
	db, err := sql.Open("sqlite", ReadOnlyName(path))
	if err != nil {
		return false, kg.Errorf(kg.Unavailable, "open %s: %w", path, err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, t := range storeTables {
		var count int
		err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name = ?", t).Scan(&count)
		switch {
		case ctx.Err() != nil:
			return false, kg.Errorf(kg.Timeout, "open %s: %w", path, err)
		case err != nil:
			return true, nil
		case count == 0:
			return false, nil
		}
	}
	return true, nil
}

// ReadOnlyName returns the URI for reading a database without changing anything. Without a log nothing needs locks or
// shared memory, which would be files in its folder.
func ReadOnlyName(path string) string {
	if HasLog(path) || inUse(path) {
		return Name(path) + "?mode=ro"
	}
	return UnlockedName(path)
}

// UnlockedName returns the URI for reading a database without locks, which needs no other file: the log is not read,
// and the database must not be written during the read.
func UnlockedName(path string) string { return Name(path) + "?mode=ro&immutable=1" }

// HasLog reports whether a write-ahead log has frames that are not in the database.
func HasLog(path string) bool {
	info, err := os.Stat(path + LogSuffix)
	return err == nil && info.Size() > logHeader
}

// Name returns the URI of a database at a path.
func Name(path string) string { return "file:" + (&url.URL{Path: path}).EscapedPath() }

// Create creates the database at path with fill, which receives the path of a new file in the same folder: the database
// appears only when it is complete. A file that another process has created in the meantime is not replaced.
func Create(path string, fill func(path string) error) (err error) {
	unused, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*")
	if err != nil {
		return kg.Errorf(kg.Unavailable, "create %s: %w", path, err)
	}
	name := unused.Name()
	if err := errors.Join(unused.Close(), os.Remove(name)); err != nil {
		return kg.Errorf(kg.Unavailable, "create %s: %w", path, err)
	}
	defer func() {
		for _, suffix := range []string{"", LogSuffix, sharedMemorySuffix, "-journal"} {
			if e := os.Remove(name + suffix); e != nil && !errors.Is(e, fs.ErrNotExist) {
				err = errors.Join(err, e)
			}
		}
	}()
	if err := fill(name); err != nil {
		return err
	}
	err = os.Link(name, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	}
	// The file system has no hard links.
	if _, err := os.Lstat(path); err == nil {
		return nil
	}
	if err := os.Rename(name, path); err != nil {
		return kg.Errorf(kg.Unavailable, "create %s: %w", path, err)
	}
	return nil
}
