package conformance

import (
	"context"
	"testing"

	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/neo4j"
	"casus/internal/store/storetest"
	neo4jtest "casus/internal/testkit/neo4j"
)

func harness() storetest.Harness {
	return storetest.Harness{
		Name:   "neo4j",
		Slow:   true,
		Oracle: func(testing.TB) store.Store { return memory.New() },
		New: func(tb testing.TB) store.Store {
			uri := neo4jtest.NewKeeping(tb, "Migration")
			s, err := neo4j.Open(context.Background(), neo4j.Options{URL: uri})
			if err != nil {
				tb.Fatal(err)
			}
			tb.Cleanup(func() {
				if err := s.Close(); err != nil {
					tb.Error(err)
				}
			})
			return s
		},
	}
}

func TestReads(t *testing.T) { storetest.RunReads(t, harness()) }

func TestDifferential(t *testing.T) {
	storetest.Differential(t, harness(), func(testing.TB) store.Store { return memory.New() }, 1)
}
