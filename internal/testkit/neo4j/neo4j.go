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

import "testing"

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
