package sqlite_test

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/sqlite"
)

// TestFilesThatAreNoStores opens files of other programs: the error names the kind of file, and the file is not
// changed.
func TestFilesThatAreNoStores(t *testing.T) {
	dir := t.TempDir()
	foreign := func(name string, statements ...string) {
		db, err := sql.Open("sqlite", filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range append(statements, "PRAGMA user_version = 7") {
			if _, err := db.ExecContext(t.Context(), s); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	foreign("bookmarks.db", "CREATE TABLE bookmark (url TEXT)")
	foreign("wal.db", "PRAGMA journal_mode = WAL", "CREATE TABLE schema_migration (version INTEGER)")
	foreign("no tables.db")
	for name, content := range map[string]string{
		"empty.db": "", "short.db": "SQLite", "text.db": strings.Repeat("id,date\n", 1000),
		"cut.db": "SQLite format 3\x00",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{
		"empty.db": "is an empty file", "short.db": "is not a SQLite database", "text.db": "is not a SQLite database",
		"bookmarks.db": "but not a store", "wal.db": "but not a store", "no tables.db": "but not a store",
		"cut.db": "",
	} {
		path := filepath.Join(dir, name)
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		s, err := sqlite.Open(t.Context(), path)
		if err == nil {
			_ = s.Close()
			t.Errorf("%s was opened", name)
		} else if !strings.Contains(err.Error(), want) || want != "" && kg.CodeOf(err) != kg.Conflict {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s has changed: %v", name, err)
		}
		for _, beside := range sqlite.Files(path)[1:] {
			if _, err := os.Stat(beside); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("%s was left: %v", beside, err)
			}
		}
	}
}
