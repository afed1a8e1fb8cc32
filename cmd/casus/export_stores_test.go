package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	neo4jtest "casus/internal/testkit/neo4j"
)

// TestStoresExportAlike checks that each store exports the bundled example to the same bytes, in every format.
func TestStoresExportAlike(t *testing.T) {
	dir := t.TempDir()
	stores := map[string]string{"sqlite": "sqlite:" + filepath.Join(dir, "graph.db"), "neo4j": neo4jtest.New(t)}
	casus := func(store string, args ...string) {
		t.Helper()
		c := exec.Command("casus", args...)
		c.Env = append(os.Environ(), envStore+"="+stores[store])
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: casus %v: %v: %s", store, args, err, out)
		}
	}
	exportAll := func(store string) map[string]string {
		t.Helper()
		casus(store, "load", "--quiet", "--sample")
		to := filepath.Join(dir, store)
		if err := os.Mkdir(to, 0o700); err != nil {
			t.Fatal(err)
		}
		for _, format := range []string{
			"gexf", "graphml", "cytoscape", "geojson", "timelinejs", "jsonld", "casus", "csv", "parquet",
		} {
			casus(store, "export", "--format", format, "--out", filepath.Join(to, format))
		}
		files := map[string]string{}
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
	if len(lite) < 9 || len(lite) != len(neo) {
		t.Errorf("SQLite writes %d files and Neo4j %d", len(lite), len(neo))
	}
	for name, content := range lite {
		if len(content) == 0 || content != neo[name] {
			t.Errorf("%s: SQLite writes %d bytes, Neo4j %d, and they differ", name, len(content), len(neo[name]))
		}
	}
}
