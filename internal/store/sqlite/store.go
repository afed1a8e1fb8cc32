// Package sqlite is the embedded store: one SQLite file, through a driver without cgo.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/semaphore"
	_ "modernc.org/sqlite" // the driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"casus/internal/kg"
	"casus/internal/store/sqlite/checksum"
	"casus/internal/store/sqlite/dbfile"
	"casus/schema"
)

// Memory is the path of a database in memory, which is discarded when it is closed.
const Memory = ":memory:"

// commonThreshold is the number of entries above which words are common: reading and sorting all of their entries takes
// longer than scanning the entries by id until a page is full. The Store has a copy that tests can lower.
const commonThreshold = 2000

// Store is a graph in an SQLite database. Readers do not wait for the writer (WAL), and there is one writer at a time.
type Store struct {
	read, write     *sql.DB
	version         int
	writing         *semaphore.Weighted // of weight 1
	writer          *writer             // guarded by writing; nil until the first write
	commonThreshold int
	classes         identityCache
	path            string
	loading         *semaphore.Weighted // of weight 1; acquired before writing
	loadLock        *loadLock           // guarded by loading; nil unless a load that defers indexes is running here
	// readOnly is the reason why the store can only be read; nil if it can be written.
	readOnly error
	// anchor keeps a database in memory alive while no other connection is open.
	anchor *sql.Conn
	// logDamage is the frame at which the write-ahead log was damaged when the store was opened.
	logDamage  int
	logDamaged bool
}

// Open opens or creates the database at path and migrates its schema. A database that cannot be written, because of its
// permissions or a full disk, is opened for reading. Open returns CONFLICT for a database of a schema version that it
// does not read and for a file that is not a store, which it leaves as they are, and UNAVAILABLE for one that cannot be
// opened.
func Open(ctx context.Context, path string) (*Store, error) {
	s := &Store{
		commonThreshold: commonThreshold, path: path,
		writing: semaphore.NewWeighted(1), loading: semaphore.NewWeighted(1),
	}
	if err := s.open(ctx, path); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, path string) error {
	if err := ctx.Err(); err != nil {
		return kg.Errorf(kg.Timeout, "open %s: %w", path, err)
	}
	if err := checksum.Register(); err != nil {
		return err
	}
	if path == Memory {
		file := fmt.Sprintf("file:/casus-%d?vfs=memdb&", databases.Add(1))
		err := s.openWritable(ctx, path, file)
		if err == nil {
			s.anchor, err = s.read.Conn(ctx)
		}
		return mapError(err, "open a store in memory")
	}
	s.logDamage, s.logDamaged = dbfile.LogDamage(path)
	exists, err := dbfile.Check(ctx, path)
	if err == nil && !exists {
		err = create(ctx, path)
	}
	if err != nil {
		return err
	}
	if err := dbfile.CheckWritable(path); err != nil {
		return s.openReadOnly(ctx, path, err)
	}
	err = s.openWritable(ctx, path, dbfile.Name(path)+"?")
	if hasCode(err, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_FULL,
		sqlite3.SQLITE_IOERR) {
		return s.openReadOnly(ctx, path, err)
	}
	return err
}

// create creates a store that appears at path once it is complete, so that an interrupted creation leaves no file that
// looks like another program's.
func create(ctx context.Context, path string) error {
	return dbfile.Create(path, func(path string) error {
		db, err := sql.Open("sqlite", dsn(dbfile.Name(path)+"?", "immediate"))
		if err != nil {
			return kg.Errorf(kg.Unavailable, "create %s: %w", path, err)
		}
		db.SetMaxOpenConns(1)
		_, err = migrate(ctx, db, storeURL(path), schema.SQL())
		return mapError(errors.Join(err, db.Close()), "create "+path)
	})
}

func (s *Store) openWritable(ctx context.Context, path, file string) (err error) {
	if s.write, err = sql.Open("sqlite", dsn(file, "immediate")); err != nil {
		return kg.Errorf(kg.Unavailable, "open %s: %w", path, err)
	}
	s.write.SetMaxOpenConns(1)
	if s.version, err = migrate(ctx, s.write, storeURL(path), schema.SQL()); err != nil {
		return mapError(err, "open "+path)
	}
	return s.openReaders(path, dsn(file, "deferred")+readPragmas)
}

func (s *Store) openReaders(path, name string) (err error) {
	if s.read, err = sql.Open("sqlite", name); err != nil {
		return kg.Errorf(kg.Unavailable, "open %s: %w", path, err)
	}
	s.read.SetMaxOpenConns(max(4, runtime.NumCPU()))
	s.read.SetMaxIdleConns(max(4, runtime.NumCPU()))
	return nil
}

