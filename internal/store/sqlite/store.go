// Package sqlitestore is the embedded store: one SQLite file, through a driver that needs no C.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"runtime"
	"sync"
	"sync/atomic"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"casus/internal/kg"
	"casus/internal/projection/aggregate"
	"casus/internal/store/cache"
	"casus/internal/store/flight"
)

// Memory is the path of a database that is gone when it is closed.
const Memory = ":memory:"

// Store is a graph in an SQLite database. Readers do not wait for the writer (WAL), and one writes at a time.
type Store struct {
	read, write *sql.DB
	version     int
	writing     sync.Mutex
	writer      *writer // behind writing; nil until something is written
	columns     *aggregate.Index
	matched     *matched
	common      int
	classes     classes
	path        string
	lock        sync.Mutex // before writing
	loading     *loading   // behind lock; nil: no load is under way here that leaves indexes
	// anchor keeps a database in memory there while no other connection is open.
	anchor *sql.Conn
	// answers are those about all events.
	answers  *cache.Results
	readings *flight.Group
}

// Open opens the database at a path, makes it where there is none, and brings its schema up to date. A database that a
// newer version wrote is a CONFLICT; one that cannot be opened is UNAVAILABLE.
func Open(ctx context.Context, path string) (*Store, error) {
	s := &Store{common: common, path: path, matched: newMatched(), readings: flight.New()}
	s.columns = aggregate.New(s, s.readings)
	s.answers = cache.NewResults(s, s.readings)
	if err := s.open(ctx, path); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, path string) error {
	if err := ctx.Err(); err != nil {
		return kg.Errorf(kg.Timeout, "open %s: %w", path, err)
	}
	file := "file:" + (&url.URL{Path: path}).EscapedPath() + "?"
	if path == Memory {
		file = fmt.Sprintf("file:/casus-%d?vfs=memdb&", databases.Add(1))
	}
	var err error
	if s.write, err = sql.Open("sqlite", dsn(file, "immediate")); err != nil {
		return kg.Errorf(kg.Unavailable, "open %s: %w", path, err)
	}
	s.write.SetMaxOpenConns(1)
	if s.version, err = migrate(ctx, s.write); err != nil {
		return mapError(err, "open "+path)
	}
	if s.read, err = sql.Open("sqlite", dsn(file, "deferred")+readPragmas); err != nil {
		return kg.Errorf(kg.Unavailable, "open %s: %w", path, err)
	}
	s.read.SetMaxOpenConns(1 + max(4, runtime.NumCPU())) // one of them only watches
	s.read.SetMaxIdleConns(1 + max(4, runtime.NumCPU()))
	if path == Memory {
		if s.anchor, err = s.read.Conn(ctx); err != nil {
			return mapError(err, "open a store in memory")
		}
	}
	return nil
}

// databases numbers those in memory, which need names of their own.
var databases atomic.Int64

// WritePragmas are the settings that every connection of the pool gets, as parameters of its name.
const WritePragmas = "_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)" +
	"&_pragma=wal_autocheckpoint(32000)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-49152)"

// readPragmas come after them: what readers have in common is the system's, mapped.
const readPragmas = "&_pragma=cache_size(-8192)&_pragma=mmap_size(67108864)&_pragma=query_only(1)"

func dsn(file, txlock string) string { return file + "_txlock=" + txlock + "&" + WritePragmas }

// Ready says whether the database answers.
func (s *Store) Ready(ctx context.Context) error {
	var one int
	return mapError(s.read.QueryRowContext(ctx, "SELECT 1 FROM schema_migration LIMIT 1").Scan(&one), "ask whether the store is ready")
}

// Close closes the database.
func (s *Store) Close() error {
	s.readings.Close()
	var errs []error
	if s.anchor != nil {
		errs = append(errs, s.anchor.Close())
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	errs = append(errs, s.endLoading())
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.writer != nil {
		errs = append(errs, s.writer.close())
		s.writer = nil
	}
	errs = append(errs, s.matched.close())
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}
