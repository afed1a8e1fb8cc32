// Package command builds casus for tests that run it as a program of its own: to kill it, or on several stores.
package command

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Build builds casus and returns the path of the program, which is removed when the test ends.
func Build(t testing.TB) string {
	t.Helper()
	noteSources(t)
	path := filepath.Join(t.TempDir(), "casus")
	if out, err := exec.Command("go", "build", "-o", path, "casus/cmd/casus").CombinedOutput(); err != nil {
		t.Fatalf("build casus: %v\n%s", err, out)
	}
	return path
}

// noteSources looks at every source file of the module, so that go test repeats a cached test after a change to one.
func noteSources(t testing.TB) {
	t.Helper()
	root := "."
	for {
		_, err := os.Stat(filepath.Join(root, "go.mod"))
		if err == nil {
			break
		}
		if root = filepath.Join("..", root); !errors.Is(err, fs.ErrNotExist) || len(root) > 100 {
			t.Fatalf("find go.mod: %v", err)
		}
	}
	if err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git"):
			return fs.SkipDir
		case d.IsDir() || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		_, err = os.Stat(path)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
