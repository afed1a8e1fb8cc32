package sqlite

import (
	"context"
	"database/sql"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/sqlite/checksum"
)

// PutChangeSet adds an entry to the change log.
func (t *tx) PutChangeSet(ctx context.Context, c store.ChangeSet) error {
	if err := t.exec(ctx,
		"INSERT INTO change (num, changed, checksum) SELECT coalesce(max(num) / ?1 + 1, ?2) * ?1 + ?3, ?4, "+
			checksum.Function+"(?4) FROM change",
		store.RevisionUnit, store.FirstBatch(), store.RandomRevision(), c.Encode()); err != nil {
		return err
	}
	return t.exec(ctx, "DELETE FROM change WHERE num / ?1 <= (SELECT max(num) / ?1 FROM change) - ?2",
		store.RevisionUnit, store.ChangeLogLength)
}

// Revision returns the revision of the last batch that changed anything.
func (s *Store) Revision(ctx context.Context) (int64, error) { return readRevision(ctx, s.read) }

func readRevision(ctx context.Context, db querier) (int64, error) {
	found, err := rows(ctx, db, func(r *sql.Rows) (now int64, err error) { return now, r.Scan(&now) },
		"SELECT coalesce(max(num), 0) FROM change")
	if err != nil || len(found) != 1 {
		return 0, err
	}
	return found[0], nil
}

// Since lists the subjects that changed after a revision.
func (s *Store) Since(ctx context.Context, revision int64) (subjects []kg.ID, complete bool, now int64, err error) {
	log, err := rows(ctx, s.read, func(row *sql.Rows) (l store.ChangeEntry, err error) {
		var text *string
		err = row.Scan(&l.Revision, &text)
		l.ChangeSet = store.ParseChangeSet(text)
		return l, err
	}, "SELECT num, changed FROM change WHERE num >= min(?, (SELECT max(num) FROM change))", revision)
	if err != nil {
		return nil, false, 0, err
	}
	subjects, complete, now = store.ChangesSince(log, revision)
	return subjects, complete, now, nil
}
