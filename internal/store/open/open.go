// Package open opens the store that a URL names. It is the only package of the program that imports the engines.
package open

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/cache"
	"casus/internal/store/neo4j"
	"casus/internal/store/sqlite"

	"github.com/cespare/xxhash/v2"
)

// Default is the URL of the default store, a file in the working directory.
const Default = "sqlite:casus.db"

// Memory is the URL of an embedded store in memory. It is empty when opened and lost when closed.
const Memory = "sqlite::memory:"

// Options complete a URL.
type Options struct {
	// User and Password are the credentials for Neo4j if the URL has none.
	User, Password string
	// FailFast has reads from Neo4j return UNAVAILABLE within a second while the server is away, instead of retrying.
	FailFast bool
	// Caches are the sizes of the store's caches.
	Caches cache.Options
}

// Open opens a store by URL, updates its schema, and decorates it with caches:
//
//	sqlite:PATH        a file, created if it does not exist
//	sqlite::memory:    Memory
//	neo4j://HOST:PORT  Neo4j with cluster routing; also neo4j+s, neo4j+ssc, bolt, bolt+s and bolt+ssc
//
// A Neo4j URL may have USER:PASSWORD@ and a database name, as its path or as ?database=. Errors are BAD_INPUT for an
// invalid URL, UNAVAILABLE if the store cannot be reached, and CONFLICT if its schema version is not one that this
// program reads.
func Open(ctx context.Context, storeURL string, opt Options) (*cache.Store, error) {
	engine, err := openEngine(ctx, storeURL, opt)
	if err != nil {
		return nil, err
	}
	return cache.Decorate(engine, opt.Caches), nil
}

func openEngine(ctx context.Context, storeURL string, opt Options) (store.Store, error) {
	scheme, rest, ok := strings.Cut(storeURL, ":")
	if !ok {
		return nil, kg.Errorf(kg.BadInput, "store %q has no scheme: use sqlite:PATH or neo4j://HOST:7687", Redacted(storeURL))
	}
	if scheme == "sqlite" {
		path := strings.TrimPrefix(rest, "//")
		if path == "" {
			return nil, kg.Errorf(kg.BadInput, "store %q names no file: use sqlite:PATH", storeURL)
		}
		return sqlite.Open(ctx, path)
	}
	switch strings.TrimSuffix(strings.TrimSuffix(scheme, "+ssc"), "+s") {
	case "neo4j", "bolt":
		o, err := neo4jOptions(storeURL, opt)
		if err != nil {
			return nil, err
		}
		return neo4j.Open(ctx, o)
	}
	return nil, kg.Errorf(kg.BadInput,
		"store %q has the unknown scheme %q: use sqlite:PATH or neo4j://HOST:7687", Redacted(storeURL), scheme)
}

func neo4jOptions(storeURL string, opt Options) (neo4j.Options, error) {
	u, err := url.Parse(storeURL)
	if err != nil {
		return neo4j.Options{}, kg.Errorf(kg.BadInput, "invalid store URL: a Neo4j URL looks like neo4j://HOST:7687; "+
			"characters such as @ or / in a password are written %%40, %%2F")
	}
	if u.Hostname() == "" {
		return neo4j.Options{}, kg.Errorf(kg.BadInput,
			"store %q names no host: a Neo4j URL looks like neo4j://HOST:7687", Redacted(storeURL))
	}
	o := neo4j.Options{
		User: opt.User, Password: opt.Password, FailFast: opt.FailFast, Database: strings.Trim(u.Path, "/"),
	}
	if u.User != nil {
		o.User = u.User.Username()
		if p, ok := u.User.Password(); ok {
			o.Password = p
		}
	}
	query := u.Query()
	if db := query.Get("database"); db != "" {
		o.Database = db
	}
	query.Del("database")
	u.User, u.Path, u.RawQuery = nil, "", query.Encode()
	o.URL = u.String()
	return o, nil
}

// Redacted returns a store URL without its password, for messages and logs.
func Redacted(storeURL string) string {
	if _, isFile := File(storeURL); isFile {
		return storeURL
	}
	u, err := url.Parse(storeURL)
	if err == nil && u.User != nil && u.Host != "" && strings.Count(storeURL, "@") == 1 {
		return u.Redacted()
	}
	// The text before the last @ may be or contain a password.
	scheme, rest, found := strings.Cut(storeURL, ":")
	at := strings.LastIndexByte(rest, '@')
	if !found || at < 0 {
		return storeURL
	}
	slashes := rest[:at][:len(rest[:at])-len(strings.TrimLeft(rest[:at], "/"))]
	return scheme + ":" + slashes + "xxxxx" + rest[at:]
}

// File returns the path of an embedded store's file. ok is false for other stores.
func File(storeURL string) (path string, ok bool) {
	rest, ok := strings.CutPrefix(storeURL, "sqlite:")
	path = strings.TrimPrefix(rest, "//")
	return path, ok && path != "" && path != ":memory:"
}

// Files returns the files that an embedded store at a path may consist of: the database, and the files that SQLite, a
// load and a server create next to it.
func Files(path string) []string { return append(sqlite.Files(path), path+snapshotSuffix) }

// snapshotSuffix is appended to the path of an embedded store to name its snapshot.
const snapshotSuffix = "-projection"

// SnapshotPath returns the path of the file in which a server stores the projection of a store for its next start: next
// to an embedded store's file, or in a folder for other stores. It is "" for a store in memory, and for other stores
// without a folder.
func SnapshotPath(storeURL, folder string) string {
	if path, ok := File(storeURL); ok {
		return path + snapshotSuffix
	}
	u, err := url.Parse(storeURL)
	if err != nil || folder == "" || u.Host == "" {
		return ""
	}
	u.User = nil
	return filepath.Join(folder, fmt.Sprintf("neo4j-%016x%s", xxhash.Sum64String(u.String()), snapshotSuffix))
}
