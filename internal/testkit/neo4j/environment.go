package neo4j

import (
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

// note prints a line that go test shows with -v and -json, and with a failure.
func note(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "neo4j for tests: "+format+"\n", args...)
}
