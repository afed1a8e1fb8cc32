package main

import (
	"path/filepath"
	"strings"
	"testing"

	"casus/internal/store/open"
)

// TestIndexProgressGoesToStderr reads a store after an interrupted load. The command's own stderr, not the process's,
// reports the rebuilt indexes.
func TestIndexProgressGoesToStderr(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "casus.db")
	s, err := open.Open(t.Context(), url, open.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.DropDeferredIndexes(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := runCasus(t, "", "stats", "--store", url)
	reported := strings.Contains(stderr, "rebuilding indexes after an interrupted load (1/")
	if code != exitDone || !reported || strings.Contains(stdout, "indexes") {
		t.Errorf("exit code %d, stdout %q, stderr %q", code, stdout, stderr)
	}
}
