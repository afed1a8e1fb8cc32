package sqlite_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casus/internal/store/sqlite"
	"casus/internal/store/storetest"
)

// A flipped bit in the write-ahead log is found, except in the last frame.
func TestDamagedLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "casus.db")
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	batches, _ := storetest.GeneratedBatches(1, false)
	for _, b := range batches {
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	copied := copyStore(t, path, "-wal") // as a killed process leaves it
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	log, err := os.ReadFile(copied + "-wal")
	if err != nil || len(log) < 20*4120 {
		t.Fatalf("the log has %d bytes, %v", len(log), err)
	}
	found := func(log []byte) bool {
		t.Helper()
		at := copyStore(t, copied)
		if err := os.WriteFile(at+"-wal", log, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, d := range damageOf(t, at) {
			if strings.Contains(d.Problem, "-wal") {
				return true
			}
		}
		return false
	}
	if found(log) || found(log[:len(log)-4000]) {
		t.Error("damage is found in a whole log, or in one whose last write was interrupted")
	}
	for _, offset := range []int{
		0, 9, 17, 24, 32, 41, 49, 57, 2000, 32 + 7*4120 + 18, 32 + 7*4120 + 4000, len(log) - 2*4120 + 100,
	} {
		log[offset] ^= 4
		if !found(log) {
			t.Errorf("the flipped bit at %d is not found", offset)
		}
		log[offset] ^= 4
	}
}
