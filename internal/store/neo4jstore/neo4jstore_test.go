package neo4jstore_test

import (
	"context"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/neo4jstore"
	"casus/internal/store/neo4jtest"
	"casus/internal/store/storetest"
)

func open(tb testing.TB, uri string) kg.Store {
	tb.Helper()
	s, err := neo4jstore.Open(context.Background(), neo4jstore.Options{URL: uri})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() }) // a test may have closed it
	return s
}

// harness gives one store after another in the one database there is: the test that calls it owns the server.
func harness(tb testing.TB) storetest.Harness {
	tb.Helper()
	server := neo4jtest.Start(tb)
	return storetest.Harness{
		Name: "neo4j",
		New: func(tb testing.TB) kg.Store {
			neo4jtest.Exclusive(tb, server.URI)
			return open(tb, server.URI)
		},
		Reopen: func(tb testing.TB, s kg.Store) kg.Store {
			if err := s.Close(); err != nil {
				tb.Fatal(err)
			}
			return open(tb, server.URI)
		},
		Capabilities: storetest.Capabilities{Durable: true},
	}
}

func TestConformance(t *testing.T) { storetest.Run(t, harness(t)) }
