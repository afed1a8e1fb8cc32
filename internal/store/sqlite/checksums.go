package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"sync"

	"casus/internal/store"
	"casus/internal/store/sqlite/checksum"
	"casus/internal/store/sqlite/damage"
	"casus/internal/store/sqlite/dbfile"
)

// checkedTables returns the tables whose rows have checksums.
func checkedTables() []checksum.Table {
	return []checksum.Table{
		actorSums, locationSums, documentSums, releaseSums, affiliationSums, affiliatedSums, identitySums, claimSums,
		exactLifetimeSums, stateSums, participationSums, placeSums, partSums, responseSums, announcementSums, entrySums,
		{Name: "checkpoint", Sums: []checksum.Column{{Name: "checksum", Of: []string{"key", "value"}}}},
		{Name: "change", Sums: []checksum.Column{{Name: "checksum", Of: []string{"changed"}}}, Key: "num"},
	}
}

// checksumMigration adds the columns of the checksums.
const checksumMigration = "0007_checksums.sql"

// fillChecksums computes the checksums of rows that an older version wrote.
func fillChecksums(ctx context.Context, tx *sql.Tx) error {
	words := map[int64]int64{}
	if err := damage.Words(ctx, tx, func(term string, doc int64) error {
		words[doc] += checksum.Word(term)
		return nil
	}); err != nil {
		return err
	}
	for entry, sum := range words {
		if _, err := tx.ExecContext(ctx, "UPDATE search_entry SET words = ? WHERE num = ?", sum, entry); err != nil {
			return err
		}
	}
	for _, t := range checkedTables() {
		if _, err := tx.ExecContext(ctx, t.Fill()); err != nil {
			return err
		}
	}
	return nil
}

// FindDamage checks the pages and indexes, the checksums of the rows, the text index and the map index.
func (s *Store) FindDamage(ctx context.Context, found func(store.Damage)) error {
	if s.logDamaged {
		found(store.Damage{Problem: fmt.Sprintf("the log (%s) was damaged at frame %d when the store was opened: "+
			"what was written after it is lost", dbfile.LogSuffix, s.logDamage)})
	}
	return mapError(damage.Search{
		DB: s.read, Tables: checkedTables(), Schema: newSchema, Optional: deferredIndexes, IsDamage: isDamage, Found: found,
	}.Run(ctx), "look for damage")
}

// newSchema returns the schema of a new store.
func newSchema(context.Context) (map[string]string, error) {
	schema, err := readNewSchema()
	return maps.Clone(schema), err
}

// readNewSchema reads it once: it is a constant of the program.
var readNewSchema = sync.OnceValues(func() (map[string]string, error) {
	s, err := Open(context.Background(), Memory)
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.Close() }() // only read from
	return damage.Schema(context.Background(), s.read)
})
