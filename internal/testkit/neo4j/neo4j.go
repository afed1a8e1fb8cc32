// Package neo4j runs a real Neo4j Community server for tests, without containers and without anything to set up.
//
// Each test process has a server for itself, from its first test that needs one: on a free port, with its data in a
// temporary folder. A server that a package no longer uses serves the next package of the same go command, since a
// JVM that has compiled Neo4j's planner plans a query several times as fast. The servers end with the go command,
// however that ends. The server's jars are fetched with Maven into the user's cache once (123 MB).
//
// CASUS_TEST_NEO4J_URI (bolt:// or neo4j://, with CASUS_NEO4J_USER and CASUS_NEO4J_PASSWORD) names a running server to
// use instead. Packages then take turns on its one database, so run go test with -p 1. BEWARE: EVERYTHING IN THAT
// SERVER'S DEFAULT DATABASE IS DELETED, data, indexes and constraints.
//
// A test is skipped, and says so, without such a server and without Java 17 and Maven; CASUS_REQUIRE_NEO4J=1 makes
// that a failure. With -short it is skipped too, unless Neo4j is required.
package neo4j

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"
)

const (
	envURI      = "CASUS_TEST_NEO4J_URI"
	envUser     = "CASUS_NEO4J_USER"
	envPassword = "CASUS_NEO4J_PASSWORD"
	envRequire  = "CASUS_REQUIRE_NEO4J"

	// startTimeout bounds the wait for a server, the fetch of its jars included.
	startTimeout = 8 * time.Minute
)

// New returns the URI of a database without data, indexes and constraints. No other test uses it until the test ends.
// Its data remains for inspection until the next test.
//
// A parallel test calls New after t.Parallel, or it would wait for itself. A subtest shares its parent's turn and
// empties the database again, so such subtests must not run in parallel with each other.
func New(t testing.TB) string {
	t.Helper()
	return takeTurn(t, empty)
}

// NewKeeping is like New, but keeps the nodes of one label, all indexes and all constraints. A store that notes its
// schema version in such nodes need not build its schema again, which takes longer than most tests.
func NewKeeping(t testing.TB, label string) string {
	t.Helper()
	return takeTurn(t, func(s session) error { return deleteNodes(s, label) })
}

// Require skips the test, or fails it, unless Neo4j's own programs can be run here. It starts no server.
func Require(t testing.TB) {
	t.Helper()
	check(t, func() error {
		_, err := findDistribution()
		return err
	})
}

// serverURI returns the URI of this process's server, and starts it for the first test.
func serverURI(t testing.TB) (uri string) {
	t.Helper()
	check(t, func() (err error) {
		uri, err = processServer()
		return err
	})
	return uri
}

// check runs a step that needs Neo4j, and skips or fails the test where there is none.
func check(t testing.TB, step func() error) {
	t.Helper()
	required := os.Getenv(envRequire) == "1"
	if testing.Short() && !required {
		announceSkip.Do(func() { note("SKIPPED: the tests that need Neo4j, because of -short") })
		t.Skip("SKIPPED: no Neo4j under -short")
	}
	err := step()
	switch {
	case err == nil:
	case required || !isUnavailable(err):
		t.Fatalf("no Neo4j (%s=%s): %v", envRequire, os.Getenv(envRequire), err)
	default:
		announceSkip.Do(func() { note("SKIPPED: the tests that need Neo4j: %v", err) })
		t.Skipf("SKIPPED: no Neo4j: %v. Install Java 17 and Maven, or name a server to be wiped in %s", err, envURI)
	}
}

// announceSkip prints the reason of the first skip. Each skipped test also has a line of its own.
var announceSkip sync.Once

// processServer starts the server once; it ends with the process.
var processServer = sync.OnceValues(func() (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	if uri := os.Getenv(envURI); uri != "" {
		return uri, ping(ctx, uri)
	}
	d, err := findDistribution()
	if err != nil {
		return "", err
	}
	began := time.Now()
	uri, how, err := d.serverOfProcess(ctx)
	if err != nil {
		return "", err
	}
	note("waited %.1f s for other processes, then %s a server in %.1f s",
		d.waited.Seconds(), how, time.Since(began).Seconds())
	return uri, nil
})

// serverOfProcess leases a server from the go command or, if another program runs this process, starts one that ends
// with the process. It also returns how it got the server.
func (d distribution) serverOfProcess(ctx context.Context) (uri, how string, err error) {
	if owner, ok := goCommand(); ok {
		uri, reused, err := d.leased(ctx, owner)
		if reused {
			return uri, "took over", err
		}
		return uri, "started", err
	}
	home, err := os.MkdirTemp("", "casus-neo4j-")
	if err != nil {
		return "", "", fmt.Errorf("make the server's home: %w", err)
	}
	s, err := d.start(ctx, home, os.Getpid(), longLived...)
	return s.uri, "started", err
}

// note prints a line that go test shows with -v and -json, and with a failure.
func note(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "neo4j for tests: "+format+"\n", args...)
}
