package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"regexp"
	"strings"

	"casus/internal/kg"
	"casus/schema"
)

// deferredIndexes are the indexes that a first load does not maintain: the ones used only by queries, and the ones that
// Apply needs only for records that are already stored. Building them from sorted rows at the end takes a fraction of
// the time of filling them row by row. Without them all results are the same, only slower. That they are missing is
// the only trace of an interrupted load. Apply builds an index before it needs it (tx.ensureIndexes).
var deferredIndexes = []string{
	"event_time_asc", "event_time_desc", "event_asserted_asc", "event_asserted_desc", "event_killed_asc",
	"event_killed_desc", "event_documents", "event_publishers", "event_voices", "event_datasets", "event_disagreements",
	"event_known", "event_known_desc", "event_ahead", "event_ahead_desc", "state_code_value", "state_code_event",
	"participation_event", "participation_actor", "participation_representing", "event_location_event",
	"event_location_location", "event_part_whole", "response_answered", "announcement_announced",
	"claim_subject", "claim_known", "claim_document", "claim_speaker", "claim_release",
	"claim_extracted", "claimant_claim", "citation_claim",
	"document_published_asc", "document_published_desc", "document_title", "document_publisher", "document_syndicates",
	"actor_name", "location_name", "within_parent", "identifier_node",
	"search_entry_id", "search_name_folded",
}

// DropDeferredIndexes is called before a load. If the store is empty, it drops the deferred indexes; until
// BuildDeferredIndexes is called, no other process builds them. Otherwise it ensures that the index of claims by
// subject exists.
func (s *Store) DropDeferredIndexes(ctx context.Context) error {
	if err := acquire(ctx, s.loading); err != nil {
		return err
	}
	defer s.loading.Release(1)
	if s.beginLoad(ctx) {
		return nil // another load has already dropped them
	}
	if err := s.withWriter(ctx, func(w *writer) error {
		found, err := rows(ctx, w, func(r *sql.Rows) (hasContent bool, err error) { return hasContent, r.Scan(&hasContent) },
			`SELECT EXISTS (SELECT 1 FROM document) OR EXISTS (SELECT 1 FROM claim) OR EXISTS (SELECT 1 FROM actor)
				OR EXISTS (SELECT 1 FROM location) OR EXISTS (SELECT 1 FROM release)`)
		if err != nil {
			return err
		}
		if len(found) != 1 || found[0] {
			return w.buildIndex(ctx, "claim_subject")
		}
		for _, name := range deferredIndexes {
			if _, err := w.conn.ExecContext(ctx, "DROP INDEX IF EXISTS "+name); err != nil {
				return err
			}
		}
		w.stored, err = w.newStoredIDs(ctx)
		return err
	}); err != nil {
		return errors.Join(mapError(err, "drop deferred indexes"), s.endLoad())
	}
	return nil
}

// queryIndexes are the deferred indexes that only queries use and that change with the version of an event or claim.
var queryIndexes = []string{
	"event_time_asc", "event_time_desc", "event_asserted_asc", "event_asserted_desc", "event_killed_asc",
	"event_killed_desc", "event_documents", "event_publishers", "event_voices", "event_datasets", "event_disagreements",
	"event_known", "event_known_desc", "event_ahead", "event_ahead_desc", "state_code_value",
	"participation_actor", "participation_representing", "event_location_location", "claim_known", "claim_speaker",
	"claim_release", "claim_extracted", "search_name_folded",
}

// DropQueryIndexes drops queryIndexes, between DropDeferredIndexes and BuildDeferredIndexes.
func (s *Store) DropQueryIndexes(ctx context.Context) error {
	err := s.withWriter(ctx, func(w *writer) error {
		for _, name := range queryIndexes {
			if _, err := w.conn.ExecContext(ctx, "DROP INDEX IF EXISTS "+name); err != nil {
				return err
			}
		}
		return nil
	})
	return mapError(err, "drop indexes")
}

// buildIndex builds an index if it is missing.
func (w *writer) buildIndex(ctx context.Context, name string) error {
	_, err := w.conn.ExecContext(ctx, indexDefinitions()[name])
	return err
}

// BuildDeferredIndexes builds the missing indexes, each in a transaction of its own, and calls progress before each
// with the numbers built and to build. Reads continue during the build, and writes between two indexes. It does nothing
// while another process is loading: that one builds them when it ends or, if it is killed, the next caller does.
func (s *Store) BuildDeferredIndexes(ctx context.Context, progress func(made, all int)) (err error) {
	if err := acquire(ctx, s.loading); err != nil {
		return err
	}
	defer s.loading.Release(1)
	existing, err := rows(ctx, s.read, scanID, "SELECT name FROM sqlite_schema WHERE type = 'index'")
	if err != nil {
		return err
	}
	missing := missingIndexes(existing)
	if len(missing) == 0 || s.readOnly != nil {
		return s.endLoad()
	}
	if s.beginLoad(ctx) {
		return nil
	}
	defer func() { err = errors.Join(err, s.endLoad()) }()
	definitions := indexDefinitions()
	return s.withSortFiles(ctx, func() error {
		for i, name := range missing {
			progress(i, len(missing))
			if err := s.withWriter(ctx, func(w *writer) error {
				_, err := w.conn.ExecContext(ctx, definitions[name])
				return err
			}); err != nil {
				return mapError(err, "build index "+name)
			}
		}
		return nil
	})
}

func missingIndexes(existing []kg.ID) (missing []string) {
	exists := map[string]bool{}
	for _, name := range existing {
		exists[string(name)] = true
	}
	for _, name := range deferredIndexes {
		if !exists[name] {
			missing = append(missing, name)
		}
	}
	return missing
}

var indexDefinition = regexp.MustCompile(`(?m)^CREATE (UNIQUE )?INDEX (\w+) (ON [^;]+);`)

// indexDefinitions returns by name the schema's index definitions, each as a statement that does nothing if the index
// exists.
func indexDefinitions() map[string]string {
	all := map[string]string{}
	for _, m := range schema.SQL() {
		for _, d := range indexDefinition.FindAllStringSubmatch(m.Script, -1) {
			all[d[2]] = "CREATE " + d[1] + "INDEX IF NOT EXISTS " + d[2] + " " + d[3]
		}
	}
	return all
}

// withSortFiles runs do while sorts may spill to files instead of the page cache. A database in memory has no files.
func (s *Store) withSortFiles(ctx context.Context, do func() error) error {
	if s.anchor != nil {
		return do()
	}
	set := func(pragmas string) error {
		if err := acquire(ctx, s.writing); err != nil {
			return err
		}
		defer s.writing.Release(1)
		if err := s.ensureWriter(ctx); err != nil {
			return err
		}
		_, err := s.writer.conn.ExecContext(context.WithoutCancel(ctx), pragmas)
		return err
	}
	if err := set("PRAGMA temp_store = FILE"); err != nil {
		return err
	}
	err := do()
	if e := set("PRAGMA temp_store = MEMORY"); err == nil {
		err = e
	}
	return err
}

// rowsByIndex runs a query with an index hint and, if that deferred index is missing, without it.
func rowsByIndex[T any](
	ctx context.Context, db querier, scan func(*sql.Rows) (T, error), index string, query func(hint string) clause,
) ([]T, error) {
	q := query(" INDEXED BY " + index)
	found, err := rows(ctx, db, scan, q.sql, q.args...)
	if err != nil && strings.Contains(err.Error(), "no such index: "+index) {
		q = query("")
		found, err = rows(ctx, db, scan, q.sql, q.args...)
	}
	return found, err
}
