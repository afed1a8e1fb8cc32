package neo4j

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"casus/internal/testkit/neo4j/rendezvous"
)

// owner is the name of the test of this process that holds the database, if one does.
var owner struct {
	sync.Mutex
	name string
}

// Exclusive waits until no other test, of this process or another, owns the server's database (Community has only one),
// empties it with Empty, and owns it until t ends. What t leaves in it stays there to be looked at until the next test.
//
// A subtest of an owner shares its parent's ownership and only empties the database again. So subtests that each call
// Exclusive or New under an owner must not run in parallel with each other.
func Exclusive(t testing.TB, uri string) {
	t.Helper()
	ctx := t.Context()
	if !ownedAbove(t.Name()) {
		own(t)
	}
	if err := Empty(ctx, uri); err != nil {
		t.Fatalf("empty the test database: %v", err)
	}
}

func ownedAbove(name string) bool {
	owner.Lock()
	defer owner.Unlock()
	return owner.name != "" && (name == owner.name || strings.HasPrefix(name, owner.name+"/"))
}

func own(t testing.TB) {
	t.Helper()
	dir, err := cache()
	if err != nil {
		t.Fatal(err)
	}
	started := time.Now()
	lock, err := rendezvous.Lock(dir.Database(), rendezvous.Exclusive)
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skipf("SKIPPED: no Neo4j: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if waited := time.Since(started); waited > time.Second {
		t.Logf("waited %v for the tests that owned the database", waited.Round(time.Second))
	}
	setOwner(t.Name())
	t.Cleanup(func() {
		setOwner("")
		if err := lock.Close(); err != nil {
			t.Errorf("release the test database: %v", err)
		}
	})
}

func setOwner(name string) {
	owner.Lock()
	defer owner.Unlock()
	owner.name = name
}

// Empty deletes every node, relationship, constraint and index of the server's default database. Only its owner calls it.
func Empty(ctx context.Context, uri string) error {
	return withSession(ctx, uri, func(s session) error {
		if err := s.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS", nil); err != nil {
			return err
		}
		// Constraints first, since they take their indexes with them; the token lookup indexes are Neo4j's own.
		for _, drop := range []struct{ list, drop string }{
			{"SHOW CONSTRAINTS YIELD name", "DROP CONSTRAINT $name"},
			{"SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'", "DROP INDEX $name"},
		} {
			names, err := s.column(drop.list)
			if err != nil {
				return err
			}
			for _, name := range names {
				if err := s.run(drop.drop, map[string]any{"name": name}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
