package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/apply"
)

// Apply writes a batch in one transaction. Batches are serialised: within this process by a mutex, between processes
// by SQLite's own lock.
func (s *Store) Apply(ctx context.Context, b kg.Batch) (applied kg.ApplyResult, err error) {
	err = s.withWriter(ctx, func(w *writer) error {
		applied, err = w.apply(ctx, b)
		return mapError(err, "apply a batch")
	})
	if err != nil {
		return kg.ApplyResult{}, err
	}
	return applied, nil
}

// Preview applies a batch in a transaction that it rolls back.
func (s *Store) Preview(ctx context.Context, b kg.Batch) (store.Effects, error) {
	var after apply.PreviewResult
	err := s.withWriter(ctx, func(w *writer) (err error) {
		after, err = w.preview(ctx, b)
		return cmp.Or(mapError(err, "preview a batch"), errPreviewed)
	})
	if !errors.Is(err, errPreviewed) {
		return store.Effects{}, err
	}
	return after.Effects(ctx, s)
}

// errPreviewed makes withWriter roll the transaction back.
var errPreviewed = errors.New("the batch is not to be written")

func (w *writer) preview(ctx context.Context, b kg.Batch) (after apply.PreviewResult, err error) {
	t, err := newTx(ctx, w)
	if err != nil {
		return after, err
	}
	after, err = apply.Preview(ctx, t, b)
	if e := t.close(); e != nil { // the queue's first error caused the others
		err = e
	}
	return after, err
}

func (w *writer) apply(ctx context.Context, b kg.Batch) (applied kg.ApplyResult, err error) {
	t, err := newTx(ctx, w)
	if err != nil {
		return kg.ApplyResult{}, err
	}
	defer func() {
		if e := t.close(); e != nil { // the queue's first error caused the others
			err = e
		}
	}()
	if applied, err = apply.Run(ctx, t, b); err != nil {
		return kg.ApplyResult{}, err
	}
	return applied, t.finish(ctx)
}

// Checkpoints returns the values under keys with a prefix, in the order of the keys.
func (s *Store) Checkpoints(ctx context.Context, prefix, after string, limit int) ([]kg.Checkpoint, error) {
	if err := store.CheckScan(limit); err != nil {
		return nil, err
	}
	return rows(ctx, s.read, func(r *sql.Rows) (c kg.Checkpoint, err error) { return c, r.Scan(&c.Key, &c.Value) },
		"SELECT key, value FROM checkpoint WHERE key > ?1 AND key >= ?2 AND substr(key, 1, length(?2)) = ?2 "+
			"ORDER BY key LIMIT ?3", after, prefix, limit)
}

// Checkpoint returns the value last written under key, or "" if there is none.
func (s *Store) Checkpoint(ctx context.Context, key string) (string, error) {
	found, err := rows(ctx, s.read, func(r *sql.Rows) (value string, err error) {
		err = r.Scan(&value)
		return value, err
	}, "SELECT coalesce((SELECT value FROM checkpoint WHERE key = ?), '')", key)
	if err != nil {
		return "", err
	}
	return found[0], nil
}
