package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestReport loads a small table into SQLite, as the command does.
func TestReport(t *testing.T) {
	m := runner{events: 200, lite: true, histories: true, dir: t.TempDir()}
	if err := m.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(m.dir, "casus.db")); err != nil || info.Size() == 0 {
		t.Errorf("no store: %v", err)
	}
}
