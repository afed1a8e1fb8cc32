package sqlite

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/internal/kg"
)

func indexesOf(t *testing.T, s *Store) map[string]string {
	t.Helper()
	all := map[string]string{}
	if _, err := rows(t.Context(), s.read, func(r *sql.Rows) (none struct{}, err error) {
		var name, made string
		err = r.Scan(&name, &made)
		all[name] = made
		return none, err
	}, "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestDeferredIndexesAreRebuilt drops the indexes, opens the database again as after a kill, and builds them: the
// schema is the same as before.
func TestDeferredIndexesAreRebuilt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "casus.db")
	s := openStore(t, path)
	want := indexesOf(t, s)
	if err := s.DropDeferredIndexes(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := indexesOf(t, s); len(got) != len(want)-len(deferredIndexes) {
		t.Fatalf("got %d of %d indexes, want %d fewer", len(got), len(want), len(deferredIndexes))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openStore(t, path)
	calls := 0
	if err := s.BuildDeferredIndexes(t.Context(), func(made, all int) {
		if made != calls || all != len(deferredIndexes) {
			t.Errorf("progress %d of %d, want %d of %d", made, all, calls, len(deferredIndexes))
		}
		calls++
	}); err != nil {
		t.Fatal(err)
	}
	if calls != len(deferredIndexes) {
		t.Errorf("progress was called %d times, want %d", calls, len(deferredIndexes))
	}
	if diff := cmp.Diff(want, indexesOf(t, s)); diff != "" {
		t.Error(diff)
	}
	if err := s.BuildDeferredIndexes(t.Context(), func(int, int) { t.Error("an index was built twice") }); err != nil {
		t.Error(err)
	}
}

// TestQueryIndexesAreRebuilt drops the indexes of queries, as a load that rewrites much does, and is killed.
func TestQueryIndexesAreRebuilt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "casus.db")
	s := openStore(t, path)
	want := indexesOf(t, s)
	if err := s.DropQueryIndexes(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := indexesOf(t, s); len(got) != len(want)-len(queryIndexes) {
		t.Fatalf("got %d of %d indexes, want %d fewer", len(got), len(want), len(queryIndexes))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openStore(t, path)
	if err := s.BuildDeferredIndexes(t.Context(), func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, indexesOf(t, s)); diff != "" {
		t.Error(diff)
	}
}

// TestIndexesWaitForOtherLoad opens a store while another one is loading into it: it builds no indexes before that
// load has ended or was killed.
func TestIndexesWaitForOtherLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "casus.db")
	loading := openStore(t, path)
	if err := loading.DropDeferredIndexes(t.Context()); err != nil {
		t.Fatal(err)
	}
	left := indexesOf(t, loading)
	reader := openStore(t, path)
	if err := reader.BuildDeferredIndexes(t.Context(),
		func(int, int) { t.Error("an index was built during the load") }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(left, indexesOf(t, reader)); diff != "" {
		t.Error(diff)
	}
	if err := loading.Close(); err != nil {
		t.Fatal(err)
	}
	made := 0
	if err := reader.BuildDeferredIndexes(t.Context(), func(int, int) { made++ }); err != nil {
		t.Fatal(err)
	}
	if made != len(deferredIndexes) {
		t.Errorf("%d indexes were built after the load, want %d", made, len(deferredIndexes))
	}
	if left, err := filepath.Glob(path + loadLockSuffix + "*"); err != nil || left != nil {
		t.Errorf("lock files remain: %v %v", left, err)
	}
}

// TestNeededIndexesAreBuilt applies batches to a store without indexes that need some.
func TestNeededIndexesAreBuilt(t *testing.T) {
	s := openStore(t, filepath.Join(t.TempDir(), "casus.db"))
	if err := s.DropDeferredIndexes(t.Context()); err != nil {
		t.Fatal(err)
	}
	name := func(v string) kg.Batch {
		names := []kg.Name{{Value: v, Kind: kg.NameAlias}}
		return kg.Batch{Actors: []kg.Actor{{ID: "actor:a", Kind: kg.ActorPerson, Names: names}}}
	}
	if _, err := s.Apply(t.Context(), name("A")); err != nil {
		t.Fatal(err)
	}
	if _, found := indexesOf(t, s)["identifier_node"]; found {
		t.Error("an index was built for a first record")
	}
	if _, err := s.Apply(t.Context(), name("B")); err != nil {
		t.Fatal(err)
	}
	for _, index := range []string{"identifier_node", "search_entry_id"} {
		if _, found := indexesOf(t, s)[index]; !found {
			t.Errorf("an actor was written again without index %s", index)
		}
	}
}

// TestStoreWithContentKeepsIndexes checks that a store with content keeps its indexes.
func TestStoreWithContentKeepsIndexes(t *testing.T) {
	s := openStore(t, filepath.Join(t.TempDir(), "casus.db"))
	want := indexesOf(t, s)
	actor := kg.Actor{ID: "actor:a", Kind: kg.ActorPerson, Names: []kg.Name{{Value: "A", Kind: kg.NamePrimary}}}
	if _, err := s.Apply(t.Context(), kg.Batch{Actors: []kg.Actor{actor}}); err != nil {
		t.Fatal(err)
	}
	if err := s.DropDeferredIndexes(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, indexesOf(t, s)); diff != "" {
		t.Error(diff)
	}
}

func openStore(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // a test may have closed it
	return s
}
