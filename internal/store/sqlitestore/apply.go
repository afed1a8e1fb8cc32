package sqlitestore

import (
	"context"
	"errors"

	"casus/internal/kg"
	"casus/internal/store/apply"
)

// Apply writes a batch in one transaction. One batch is written at a time, in this process by a lock, among processes by
// SQLite's own.
func (s *Store) Apply(ctx context.Context, b kg.Batch) (applied kg.Applied, err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.writer == nil {
		if s.writer, err = newWriter(ctx, s.write); err != nil {
			s.writer = nil
			return kg.Applied{}, mapError(err, "begin a batch")
		}
	}
	if err := s.writer.begin(ctx); err != nil {
		return kg.Applied{}, mapError(s.abandon(ctx, err), "begin a batch")
	}
	if applied, err = s.writer.apply(ctx, b); err != nil {
		return kg.Applied{}, mapError(s.abandon(ctx, err), "apply a batch")
	}
	if err := s.writer.commit(ctx); err != nil {
		return kg.Applied{}, mapError(s.abandon(ctx, err), "commit a batch")
	}
	return applied, nil
}

func (w *writer) apply(ctx context.Context, b kg.Batch) (kg.Applied, error) {
	t, err := newTx(ctx, w)
	if err != nil {
		return kg.Applied{}, err
	}
	applied, err := apply.Run(ctx, t, b)
	if err != nil {
		return kg.Applied{}, err
	}
	return applied, t.finish(ctx)
}

// abandon rolls back what an error interrupted, and gives the error.
func (s *Store) abandon(ctx context.Context, err error) error {
	if !s.writer.rollback(ctx) {
		err = errors.Join(err, s.writer.close())
		s.writer = nil
	}
	return err
}

// Checkpoint reads the value last written under a key.
func (s *Store) Checkpoint(ctx context.Context, key string) (string, error) {
	var value string
	err := s.read.QueryRowContext(ctx, "SELECT coalesce((SELECT value FROM checkpoint WHERE key = ?), '')", key).Scan(&value)
	return value, mapError(err, "read a checkpoint")
}
