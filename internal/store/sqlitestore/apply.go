package sqlitestore

import (
	"context"
	"database/sql"
	"slices"

	"casus/internal/kg"
	"casus/internal/store/apply"
)

// Apply writes a batch in one transaction. One batch is written at a time, in this process by a lock, among processes by
// SQLite's own.
func (s *Store) Apply(ctx context.Context, b kg.Batch) (kg.Applied, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	db, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return kg.Applied{}, mapError(err, "begin a batch")
	}
	defer func() { _ = db.Rollback() }() // nothing is left to roll back after a commit
	applied, err := apply.Run(ctx, &tx{db: db, prepared: map[string]*sql.Stmt{}, inserted: map[kg.ID]bool{}}, b)
	if err != nil {
		return kg.Applied{}, mapError(err, "apply a batch")
	}
	if err := db.Commit(); err != nil {
		return kg.Applied{}, mapError(err, "commit a batch")
	}
	return applied, nil
}

// Checkpoint reads the value last written under a key.
func (s *Store) Checkpoint(ctx context.Context, key string) (string, error) {
	var value string
	err := s.read.QueryRowContext(ctx, "SELECT coalesce((SELECT value FROM checkpoint WHERE key = ?), '')", key).Scan(&value)
	return value, mapError(err, "read a checkpoint")
}

// tx is one batch's transaction. It prepares each statement once.
type tx struct {
	db       *sql.Tx
	prepared map[string]*sql.Stmt
	inserted map[kg.ID]bool // claims
}

var _ apply.Tx = (*tx)(nil)

func (t *tx) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := t.prepared[query]; ok {
		return s, nil
	}
	s, err := t.db.PrepareContext(ctx, query)
	if err == nil {
		t.prepared[query] = s
	}
	return s, err
}

// fresh says whether all claims about a subject are new, so that nothing follows from others that would have to go.
func (t *tx) fresh(claims []kg.Claim) bool {
	return !slices.ContainsFunc(claims, func(c kg.Claim) bool { return !t.inserted[c.ID] })
}

func (t *tx) exec(ctx context.Context, query string, args ...any) error {
	s, err := t.stmt(ctx, query)
	if err == nil {
		_, err = s.ExecContext(ctx, args...)
	}
	return mapError(err, "write")
}

// insert is exec that gives a row's number.
func (t *tx) insert(ctx context.Context, query string, args ...any) (num int64, err error) {
	s, err := t.stmt(ctx, query)
	if err == nil {
		err = s.QueryRowContext(ctx, args...).Scan(&num)
	}
	return num, mapError(err, "write")
}

// Lock needs do nothing: the transaction has the database to itself.
func (t *tx) Lock(context.Context, []kg.ID) error { return nil }

func (t *tx) PutCheckpoint(ctx context.Context, c kg.Checkpoint) error {
	return t.exec(ctx, "INSERT INTO checkpoint (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", c.Key, c.Value)
}
