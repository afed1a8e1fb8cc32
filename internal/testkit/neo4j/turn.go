package neo4j

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// turn is held by the one test of this process that uses the database: Community has only one.
var turn sync.Mutex

// holder is the name of the test that holds the turn, or empty.
var holder struct {
	sync.Mutex
	name string
}

// takeTurn waits for the database, clears it and returns its server's URI. A subtest of the holder shares its turn.
func takeTurn(t testing.TB, clear func(session) error) string {
	t.Helper()
	uri := serverURI(t)
	if !heldAbove(t.Name()) {
		turn.Lock()
		t.Cleanup(turn.Unlock)
		if os.Getenv(envURI) != "" {
			lockDatabase(t)
		}
		setHolder(t.Name())
		t.Cleanup(func() { setHolder("") })
	}
	if err := withSession(t.Context(), uri, clear); err != nil {
		t.Fatalf("empty the test database: %v", err)
	}
	return uri
}

func heldAbove(test string) bool {
	holder.Lock()
	defer holder.Unlock()
	return holder.name != "" && (test == holder.name || strings.HasPrefix(test, holder.name+"/"))
}

func setHolder(test string) {
	holder.Lock()
	defer holder.Unlock()
	holder.name = test
}

// lockDatabase waits until no test of another process uses the server that the environment names.
func lockDatabase(t testing.TB) {
	t.Helper()
	dir, err := cacheDir()
	if err != nil {
		t.Fatal(err)
	}
	uri := os.Getenv(envURI)
	name := fmt.Sprintf("database-%x.lock", sha256.Sum256([]byte(uri)))
	lock, waited, err := lockFile(filepath.Join(dir, name), "tests of another process that use "+uri)
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skipf("SKIPPED: no Neo4j: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("waited %.1f s for other processes", waited.Seconds())
	t.Cleanup(func() {
		if err := lock.Close(); err != nil {
			t.Errorf("release the test database: %v", err)
		}
	})
}
