// Package sqlite is the embedded store: one SQLite file, through a driver without cgo.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/semaphore"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"casus/internal/kg"
	"casus/internal/projection/aggregate"
	"casus/internal/store/cache"
	"casus/internal/store/flight"
)

// Memory is the path of a database in memory, which is discarded when it is closed.
const Memory = ":memory:"

// Store is a graph in an SQLite database. Readers do not wait for the writer (WAL), and there is one writer at a time.
type Store struct {
	read, write     *sql.DB
	version         int
	writing         *semaphore.Weighted // of one
	writer          *writer             // guarded by writing; nil until the first write
	aggregates      *aggregate.Index
	matchCache      *matchCache
	commonThreshold int
	classes         identityCache
	path            string
	loading         *semaphore.Weighted // of one; acquired before writing
	loadLock        *loadLock           // guarded by loading; nil unless a load that defers indexes is running here
	// anchor keeps a database in memory alive while no other connection is open.
	anchor *sql.Conn
	// results caches aggregates over all events.
	results *cache.Results
	flights *flight.Group
}

// Open opens or creates the database at path and migrates its schema. It returns CONFLICT for a database of a newer
// version, and UNAVAILABLE for one that cannot be opened.
func Open(ctx context.Context, path string) (*Store, error) {
	s := &Store{
		commonThreshold: commonThreshold, path: path, matchCache: newMatchCache(), flights: flight.New(),
		writing: semaphore.NewWeighted(1), loading: semaphore.NewWeighted(1),
	}
	s.aggregates = aggregate.New(s, s.flights)
	s.results = cache.NewResults(s, s.flights)
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
	s.read.SetMaxOpenConns(1 + max(4, runtime.NumCPU())) // one only watches for writes
	s.read.SetMaxIdleConns(1 + max(4, runtime.NumCPU()))
	if path == Memory {
		if s.anchor, err = s.read.Conn(ctx); err != nil {
			return mapError(err, "open a store in memory")
		}
	}
	return nil
}

// acquire waits for a semaphore of one until the context ends.
func acquire(ctx context.Context, one *semaphore.Weighted) error {
	if err := one.Acquire(ctx, 1); err != nil {
		return kg.Errorf(kg.Timeout, "timed out while another writer was running: %w", err)
	}
	return nil
}

// databases numbers the databases in memory, which need distinct names.
var databases atomic.Int64

// WritePragmas are the connection settings, as parameters of the data source name.
const WritePragmas = "_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)" +
	"&_pragma=wal_autocheckpoint(32000)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-49152)"

// readPragmas are added for readers: a small cache each, since they share the system's page cache by mmap.
const readPragmas = "&_pragma=cache_size(-8192)&_pragma=mmap_size(67108864)&_pragma=query_only(1)"

func dsn(file, txlock string) string { return file + "_txlock=" + txlock + "&" + WritePragmas }

// Ready returns an error unless the database answers.
func (s *Store) Ready(ctx context.Context) error {
	var one int
	return mapError(s.read.QueryRowContext(ctx, "SELECT 1 FROM schema_migration LIMIT 1").Scan(&one), "check readiness")
}

// Close closes the database.
func (s *Store) Close() error {
	s.flights.Close()
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
	errs = append(errs, s.matchCache.close())
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}
