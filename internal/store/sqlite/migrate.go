package sqlite

import (
	"context"
	"database/sql"
	"time"

	"casus/internal/store"
	"casus/schema"
)

// migrate creates the schema of a new database, or applies the missing migrations, each in a transaction of its own. It
// returns the schema version. It returns CONFLICT for a version that this program does not read.
func migrate(
	ctx context.Context, db *sql.DB, storeURL string, migrations []schema.Migration,
) (version int, err error) {
	if _, err := db.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS schema_migration (
		version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT`); err != nil {
		return 0, err
	}
	if version, err = schemaVersion(ctx, db); err != nil {
		return 0, err
	}
	if version > 0 {
		if err := versionsOf(migrations).Check(storeURL, version); err != nil {
			return 0, err
		}
	}
	for _, m := range migrations {
		if m.Version <= version {
			continue
		}
		if err := applyMigration(ctx, db, m); err != nil {
			return 0, err
		}
		version = m.Version
	}
	return version, nil
}

// schemaVersion reads the version of the last migration; 0 if there is none.
func schemaVersion(ctx context.Context, db *sql.DB) (version int, err error) {
	err = db.QueryRowContext(ctx, "SELECT coalesce(max(version), 0) FROM schema_migration").Scan(&version)
	return version, err
}

// versionsOf returns the schema versions to which migrations lead.
func versionsOf(migrations []schema.Migration) store.SchemaVersions {
	return store.SchemaVersions{Oldest: migrations[0].Version, Current: migrations[len(migrations)-1].Version}
}

func applyMigration(ctx context.Context, db *sql.DB, m schema.Migration) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // a no-op after a commit
	// Another process may have applied it in the meantime.
	var applied int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM schema_migration WHERE version = ?", m.Version).
		Scan(&applied); err != nil || applied > 0 {
		return err
	}
	if _, err := tx.ExecContext(ctx, m.Script); err != nil {
		return mapError(err, "apply migration "+m.Name)
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO schema_migration VALUES (?, ?, ?)", m.Version, m.Name,
		time.Now().UTC().Format(time.RFC3339)); err != nil {
		return err
	}
	return tx.Commit()
}
