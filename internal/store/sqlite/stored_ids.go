package sqlite

import (
	"context"
	"database/sql"
	"hash/maphash"

	"casus/internal/kg"
)

// storedIDs is the set of ids written since the store was empty. An id that is not in it is not stored, so a first
// load need not look it up. It is valid until another connection writes.
type storedIDs struct {
	seed maphash.Seed
	ids  map[uint64]struct{} // hashes; a collision costs a needless lookup
	// version is SQLite's data_version, which changes when another connection writes.
	version int64
}

// maxStoredIDs bounds the set, at about 20 bytes an id. Larger loads continue without it.
const maxStoredIDs = 4_000_000

// newStoredIDs returns the set of an empty store.
func (w *writer) newStoredIDs(ctx context.Context) (*storedIDs, error) {
	version, err := w.dataVersion(ctx)
	return &storedIDs{maphash.MakeSeed(), map[uint64]struct{}{}, version}, err
}

func (w *writer) dataVersion(ctx context.Context) (int64, error) {
	found, err := rows(ctx, w, func(r *sql.Rows) (n int64, err error) { return n, r.Scan(&n) }, "PRAGMA data_version")
	if err == nil && len(found) != 1 {
		err = kg.Errorf(kg.Internal, "read data_version: %d rows", len(found))
	}
	if err != nil {
		return 0, err
	}
	return found[0], nil
}

// resetIfStale drops the set if another connection has written or the set is full. It is called as a transaction
// begins.
func (w *writer) resetIfStale(ctx context.Context) error {
	if w.stored == nil {
		return nil
	}
	version, err := w.dataVersion(ctx)
	if version != w.stored.version || len(w.stored.ids) > maxStoredIDs {
		w.stored = nil
	}
	return err
}

// mayContain reports whether id may have been stored when the transaction began (no false negatives).
func (s *storedIDs) mayContain(id kg.ID) bool {
	if s == nil {
		return true
	}
	_, found := s.ids[maphash.String(s.seed, string(id))]
	return found
}

// add records the ids of a transaction that is about to commit.
func (s *storedIDs) add(ids []kg.ID) {
	if s == nil {
		return
	}
	for _, id := range ids {
		s.ids[maphash.String(s.seed, string(id))] = struct{}{}
	}
}
