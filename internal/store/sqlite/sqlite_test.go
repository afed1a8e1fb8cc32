package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"casus/internal/store"
	"casus/internal/store/cache"
	"casus/internal/store/memory"
	"casus/internal/store/sqlite"
	"casus/internal/store/storetest"
	"casus/internal/store/storetest/networks"
	"casus/internal/testkit/seeds"
)

func open(tb testing.TB, path string) store.Store {
	tb.Helper()
	s, err := sqlite.Open(context.Background(), path)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() }) // a test may have closed it
	return s
}

// fileHarness returns the harness of a store in a file, which is reopened by its path.
func fileHarness() storetest.Harness {
	paths := map[store.Store]string{}
	at := func(tb testing.TB, path string) store.Store {
		s := open(tb, path)
		paths[s] = path
		return s
	}
	return storetest.Harness{
		Name: "sqlite",
		New:  func(tb testing.TB) store.Store { return at(tb, filepath.Join(tb.TempDir(), "casus.db")) },
		Reopen: func(tb testing.TB, s store.Store) store.Store {
			if err := s.Close(); err != nil {
				tb.Fatal(err)
			}
			return at(tb, paths[s])
		},
		OpenSecond:   func(tb testing.TB, s store.Store) store.Store { return open(tb, paths[s]) },
		Oracle:       oracle,
		Capabilities: storetest.Capabilities{Durable: true},
	}
}

// cachedHarness returns the harness of a store in a file with the caches that the program uses.
func cachedHarness() storetest.Harness {
	return fileHarness().Decorated("sqlite with caches", func(s store.Store) store.Store {
		return cache.Decorate(s, cache.Options{})
	})
}

// oracle returns a new store in memory.
func oracle(testing.TB) store.Store { return memory.New() }

func TestConformance(t *testing.T) { storetest.Run(t, fileHarness()) }

// BenchmarkEngine measures the engine's own queries, without columns or caches.
func BenchmarkEngine(b *testing.B) { storetest.Benchmark(b, fileHarness()) }

func TestNetworks(t *testing.T) { networks.Test(t, cachedHarness()) }

func TestConformanceWithCaches(t *testing.T) {
	storetest.RunCounts(t, cachedHarness())
	storetest.RunRefreshes(t, cachedHarness())
}

func TestConformanceInMemory(t *testing.T) {
	seeds.SkipUnselected(t)
	t.Parallel()
	storetest.Run(t, storetest.Harness{Name: "sqlite in memory",
		New: func(tb testing.TB) store.Store { return open(tb, sqlite.Memory) }, Oracle: oracle})
}

// unindexedHarness returns the harness of a store in a file as a killed load leaves it.
func unindexedHarness() storetest.Harness {
	h := fileHarness()
	fresh := h.New
	h.New = func(tb testing.TB) store.Store {
		s := fresh(tb)
		if err := s.(*sqlite.Store).DropDeferredIndexes(tb.Context()); err != nil {
			tb.Fatal(err)
		}
		return s
	}
	return h
}

func TestConformanceWithoutIndexes(t *testing.T) {
	seeds.SkipUnselected(t)
	t.Parallel()
	storetest.Run(t, unindexedHarness())
}

func TestDifferentialWithoutIndexes(t *testing.T) {
	seeds.SkipShort(t)
	t.Parallel()
	storetest.Differential(t, unindexedHarness(), oracle, 2)
}

// TestSearchForCommonWords searches small graphs on the path for common words.
func TestSearchForCommonWords(t *testing.T) {
	h := fileHarness()
	fresh := h.New
	h.New = func(tb testing.TB) store.Store {
		s := fresh(tb)
		s.(*sqlite.Store).AllWordsAreCommon()
		return s
	}
	storetest.Searches(t, h, oracle, 2)
}

func TestDifferential(t *testing.T) {
	t.Parallel()
	storetest.Differential(t, cachedHarness(), oracle, 4)
}

func TestHistories(t *testing.T) {
	t.Parallel()
	storetest.Histories(t, cachedHarness(), oracle, 2, 2)
}
