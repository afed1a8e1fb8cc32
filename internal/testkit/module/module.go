// Package module finds the folder of the module for tests.
package module

import (
	"os"
	"path/filepath"
	"testing"
)

// Root returns the directory of the module: the nearest parent of the working directory that has a go.mod.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
	}
	t.Fatal("no go.mod in a parent directory")
	return ""
}
