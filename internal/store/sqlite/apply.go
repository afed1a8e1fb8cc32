package sqlite

import (
	"context"
	"errors"

	"casus/internal/kg"
	"casus/internal/store/apply"
)

// Apply writes a batch in one transaction. One batch is written at a time, in this process by a lock, among processes by
// SQLite's own.
func (s *Store) Apply(ctx context.Context, b kg.Batch) (applied kg.ApplyResult, err error) {
	err = s.alone(ctx, func(w *writer) error {
		applied, err = w.apply(ctx, b)
		return mapError(err, "apply a batch")
	})
	if err != nil {
		return kg.ApplyResult{}, err
	}
	return applied, nil
}

// alone does something in a transaction that nothing is written beside.
func (s *Store) alone(ctx context.Context, do func(*writer) error) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.ready(ctx); err != nil {
		return mapError(err, "begin to write")
	}
	if err := s.writer.begin(ctx); err != nil {
		return mapError(s.abandon(ctx, err), "begin to write")
	}
	if err := do(s.writer); err != nil {
		return s.abandon(ctx, err)
	}
	if err := s.writer.commit(ctx); err != nil {
		return mapError(s.abandon(ctx, err), "commit what was written")
	}
	return nil
}

// ready sees to it that there is a writer. Who calls it has the lock.
func (s *Store) ready(ctx context.Context) (err error) {
	if s.writer == nil {
		if s.writer, err = newWriter(ctx, s.write, s.before()); err != nil {
			s.writer = nil
		}
	}
	return err
}

// before reads what was there before a transaction that is under way. A database in memory cannot be read meanwhile.
func (s *Store) before() querier {
	if s.anchor != nil {
		return nil
	}
	return s.read
}

func (w *writer) apply(ctx context.Context, b kg.Batch) (applied kg.ApplyResult, err error) {
	t, err := newTx(ctx, w)
	if err != nil {
		return kg.ApplyResult{}, err
	}
	defer func() {
		if e := t.close(); e != nil { // what failed first
			err = e
		}
	}()
	if applied, err = apply.Run(ctx, t, b); err != nil {
		return kg.ApplyResult{}, err
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
