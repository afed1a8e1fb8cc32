// Package command builds casus for tests that run it as a program of its own: to kill it, or on several stores.
package command

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"casus/internal/testkit/module"
)

// Program is the path of a built casus.
type Program string

// Build builds casus. The program is removed when the test ends.
func Build(t testing.TB) Program {
	t.Helper()
	noteSources(t)
	path := filepath.Join(t.TempDir(), "casus")
	if out, err := exec.Command("go", "build", "-o", path, "casus/cmd/casus").CombinedOutput(); err != nil {
		t.Fatalf("build casus: %v\n%s", err, out)
	}
	return Program(path)
}

// Command returns a command that runs the program on a store.
func (p Program) Command(storeURL string, args ...string) *exec.Cmd {
	c := exec.Command(string(p), args...)
	c.Env = append(os.Environ(), "CASUS_STORE="+storeURL)
	return c
}

// Digest returns the digest of a store, as casus stats prints it.
func (p Program) Digest(t testing.TB, storeURL string) string {
	t.Helper()
	out, err := p.Command(storeURL, "stats", "--digest").Output()
	if err != nil {
		t.Fatalf("casus stats --digest: %v", err)
	}
	_, digest, found := strings.Cut(string(out), "\ndigest")
	if digest, _, _ = strings.Cut(strings.TrimSpace(digest), "\n"); !found || digest == "" {
		t.Fatalf("no digest in %s", out)
	}
	return digest
}

// noteSources looks at every source file of the module, so that go test repeats a cached test after a change to one.
func noteSources(t testing.TB) {
	t.Helper()
	if err := filepath.WalkDir(module.Root(t), func(path string, d fs.DirEntry, err error) error {
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
