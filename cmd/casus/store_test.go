package main

import (
	"path/filepath"
	"strings"
	"testing"

	"casus/internal/store/open"
)

// TestIndexProgressGoesToStderr reads a store whose load was interrupted: the command's own stderr reports the indexes it makes.
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
	code, stdout, stderr := runs(t, "", "stats", "--store", url)
	if code != exitDone || !strings.Contains(stderr, "a load was interrupted") || strings.Contains(stdout, "interrupted") {
		t.Errorf("exit code %d, stdout %q, stderr %q", code, stdout, stderr)
	}
}
