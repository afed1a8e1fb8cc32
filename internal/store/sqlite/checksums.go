package sqlite

import (
	"context"
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
		reviewSums, correctionSums, originalSums,
		{Name: "checkpoint", Sums: []checksum.Column{{Name: "checksum", Of: []string{"key", "value"}}}},
		{Name: "change", Sums: []checksum.Column{{Name: "checksum", Of: []string{"changed"}}}, Key: "num"},
	}
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

// readNewSchema reads the schema of a new store, which is the same in each call, only once.
var readNewSchema = sync.OnceValues(func() (map[string]string, error) {
	s, err := Open(context.Background(), Memory)
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.Close() }() // only read from
	return damage.Schema(context.Background(), s.read)
})
