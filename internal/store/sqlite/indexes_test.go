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

// TestIndexesComeBack drops the indexes, opens the database again as after a kill, and builds them: the schema is the
// same as before.
func TestIndexesComeBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "casus.db")
	s := openStore(t, path)
	want := indexesOf(t, s)
	if err := s.DropDeferredIndexes(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := indexesOf(t, s); len(got) != len(want)-len(deferredIndexes) {
		t.Fatalf("%d indexes are there of %d, when %d were to be left", len(got), len(want), len(deferredIndexes))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openStore(t, path)
	told := 0
	if err := s.BuildDeferredIndexes(t.Context(), func(made, all int) {
		if made != told || all != len(deferredIndexes) {
			t.Errorf("told of %d of %d, want %d of %d", made, all, told, len(deferredIndexes))
		}
		told++
	}); err != nil {
		t.Fatal(err)
	}
	if told != len(deferredIndexes) {
		t.Errorf("told %d times", told)
	}
	if diff := cmp.Diff(want, indexesOf(t, s)); diff != "" {
		t.Error(diff)
	}
	if err := s.BuildDeferredIndexes(t.Context(), func(int, int) { t.Error("made again") }); err != nil {
		t.Error(err)
	}
}

// TestAnotherLoad opens a store while another one is loading into it: it builds no indexes before that load has ended
// or was killed.
func TestAnotherLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "casus.db")
	loading := openStore(t, path)
	if err := loading.DropDeferredIndexes(t.Context()); err != nil {
		t.Fatal(err)
	}
	left := indexesOf(t, loading)
	reader := openStore(t, path)
	if err := reader.BuildDeferredIndexes(t.Context(), func(int, int) { t.Error("an index was made meanwhile") }); err != nil {
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
		t.Errorf("%d indexes were made when the load was gone, want %d", made, len(deferredIndexes))
	}
	if left, err := filepath.Glob(path + loadLockSuffix + "*"); err != nil || left != nil {
		t.Errorf("%v %v stay", left, err)
	}
}

// TestNeededIndexesAreMade applies batches to a store without indexes that need some.
func TestNeededIndexesAreMade(t *testing.T) {
	s := openStore(t, filepath.Join(t.TempDir(), "casus.db"))
	if err := s.DropDeferredIndexes(t.Context()); err != nil {
		t.Fatal(err)
	}
	name := func(v string) kg.Batch {
		return kg.Batch{Actors: []kg.Actor{{ID: "actor:a", Kind: kg.ActorPerson, Names: []kg.Name{{Value: v, Kind: kg.NameAlias}}}}}
	}
	if _, err := s.Apply(t.Context(), name("A")); err != nil {
		t.Fatal(err)
	}
	if _, is := indexesOf(t, s)["identifier_node"]; is {
		t.Error("a first record needs no index")
	}
	if _, err := s.Apply(t.Context(), name("B")); err != nil {
		t.Fatal(err)
	}
	for _, index := range []string{"identifier_node", "search_entry_id"} {
		if _, is := indexesOf(t, s)[index]; !is {
			t.Errorf("an actor was written again without %s", index)
		}
	}
}

// TestIndexesStay checks that a store with content keeps its indexes.
func TestIndexesStay(t *testing.T) {
	s := openStore(t, filepath.Join(t.TempDir(), "casus.db"))
	want := indexesOf(t, s)
	if _, err := s.Apply(t.Context(), kg.Batch{Actors: []kg.Actor{{ID: "actor:a", Kind: kg.ActorPerson, Names: []kg.Name{{Value: "A", Kind: kg.NamePrimary}}}}}); err != nil {
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
