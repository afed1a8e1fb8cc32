package sqlite

import (
	"context"
	"database/sql"
	"hash/maphash"

	"casus/internal/kg"
)

// stored remembers what has come into a store that was empty. What it does not know is not stored, so that a first load need not
// look it up. It holds as long as nobody else writes.
type stored struct {
	seed maphash.Seed
	ids  map[uint64]struct{} // hashes: two ids of one hash are looked up for nothing
	// version is what SQLite counts up for a connection when another one has written.
	version int64
}

// storedAtMost bounds what is remembered, at about 20 bytes each; of larger loads nothing is known any more.
const storedAtMost = 4_000_000

// nothing is what a store remembers that is empty now.
func (w *writer) nothing(ctx context.Context) (*stored, error) {
	version, err := w.dataVersion(ctx)
	return &stored{maphash.MakeSeed(), map[uint64]struct{}{}, version}, err
}

func (w *writer) dataVersion(ctx context.Context) (int64, error) {
	found, err := rows(ctx, w, func(r *sql.Rows) (n int64, err error) { return n, r.Scan(&n) }, "PRAGMA data_version")
	if err == nil && len(found) != 1 {
		err = kg.Errorf(kg.Internal, "ask whether others have written: %d answers", len(found))
	}
	if err != nil {
		return 0, err
	}
	return found[0], nil
}

// remember forgets what is stored if somebody else has written, or there is too much of it. It is called as a transaction begins.
func (w *writer) remember(ctx context.Context) error {
	if w.stored == nil {
		return nil
	}
	version, err := w.dataVersion(ctx)
	if version != w.stored.version || len(w.stored.ids) > storedAtMost {
		w.stored = nil
	}
	return err
}

// may says whether something may have been stored when the transaction began.
func (s *stored) may(id kg.ID) bool {
	if s == nil {
		return true
	}
	_, is := s.ids[maphash.String(s.seed, string(id))]
	return is
}

// add remembers what is stored when the transaction has ended, if it does not fail.
func (s *stored) add(ids []kg.ID) {
	if s == nil {
		return
	}
	for _, id := range ids {
		s.ids[maphash.String(s.seed, string(id))] = struct{}{}
	}
}
