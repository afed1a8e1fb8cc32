package neo4j_test

import (
	"context"
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/neo4j"
	"casus/internal/store/storetest"
	neo4jtest "casus/internal/testkit/neo4j"
)

func open(tb testing.TB, uri string) store.Store {
	tb.Helper()
	s, err := neo4j.Open(context.Background(), neo4j.Options{URL: uri})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() }) // a test may have closed it
	return s
}

// harness returns a harness for the one database there is, which the test holds until it ends. The schema stays, since
// creating it takes longer than most tests.
func harness(tb testing.TB) storetest.Harness {
	tb.Helper()
	uri := neo4jtest.NewKeeping(tb, "Migration")
	return storetest.Harness{
		Name:   "neo4j",
		Slow:   true,
		Oracle: func(testing.TB) store.Store { return memory.New() },
		New: func(tb testing.TB) store.Store {
			return open(tb, neo4jtest.NewKeeping(tb, "Migration"))
		},
		Reopen: func(tb testing.TB, s store.Store) store.Store {
			if err := s.Close(); err != nil {
				tb.Fatal(err)
			}
			return open(tb, uri)
		},
		OpenSecond:   func(tb testing.TB, _ store.Store) store.Store { return open(tb, uri) },
		Capabilities: storetest.Capabilities{Durable: true},
	}
}

// TestWrites is the half of the conformance tests that is not in package conformance.
func TestWrites(t *testing.T) { storetest.RunWrites(t, harness(t)) }

func TestHistories(t *testing.T) {
	storetest.Histories(t, harness(t), func(testing.TB) store.Store { return memory.New() }, 1, 1)
}

// TestConcurrentOpen opens one empty database from several programs at once, which all migrate the schema.
func TestConcurrentOpen(t *testing.T) {
	uri := neo4jtest.New(t)
	failed := make(chan error)
	const programs = 5
	for range programs {
		go func() {
			s, err := neo4j.Open(t.Context(), neo4j.Options{URL: uri})
			if err == nil {
				err = s.Close()
			}
			failed <- err
		}()
	}
	for range programs {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
}

// TestOpenOrphanIndex opens a database with an index whose constraint is missing, as a program leaves it that is killed
// while the server creates the constraint. The constraint is created again.
func TestOpenOrphanIndex(t *testing.T) {
	uri := neo4jtest.New(t)
	server, err := driver.NewDriverWithContext(uri, driver.NoAuth())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close(context.Background()) }() // the query reports errors
	owned := func() int {
		r, err := driver.ExecuteQuery(t.Context(), server, "SHOW INDEXES YIELD name, owningConstraint"+
			" WHERE name = 'identity_id' AND owningConstraint IS NOT NULL RETURN name", nil, driver.EagerResultTransformer)
		if err != nil {
			t.Fatal(err)
		}
		return len(r.Records)
	}
	_, err = driver.ExecuteQuery(t.Context(), server,
		"CREATE INDEX identity_id FOR (n:IdentityDecision) ON (n.id)", nil, driver.EagerResultTransformer)
	if err != nil {
		t.Fatal(err)
	}
	if owned() != 0 {
		t.Fatal("the index has a constraint before anything was opened")
	}
	open(t, uri)
	if owned() != 1 {
		t.Error("the index has no constraint")
	}
}
