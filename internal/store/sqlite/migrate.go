package sqlite

import (
	"context"
	"database/sql"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"

	"casus/internal/kg"
	"casus/schema"
)

// migrate applies the missing migrations, each in a transaction of its own, and returns the schema version.
func migrate(ctx context.Context, db *sql.DB) (version int, err error) {
	if _, err := db.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS schema_migration (
		version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT`); err != nil {
		return 0, err
	}
	if version, err = schemaVersion(ctx, db); err != nil {
		return 0, err
	}
	files, err := fs.Glob(schema.SQL(), "sql/*.sql") // sorted by name, hence by number
	if err != nil {
		return 0, err
	}
	if version > len(files) {
		return 0,
			kg.Errorf(kg.Conflict,
				"the store has schema version %d, but this program supports at most %d: a newer version wrote it; use that version",
				version, len(files))
	}
	for _, file := range files[version:] {
		number, _, _ := strings.Cut(path.Base(file), "_")
		if version, err = strconv.Atoi(number); err != nil {
			return 0, kg.Errorf(kg.Internal, "migration %s has no number: %w", file, err)
		}
		if err := applyMigration(ctx, db, version, file); err != nil {
			return 0, err
		}
	}
	return version, nil
}

// schemaVersion reads the number of the last migration.
func schemaVersion(ctx context.Context, db *sql.DB) (version int, err error) {
	err = db.QueryRowContext(ctx, "SELECT coalesce(max(version), 0) FROM schema_migration").Scan(&version)
	return version, err
}

// latestVersion returns the schema version that this program writes.
func latestVersion() int {
	files, _ := fs.Glob(schema.SQL(), "sql/*.sql") // the pattern is valid
	return len(files)
}

func applyMigration(ctx context.Context, db *sql.DB, version int, file string) error {
	script, err := fs.ReadFile(schema.SQL(), file)
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // a no-op after a commit
	// Another process may have applied it in the meantime.
	var applied int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM schema_migration WHERE version = ?", version).
		Scan(&applied); err != nil || applied > 0 {
		return err
	}
	if _, err := tx.ExecContext(ctx, string(script)); err != nil {
		return mapError(err, "apply migration "+file)
	}
	if path.Base(file) == checksumMigration {
		if err := fillChecksums(ctx, tx); err != nil {
			return mapError(err, "apply migration "+file)
		}
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO schema_migration VALUES (?, ?, ?)", version, path.Base(file),
		time.Now().UTC().Format(time.RFC3339)); err != nil {
		return err
	}
	return tx.Commit()
}
