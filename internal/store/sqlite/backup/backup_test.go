package backup_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"casus/internal/digest"
	"casus/internal/kg"
	"casus/internal/store/sqlite"
	"casus/internal/store/sqlite/backup"
)

func open(t *testing.T, path string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func digestOf(t *testing.T, s *sqlite.Store) string {
	t.Helper()
	d, err := digest.Compute(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// actors returns a batch of actors, number n.
func actors(n int) (b kg.Batch) {
	for i := range 50 {
		id := kg.ID(fmt.Sprintf("actor:%d-%d", n, i))
		b.Actors = append(b.Actors, kg.Actor{ID: id, Kind: kg.ActorPerson, Names: []kg.Name{{Value: string(id)}}})
	}
	return b
}

// TestCopy copies a store repeatedly while batches are written to it. Each copy is the graph after one batch.
func TestCopy(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "store.db")
	s := open(t, path)
	if _, err := s.Apply(t.Context(), actors(0)); err != nil {
		t.Fatal(err)
	}
	written := make(chan string, 100)
	go func() {
		defer close(written)
		for n := 1; n <= 20; n++ {
			if _, err := s.Apply(t.Context(), actors(n)); err != nil {
				t.Error(err)
			}
			written <- ""
		}
	}()
	var copies []string
	for range written {
		to := filepath.Join(dir, fmt.Sprintf("copy-%d.db", len(copies)))
		if err := backup.Copy(t.Context(), path, to, func(int64, int64) {}); err != nil {
			t.Fatal(err)
		}
		copies = append(copies, digestOf(t, open(t, to)))
	}
	var states []string
	again := open(t, filepath.Join(dir, "again.db"))
	for n := range 21 {
		if _, err := again.Apply(t.Context(), actors(n)); err != nil {
			t.Fatal(err)
		}
		states = append(states, digestOf(t, again))
	}
	last := -1
	for i, d := range copies {
		at := slices.Index(states, d)
		if at < max(last, i+1) {
			t.Errorf("copy %d is state %d, after %d", i, at, last)
		}
		last = at
	}
}

func TestCopyFails(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "store.db")
	s := open(t, path)
	for n := range 20 {
		if _, err := s.Apply(t.Context(), actors(n)); err != nil {
			t.Fatal(err)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	err := backup.Copy(ended, path, filepath.Join(dir, "a.db"), func(int64, int64) {})
	if kg.CodeOf(err) != kg.Timeout {
		t.Errorf("a context that has ended: %v", err)
	}
	err = backup.Copy(t.Context(), path, filepath.Join(dir, "none", "a.db"), func(int64, int64) {})
	if kg.CodeOf(err) != kg.Unavailable {
		t.Errorf("a folder that does not exist: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	damaged, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(damaged) / 2; i < len(damaged)/2+64<<10 && i < len(damaged); i++ {
		damaged[i] = 0xff
	}
	if err := os.WriteFile(path, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := backup.Copy(t.Context(), path, filepath.Join(dir, "b.db"), func(int64, int64) {}); err == nil {
		t.Error("a damaged store was copied")
	}
}