// openReadOnly opens a store that cannot be written because of cause. Frames of the write-ahead log are read, too;
// where that is impossible the store is refused, since without them it would be an older one.
func (s *Store) openReadOnly(ctx context.Context, path string, cause error) error {
	s.readOnly = cause
	if s.write != nil {
		err := s.write.Close()
		s.write = nil
		if err != nil {
			return mapError(err, "open "+path)
		}
	}
	err := s.openReaders(path, dbfile.ReadOnlyName(path)+readOnlyPragmas)
	if err != nil {
		return err
	}
	s.version, err = schemaVersion(ctx, s.read)
	if err != nil && !dbfile.HasLog(path) { // a full disk has no room for the index of the log
		if err := errors.Join(s.read.Close(), s.openReaders(path, dbfile.UnlockedName(path)+readOnlyPragmas)); err != nil {
			return err
		}
		s.version, err = schemaVersion(ctx, s.read)
	}
	switch {
	case err != nil && dbfile.HasLog(path):
		return kg.Errorf(kg.Unavailable,
			"%w, and its write-ahead log %s has changes that cannot be read without writing next to it: "+
				"open the store once where it can be written", mapError(cause, "open "+path), path+dbfile.LogSuffix)
	case err != nil:
		return errors.Join(mapError(cause, "open "+path), err)
	}
	versions := versionsOf(schema.SQL())
	if err := versions.Check(storeURL(path), s.version); err != nil {
		return err
	}
	if s.version < versions.Current {
		return kg.Errorf(kg.Conflict, "the store %s has schema version %d and must be updated to %d, "+
			"but it can only be read: %w", storeURL(path), s.version, versions.Current, cause)
	}
	return nil
}

// storeURL returns the URL of the store at a path.
func storeURL(path string) string { return "sqlite:" + path }

// acquire waits for a semaphore of weight 1. It returns TIMEOUT when the context ends first.
func acquire(ctx context.Context, sem *semaphore.Weighted) error {
	if err := sem.Acquire(ctx, 1); err != nil {
		return kg.Errorf(kg.Timeout, "timed out while another writer was running: %w", err)
	}
	return nil
}

// checkWritable returns CONFLICT if the store can only be read.
func (s *Store) checkWritable() error {
	if s.readOnly == nil {
		return nil
	}
	return kg.Errorf(kg.Conflict, "the store %s can only be read: %w", s.path, s.readOnly)
}

// databases numbers the databases in memory, which need distinct names.
var databases atomic.Int64

// WritePragmas are the connection settings, as parameters of the data source name.
const WritePragmas = "_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)" +
	"&_pragma=wal_autocheckpoint(32000)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-49152)"

// readPragmas are added for readers: a small cache each, since they share the system's page cache by mmap.
const readPragmas = "&_pragma=cache_size(-8192)&_pragma=mmap_size(67108864)&_pragma=query_only(1)"

// readOnlyPragmas are the settings of a store that cannot be written.
const readOnlyPragmas = "&_pragma=busy_timeout(10000)&_pragma=temp_store(MEMORY)" + readPragmas

func dsn(file, txlock string) string { return file + "_txlock=" + txlock + "&" + WritePragmas }

// Ready returns an error unless the database answers.
func (s *Store) Ready(ctx context.Context) error {
	_, err := rows(ctx, s.read, scanNumber, "SELECT 1 FROM schema_migration LIMIT 1")
	return err
}

// Close closes the database.
func (s *Store) Close() error {
	var errs []error
	if s.anchor != nil {
		errs = append(errs, s.anchor.Close())
	}
	for _, held := range []*semaphore.Weighted{s.loading, s.writing} {
		if err := acquire(context.Background(), held); err != nil {
			return err
		}
		defer held.Release(1)
	}
	errs = append(errs, s.endLoad())
	if s.writer != nil {
		errs = append(errs, s.writer.close())
		s.writer = nil
	}
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// beginLoad takes the lock unless the store already holds it. busy is set if another process does.
func (s *Store) beginLoad(ctx context.Context) (busy bool) {
	if s.path == Memory || s.loadLock != nil {
		return false
	}
	s.loadLock, busy = acquireLoadLock(ctx, s.path)
	return busy
}

func (s *Store) endLoad() error {
	err := s.loadLock.release()
	s.loadLock = nil
	return err
}
