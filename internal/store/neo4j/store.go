// Package neo4j is the store in Neo4j 5.26 or newer, through its official driver.
package neo4j

import (
	"context"
	"math"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store/neo4j/connect"
	"casus/internal/store/neo4j/migrate"
	"casus/internal/store/trace"
)

// Options name the database to open.
type Options struct {
	// URL is neo4j://HOST:PORT or a variant of the scheme, without credentials.
	URL string
	// User and Password are the credentials. Without a user the driver does not authenticate.
	User, Password string
	// Database is the name of the database. It defaults to the user's home database.
	Database string
	// FailFast has reads return UNAVAILABLE within a second while the server is away. Otherwise they retry for half a
	// minute, which suits loads. Either way they wait for a server that accepts connections but does not answer.
	FailFast bool
}

// Store is a graph in a Neo4j database. Its queries see its own writes, in a cluster too, through shared bookmarks.
type Store struct {
	driver    *connect.Drivers
	bookmarks neo4j.BookmarkManager
	database  string
	version   int
	// manyKnownAt is a moment at which more than maxFewClaims claims were known, so they are at later moments too. If
	// claims are deleted, the moment may be too early, which only makes some queries slower.
	manyKnownAt atomic.Int64
	identities  identityCache
}

// Open connects and migrates the schema. It returns UNAVAILABLE if there is no server, UNAUTHENTICATED, or CONFLICT if
// the server is too old, the database is another program's, or this program does not read its schema version.
func Open(ctx context.Context, o Options) (*Store, error) {
	auth := neo4j.NoAuth()
	if o.User != "" {
		auth = neo4j.BasicAuth(o.User, o.Password, "")
	}
	driver, err := connect.Open(o.URL, auth, o.FailFast)
	if err != nil {
		return nil, err
	}
	s := &Store{
		driver: driver, bookmarks: neo4j.NewBookmarkManager(neo4j.BookmarkManagerConfig{}),
		database: o.Database,
	}
	s.manyKnownAt.Store(math.MaxInt64)
	if err := s.open(ctx); err != nil {
		_ = driver.Close(context.WithoutCancel(ctx)) // the error of open is returned
		return nil, err
	}
	return s, nil
}

func (s *Store) open(ctx context.Context) error {
	info, err := s.driver.GetServerInfo(ctx)
	if err != nil {
		return mapError(ctx, err, "reach Neo4j")
	}
	if isTooOld(info.Agent()) {
		return kg.Errorf(kg.Conflict, "the server is %s; Casus needs Neo4j 5.26 or newer", info.Agent())
	}
	if s.version, err = s.migrate(ctx); err != nil {
		return err
	}
	return s.applyPending(ctx)
}

// migrate brings the schema up to date and returns its version. One session sees what it wrote before.
func (s *Store) migrate(ctx context.Context) (version int, err error) {
	session := s.session(ctx)
	defer func() { _ = session.Close(context.WithoutCancel(ctx)) }() // the statements report errors
	query := func(ctx context.Context, statement string, params map[string]any) ([]*neo4j.Record, error) {
		result, err := session.Run(ctx, statement, params)
		if err != nil {
			return nil, mapError(ctx, err, "migrate")
		}
		rows, err := result.Collect(ctx)
		return rows, mapError(ctx, err, "migrate")
	}
	return migrate.Run(ctx, query, migrate.StoreURL(s.driver.Target(), s.database))
}

// isTooOld reports whether a server with an agent string such as "Neo4j/5.26.30" or "Neo4j/2026.08.1" is older than
// 5.26. A server that reports no version is assumed to be new enough.
func isTooOld(agent string) bool {
	_, version, _ := strings.Cut(agent, "/")
	parts := strings.SplitN(version, ".", 3)
	if len(parts) < 2 {
		return false
	}
	major, err := strconv.Atoi(parts[0])
	if err != nil {
		return false
	}
	digits := strings.TrimRightFunc(parts[1], func(r rune) bool { return r < '0' || r > '9' })
	minor, err := strconv.Atoi(digits)
	return err == nil && (major < 5 || major == 5 && minor < 26)
}

func (s *Store) session(ctx context.Context) neo4j.SessionWithContext {
	return s.driver.NewSession(ctx, s.sessionConfig(neo4j.AccessModeWrite))
}

func (s *Store) sessionConfig(mode neo4j.AccessMode) neo4j.SessionConfig {
	return neo4j.SessionConfig{AccessMode: mode, DatabaseName: s.database, BookmarkManager: s.bookmarks}
}

// query returns all rows of a query. Its transaction may be routed to a reader and begins with the query, which saves a
// round trip. The context's deadline is passed to the server.
func (s *Store) query(ctx context.Context, cypher string, params map[string]any) ([]*neo4j.Record, error) {
	if err := ctx.Err(); err != nil {
		return nil, mapError(ctx, err, "query")
	}
	trace.Statement(ctx, cypher, params)
	var rows []*neo4j.Record
	err := s.driver.Read(ctx, func() error {
		found, err := neo4j.ExecuteQuery(ctx, s.driver.Reader(), cypher, params, neo4j.EagerResultTransformer,
			neo4j.ExecuteQueryWithReadersRouting(), neo4j.ExecuteQueryWithDatabase(s.database),
			neo4j.ExecuteQueryWithBookmarkManager(s.bookmarks), neo4j.ExecuteQueryWithTransactionConfig(deadline(ctx)))
		if err == nil {
			rows = found.Records
		}
		return err
	})
	return rows, mapError(ctx, err, "query")
}

func collect(
	ctx context.Context, tx neo4j.ManagedTransaction, cypher string, params map[string]any,
) ([]*neo4j.Record, error) {
	trace.Statement(ctx, cypher, params)
	result, err := tx.Run(ctx, cypher, params)
	if err != nil {
		return nil, err
	}
	return result.Collect(ctx)
}

// deadline lets the server end a transaction at the context's deadline.
func deadline(ctx context.Context) func(*neo4j.TransactionConfig) {
	at, ok := ctx.Deadline()
	if !ok {
		return func(*neo4j.TransactionConfig) {}
	}
	return neo4j.WithTxTimeout(max(time.Until(at), time.Millisecond))
}

// Ready returns an error unless the database answers.
func (s *Store) Ready(ctx context.Context) error {
	_, err := s.query(ctx, "RETURN 1", nil)
	return err
}

// Close closes all connections.
func (s *Store) Close() error {
	return mapError(context.Background(), s.driver.Close(context.Background()), "close the connections")
}
