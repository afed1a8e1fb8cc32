package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
)

// PutChangeSet defers the entry until the rest of the batch is written.
func (t tx) PutChangeSet(_ context.Context, c store.ChangeSet) error {
	t.batch.changeSet = &c
	return nil
}

// logRevision appends an entry to the change log. It writes to the single _ChangeLog node before it reads it, so that
// batches are numbered in the order in which they become visible: another batch waits here until this one commits. An
// entry overwrites the one ChangeLogLength batches before it, which has the same slot.
func (t tx) logRevision(ctx context.Context, c store.ChangeSet) error {
	return t.forEach(ctx, "MERGE (l:_ChangeLog {id: 'changes'}) SET l.locked = true"+
		" WITH l, row SET l.last = coalesce(l.last / row.unit + 1, row.first) * row.unit + row.random"+
		" WITH l, row MERGE (c:_Change {slot: l.last / row.unit % row.kept})"+
		" SET c.revision = l.last, c.changed = row.changed",
		[]row{{"unit": int64(store.RevisionUnit), "first": store.FirstBatch(), "random": store.RandomRevision(),
			"kept": int64(store.ChangeLogLength), "changed": orNull(c.Encode())}})
}

func orNull(text *string) any {
	if text == nil {
		return nil
	}
	return *text
}

// changeLog matches the log, if there is one.
const changeLog = "OPTIONAL MATCH (log:_ChangeLog {id: 'changes'}) "

// revision begins a query with the store's revision: the data that the query reads is of this revision or newer. It
// does not aggregate, which would make a row where the guard of a query left none.
const revision = changeLog + "WITH coalesce(log.last, 0) AS revision "

// Revision returns the revision of the last batch that changed anything.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	rows, err := s.query(ctx, revision+"RETURN revision", nil)
	if err != nil {
		return 0, err
	}
	return column[int64](rows[0], "revision")
}

// Since lists the changes after a revision. It always reads the last entry, for the current revision.
func (s *Store) Since(ctx context.Context, revision int64) (subjects []kg.ID, complete bool, now int64, err error) {
	rows, err := s.query(ctx, "MATCH (c:_Change) WHERE c.revision >= $revision"+
		" RETURN c.revision AS revision, c.changed AS changed"+
		" UNION MATCH (l:_ChangeLog {id: 'changes'}) MATCH (c:_Change {slot: l.last / $unit % $kept})"+
		" RETURN c.revision AS revision, c.changed AS changed",
		map[string]any{"revision": revision, "unit": int64(store.RevisionUnit), "kept": int64(store.ChangeLogLength)})
	if err != nil {
		return nil, false, 0, err
	}
	log := make([]store.ChangeEntry, len(rows))
	for i, r := range rows {
		if log[i], err = readChangeEntry(r); err != nil {
			return nil, false, 0, err
		}
	}
	subjects, complete, now = store.ChangesSince(log, revision)
	return subjects, complete, now, nil
}

func readChangeEntry(r *neo4j.Record) (l store.ChangeEntry, err error) {
	if l.Revision, err = column[int64](r, "revision"); err != nil {
		return l, err
	}
	var text *string
	if v, _ := r.Get("changed"); v != nil {
		s, err := as[string](v, "changed")
		if err != nil {
			return l, err
		}
		text = &s
	}
	l.ChangeSet = store.ParseChangeSet(text)
	return l, nil
}
