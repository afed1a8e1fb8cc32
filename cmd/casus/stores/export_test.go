// Package stores_test runs the command on every kind of store.
package stores_test

import (
	"os"
	"path/filepath"
	"testing"

	"casus/internal/export"
	"casus/internal/testkit/command"
	neo4jtest "casus/internal/testkit/neo4j"
)

// TestStoresExportAlike checks that each store exports the bundled example to the same bytes, in every format, and has
// the same digest.
func TestStoresExportAlike(t *testing.T) {
	dir := t.TempDir()
	stores := map[string]string{"sqlite": "sqlite:" + filepath.Join(dir, "graph.db"), "neo4j": neo4jtest.New(t)}
	program := command.Build(t)
	casus := func(store string, args ...string) string {
		t.Helper()
		out, err := program.Command(stores[store], args...).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: casus %v: %v: %s", store, args, err, out)
		}
		return string(out)
	}
	exportAll := func(store string) map[string]string {
		t.Helper()
		casus(store, "load", "--quiet", "--sample")
		to := filepath.Join(dir, store)
		if err := os.Mkdir(to, 0o700); err != nil {
			t.Fatal(err)
		}
		for _, format := range export.Names() {
			casus(store, "export", "--format", format, "--out", filepath.Join(to, format))
		}
		files := map[string]string{"digest": program.Digest(t, stores[store])}
		if err := filepath.WalkDir(to, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			content, err := os.ReadFile(path)
			name, _ := filepath.Rel(to, path) // path is below to
			files[name] = string(content)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return files
	}
	lite, neo := exportAll("sqlite"), exportAll("neo4j")
	if len(lite) < 10 || len(lite) != len(neo) {
		t.Errorf("SQLite writes %d files and Neo4j %d", len(lite), len(neo))
	}
	for name, content := range lite {
		if len(content) == 0 || content != neo[name] {
			t.Errorf("%s: SQLite writes %d bytes, Neo4j %d, and they differ", name, len(content), len(neo[name]))
		}
	}
}
