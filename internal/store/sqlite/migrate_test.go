package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/schema"
)

// TestMigrate migrates databases by three migrations of which the first creates the schema, as version 3.
func TestMigrate(t *testing.T) {
	migrations := []schema.Migration{
		{Version: 3, Name: "0003_graph.sql", Script: "CREATE TABLE graph (a TEXT); INSERT INTO graph VALUES ('3');"},
		{Version: 4, Name: "0004_more.sql", Script: "INSERT INTO graph VALUES ('4');"},
		{Version: 5, Name: "0005_most.sql", Script: "INSERT INTO graph VALUES ('5');"},
	}
	for _, c := range []struct {
		name   string
		stored int // 0 for a new database
		// want are the scripts that ran; refused is a part of the error.
		want, refused string
	}{
		{"new", 0, "3 4 5", ""},
		{"too old", 2, "", "has schema version 2, which an older version of Casus wrote; this one reads versions 3 to 5"},
		{"the oldest that is read", 3, "4 5", ""},
		{"older", 4, "5", ""},
		{"current", 5, "", ""},
		{"newer", 6, "", "has schema version 6, which a newer version of Casus wrote; this one reads versions 3 to 5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "casus.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = db.Close() }()
			if c.stored > 0 {
				exec(t, db, "CREATE TABLE schema_migration (version INTEGER PRIMARY KEY, name TEXT, applied_at TEXT)")
				exec(t, db, "INSERT INTO schema_migration VALUES (?, '', '')", c.stored)
				exec(t, db, "CREATE TABLE graph (a TEXT)")
			}
			version, err := migrate(t.Context(), db, "sqlite:war.db", migrations)
			if c.refused != "" {
				if kg.CodeOf(err) != kg.Conflict || !strings.Contains(err.Error(), "the store sqlite:war.db "+c.refused) {
					t.Errorf("%v, want CONFLICT with %q", err, c.refused)
				}
			} else if err != nil || version != 5 {
				t.Errorf("version %d, %v", version, err)
			}
			ran, err := rows(t.Context(), db, scanID, "SELECT a FROM graph ORDER BY a")
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range ran {
				got = append(got, string(r))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("the scripts %v ran, want %q", got, c.want)
			}
		})
	}
}

// TestOpenOtherVersions opens stores with other schema versions: they are refused by name and do not change, whether
// they can be written or not.
func TestOpenOtherVersions(t *testing.T) {
	for version, want := range map[int]string{
		8:  "has schema version 8, which an older version of Casus wrote; this one reads versions 9 to 10",
		10: "", // the one that is written
		11: "has schema version 11, which a newer version of Casus wrote; this one reads versions 9 to 10",
	} {
		path := filepath.Join(t.TempDir(), "war.db")
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		exec(t, s.write, "DELETE FROM schema_migration WHERE version < 10")
		exec(t, s.write, "UPDATE schema_migration SET version = ?", version)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, readOnly := range []bool{false, true} {
			err := openOnce(t.Context(), path, readOnly)
			switch {
			case want == "" && err != nil:
				t.Errorf("version %d, read only %v: %v", version, readOnly, err)
			case want != "" && (kg.CodeOf(err) != kg.Conflict || !strings.Contains(err.Error(), "store sqlite:"+path+" "+want)):
				t.Errorf("version %d, read only %v: %v, want CONFLICT with %q", version, readOnly, err, want)
			}
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
			t.Errorf("version %d: the file has changed: %v", version, err)
		}
	}
}

// TestUpdatedStore opens a store of version 9, which had no index of the claims with extractions.
func TestUpdatedStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "war.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	at, err := edtf.ParseTime("2025-03-01")
	if err != nil {
		t.Fatal(err)
	}
	claim := func(id kg.ID, all ...kg.Extraction) kg.Claim {
		return kg.Claim{ID: id, Subject: "event:1", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence, AssertedAt: at,
			Document: "document:1", Extractions: all}
	}
	if _, err := s.Apply(t.Context(), kg.Batch{RecordedAt: 1,
		Documents: []kg.Document{{ID: "document:1", Titles: []kg.Name{{Value: "A"}}}},
		Claims:    []kg.Claim{claim("claim:1", kg.Extraction{Tool: "extract"}), claim("claim:2")}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil { // the only connection that writes is in use
		t.Fatal(err)
	}
	if s, err = Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	exec(t, s.write, "DROP INDEX claim_extracted")
	exec(t, s.write, "DELETE FROM schema_migration WHERE version = 10")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := openOnce(t.Context(), path, true); kg.CodeOf(err) != kg.Conflict ||
		!strings.Contains(err.Error(), "has schema version 9 and must be updated to 10, but it can only be read") {
		t.Errorf("opened for reading: %v", err)
	}
	if s, err = Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }() // nothing is written any more
	pages, err := s.Claims(t.Context(), store.ClaimQuery{Filter: &store.ClaimFilter{Extraction: &store.ExtractionFilter{}},
		Window: store.Window{Limit: 10}})
	if err != nil || len(pages[0].Items) != 1 || pages[0].Items[0].ID != "claim:1" {
		t.Errorf("claims with extractions: %v, %v", pages, err)
	}
	indexes, err := rows(t.Context(), s.read, scanID,
		"SELECT name FROM sqlite_schema WHERE type = 'index' AND name = 'claim_extracted'")
	if err != nil || len(indexes) != 1 {
		t.Errorf("the index: %v, %v", indexes, err)
	}
}

// openOnce opens and closes a store.
func openOnce(ctx context.Context, path string, readOnly bool) error {
	if readOnly {
		s := &Store{}
		err := s.openReadOnly(ctx, path, os.ErrPermission)
		return cmp.Or(err, s.read.Close())
	}
	s, err := Open(ctx, path)
	if err != nil {
		return err
	}
	return s.Close()
}

func exec(t *testing.T, db *sql.DB, statement string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
