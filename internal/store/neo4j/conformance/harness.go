// Package conformance has the harness by which the packages below it test the Neo4j store. Nearly every query of these
// tests is different, and Neo4j has to plan each of them: in one package they would exceed the timeout of go test.
package conformance

import (
	"context"
	"testing"

	"casus/internal/store"
	"casus/internal/store/cache"
	"casus/internal/store/memory"
	"casus/internal/store/neo4j"
	"casus/internal/store/storetest"
	neo4jtest "casus/internal/testkit/neo4j"
)

// Open opens the database of a server, and closes it when the test ends.
func Open(tb testing.TB, uri string) store.Store {
	tb.Helper()
	s, err := neo4j.Open(context.Background(), neo4j.Options{URL: uri})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() }) // a test may have closed it
	return s
}

// Oracle returns a new store in memory.
func Oracle(testing.TB) store.Store { return memory.New() }

// Cached returns a harness like Harness, of stores with the caches that the program uses.
func Cached(tb testing.TB) storetest.Harness {
	tb.Helper()
	return Harness(tb).Decorated("neo4j with caches", func(s store.Store) store.Store {
		return cache.Decorate(s, cache.Options{})
	})
}

// Harness returns a harness for the server's only database, which no other test uses until this one ends. The schema
// stays, since creating it takes longer than most tests.
func Harness(tb testing.TB) storetest.Harness {
	tb.Helper()
	uri := neo4jtest.NewKeeping(tb, "Migration")
	return storetest.Harness{
		Name:   "neo4j",
		Slow:   true,
		Oracle: Oracle,
		New: func(tb testing.TB) store.Store {
			return Open(tb, neo4jtest.NewKeeping(tb, "Migration"))
		},
		Reopen: func(tb testing.TB, s store.Store) store.Store {
			if err := s.Close(); err != nil {
				tb.Fatal(err)
			}
			return Open(tb, uri)
		},
		OpenSecond:   func(tb testing.TB, _ store.Store) store.Store { return Open(tb, uri) },
		Capabilities: storetest.Capabilities{Durable: true},
	}
}
