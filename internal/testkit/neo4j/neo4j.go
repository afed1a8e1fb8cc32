// Package neo4jtest gives tests a real Neo4j Community server, without containers and without anything to set up.
//
// The first test process that asks fetches the server's jars with Maven into the user's cache (once, 123 MB) and starts
// Java on a free port; the processes of all other packages share that server. It stops by itself half a minute after the
// last of them has ended, however it ended.
//
// CASUS_TEST_NEO4J_URI (bolt:// or neo4j://, with CASUS_NEO4J_USER and CASUS_NEO4J_PASSWORD) names a running server to
// use instead. BEWARE: EVERYTHING IN THAT SERVER'S DEFAULT DATABASE IS DELETED, data, indexes and constraints.
//
// Where there is neither such a server nor Java 17 and Maven, the test is skipped, with a line that says so;
// CASUS_REQUIRE_NEO4J=1 makes that a failure. With -short the test is skipped too, unless it is required.
package neo4j

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"casus/internal/testkit/neo4j/rendezvous"
)

const (
	version     = "5.26.30"
	envURI      = "CASUS_TEST_NEO4J_URI"
	envUser     = "CASUS_NEO4J_USER"
	envPassword = "CASUS_NEO4J_PASSWORD"
	envRequire  = "CASUS_REQUIRE_NEO4J"

	// patience bounds the wait for a server, the fetch of its jars included.
	patience = 8 * time.Minute
	// idle is how long a server without users lives on: longer than it takes to build the next package's tests.
	idle = 30 * time.Second
)

// Server is a Neo4j that answers.
type Server struct {
	URI string // bolt:// of the shared server, or what CASUS_TEST_NEO4J_URI says
}

// New returns the URI of an empty database that is the test's alone until it ends: Start and Exclusive in one.
// A parallel test calls New after t.Parallel, or it would wait for itself.
func New(t testing.TB) string {
	t.Helper()
	s := Start(t)
	Exclusive(t, s.URI)
	return s.URI
}

// Start returns the server that all test processes share, started if need be. Others use its database too: see Exclusive.
func Start(t testing.TB) Server {
	t.Helper()
	required := os.Getenv(envRequire) == "1"
	if testing.Short() && !required {
		t.Skip("SKIPPED: no Neo4j under -short")
	}
	s, err := process()
	if err == nil {
		return s
	}
	if required || !isUnavailable(err) {
		t.Fatalf("no Neo4j (%s=%s): %v", envRequire, os.Getenv(envRequire), err)
	}
	t.Skipf("SKIPPED: no Neo4j: %v. Install Java 17 and Maven, or name a server to be wiped in %s", err, envURI)
	return Server{}
}

// process finds this process's server once; the lease it takes lasts as long as the process.
var process = sync.OnceValues(func() (Server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if uri := os.Getenv(envURI); uri != "" {
		return Server{URI: uri}, answer(ctx, uri)
	}
	dir, err := cache()
	if err != nil {
		return Server{}, err
	}
	return share(ctx, dir, idle)
})

// cache is where the processes of this user meet.
func cache() (rendezvous.Dir, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", unavailable("no cache directory: %w", err)
	}
	dir := filepath.Join(base, "casus", "neo4j-"+version)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", unavailable("no cache directory: %w", err)
	}
	return rendezvous.Dir(dir), nil
}
