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

// TestIndexesComeBack leaves indexes, opens the database again, as after a kill, and makes them: the schema is what it was.
func TestIndexesComeBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "casus.db")
	s := opened(t, path)
	want := indexesOf(t, s)
	if err := s.DropDeferredIndexes(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := indexesOf(t, s); len(got) != len(want)-len(late) {
		t.Fatalf("%d indexes are there of %d, when %d were to be left", len(got), len(want), len(late))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = opened(t, path)
	told := 0
	if err := s.BuildDeferredIndexes(t.Context(), func(made, all int) {
		if made != told || all != len(late) {
			t.Errorf("told of %d of %d, want %d of %d", made, all, told, len(late))
		}
		told++
	}); err != nil {
		t.Fatal(err)
	}
	if told != len(late) {
		t.Errorf("told %d times", told)
	}
	if diff := cmp.Diff(want, indexesOf(t, s)); diff != "" {
		t.Error(diff)
	}
	if err := s.BuildDeferredIndexes(t.Context(), func(int, int) { t.Error("made again") }); err != nil {
		t.Error(err)
	}
}

// TestAnotherLoad opens a store while another one is loading into it: it makes no indexes before that one is gone, killed or not.
func TestAnotherLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "casus.db")
	loading := opened(t, path)
	if err := loading.DropDeferredIndexes(t.Context()); err != nil {
		t.Fatal(err)
	}
	left := indexesOf(t, loading)
	reader := opened(t, path)
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
	if made != len(late) {
		t.Errorf("%d indexes were made when the load was gone, want %d", made, len(late))
	}
	if left, err := filepath.Glob(path + loadingSuffix + "*"); err != nil || left != nil {
		t.Errorf("%v %v stay", left, err)
	}
}

// TestNeededIndexesAreMade changes in a store without indexes what cannot be changed without looking things up.
func TestNeededIndexesAreMade(t *testing.T) {
	s := opened(t, filepath.Join(t.TempDir(), "casus.db"))
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

// TestIndexesStay leaves none of a store that has something.
func TestIndexesStay(t *testing.T) {
	s := opened(t, filepath.Join(t.TempDir(), "casus.db"))
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

func opened(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // it may be closed already
	return s
}
