// Package store opens the store that a URL names. It and the command are the only ones that know which stores there are.
package open

import (
	"context"
	"net/url"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/neo4j"
	"casus/internal/store/sqlite"
)

// Default is the store of a command that is given none: a file in the working directory.
const Default = "sqlite:casus.db"

// Memory is an empty embedded store that is gone when it is closed.
const Memory = "sqlite::memory:"

// Options complete a URL.
type Options struct {
	// User and Password are Neo4j's, where the URL has none.
	User, Password string
	// EventBytes is Neo4j's too: see neo4jstore.Options.
	EventBytes int
}

// DefaultEventBytes is how many bytes of events are kept where Options do not say.
const DefaultEventBytes = neo4j.DefaultEventBytes

// Open opens a store by URL, and brings its schema up to date:
//
//	sqlite:PATH        a file, made if it is not there
//	sqlite::memory:    Memory
//	neo4j://HOST:PORT  Neo4j, a cluster's routing included; also neo4j+s, neo4j+ssc, bolt, bolt+s and bolt+ssc
//
// A Neo4j URL may carry USER:PASSWORD@ and, as its path or ?database=, a database's name. Errors: BAD_INPUT for a URL that
// names no store, UNAVAILABLE where it cannot be reached, CONFLICT where a newer version wrote it.
func Open(ctx context.Context, storeURL string, opt Options) (store.Store, error) {
	scheme, rest, ok := strings.Cut(storeURL, ":")
	if !ok {
		return nil, kg.Errorf(kg.BadInput, "store %q has no scheme: give sqlite:PATH or neo4j://HOST:7687", storeURL)
	}
	if scheme == "sqlite" {
		path := strings.TrimPrefix(rest, "//")
		if path == "" {
			return nil, kg.Errorf(kg.BadInput, "store %q names no file: give sqlite:PATH", storeURL)
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
	return nil, kg.Errorf(kg.BadInput, "store %q is of unknown kind %q: give sqlite:PATH or neo4j://HOST:7687", Redacted(storeURL), scheme)
}

func neo4jOptions(storeURL string, opt Options) (neo4j.Options, error) {
	u, err := url.Parse(storeURL)
	if err != nil {
		return neo4j.Options{}, kg.Errorf(kg.BadInput, "store URL cannot be read: a Neo4j URL looks like neo4j://HOST:7687; characters such as @ or / in a password are written %%40, %%2F")
	}
	if u.Hostname() == "" {
		return neo4j.Options{}, kg.Errorf(kg.BadInput, "store %q names no host: a Neo4j URL looks like neo4j://HOST:7687", Redacted(storeURL))
	}
	o := neo4j.Options{User: opt.User, Password: opt.Password, EventBytes: opt.EventBytes, Database: strings.Trim(u.Path, "/")}
	if u.User != nil {
		o.User = u.User.Username()
		if p, given := u.User.Password(); given {
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

// Redacted is a store URL without its password, for messages and logs.
func Redacted(storeURL string) string {
	u, err := url.Parse(storeURL)
	if err != nil || u.User == nil {
		if before, after, ok := strings.Cut(storeURL, "@"); ok && strings.Contains(before, "//") {
			return before[:strings.Index(before, "//")+2] + "xxxxx@" + after
		}
		return storeURL
	}
	return u.Redacted()
}

// File is the path of an embedded store's file; false for all other stores.
func File(storeURL string) (path string, ok bool) {
	rest, ok := strings.CutPrefix(storeURL, "sqlite:")
	path = strings.TrimPrefix(rest, "//")
	return path, ok && path != "" && path != ":memory:"
}
