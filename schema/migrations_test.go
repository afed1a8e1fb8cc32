package schema_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"casus/schema"
)

// TestMigrations checks that versions have no gaps, are in the names and in the documentation, and that no script is
// empty.
func TestMigrations(t *testing.T) {
	docs, err := os.ReadFile("../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	for engine, all := range map[string][]schema.Migration{"SQLite": schema.SQL(), "Neo4j": schema.Cypher()} {
		if len(all) == 0 || all[0].Version < 1 {
			t.Fatalf("%s: %d migrations", engine, len(all))
		}
		read := fmt.Sprint(all[0].Version)
		if last := all[len(all)-1].Version; last > all[0].Version {
			read = fmt.Sprintf("%d to %d", all[0].Version, last)
		}
		row := fmt.Sprintf("| %s | %s | %d |", engine, read, all[len(all)-1].Version)
		if !strings.Contains(string(docs), row) {
			t.Errorf("docs/operations.md has no row %q", row)
		}
		for i, m := range all {
			if want := all[0].Version + i; m.Version != want || !strings.HasPrefix(m.Name, fmt.Sprintf("%04d_", want)) {
				t.Errorf("%s: %s has version %d, want %d", engine, m.Name, m.Version, want)
			}
			if !strings.Contains(m.Script, ";") {
				t.Errorf("%s: %s has no statement", engine, m.Name)
			}
		}
	}
}
