package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"regexp"
	"strings"

	"casus/internal/kg"
	"casus/schema"
)

// late are the indexes that a first load does without: those that reading alone needs, and those that Apply looks things up by which
// a load of what is all new never looks up. They are made of sorted rows when it ends, which takes a fraction of the time that
// filling them row by row does. Without them every answer is the same, only slower; that they are not there is all there is to
// know of a load that was interrupted. What Apply looks up it makes the index of first (tx.need).
var late = []string{
	"event_time_asc", "event_time_desc", "event_asserted_asc", "event_asserted_desc", "event_killed_asc", "event_killed_desc",
	"event_known", "event_known_desc", "event_ahead", "event_ahead_desc", "state_code_value", "state_code_event",
	"participation_event", "participation_actor", "participation_representing", "event_location_event", "event_location_location", "event_part_whole", "response_answered", "announcement_announced",
	"claim_subject", "claim_known", "claim_document", "claim_speaker", "claim_release", "claimant_claim",
	"document_published_asc", "document_published_desc", "document_title", "document_publisher", "document_syndicates",
	"actor_name", "location_name", "within_parent", "identifier_node",
	"search_entry_id", "search_name_folded",
}

// DropDeferredIndexes is called before a load. If nothing is stored yet it drops the indexes that a first load does without; BuildDeferredIndexes
// makes them again, and until then nobody else does. If something is, it sees to it that loads can look up what is known of a subject.
func (s *Store) DropDeferredIndexes(ctx context.Context) error {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.beginLoading(ctx) {
		return nil // another load is under way, which has left them
	}
	if err := s.alone(ctx, func(w *writer) error {
		found, err := rows(ctx, w, func(r *sql.Rows) (some bool, err error) { return some, r.Scan(&some) },
			"SELECT EXISTS (SELECT 1 FROM document) OR EXISTS (SELECT 1 FROM claim) OR EXISTS (SELECT 1 FROM actor) OR EXISTS (SELECT 1 FROM location)"+
				" OR EXISTS (SELECT 1 FROM release)")
		if err != nil {
			return err
		}
		if len(found) != 1 || found[0] {
			return w.makeIndex(ctx, "claim_subject")
		}
		for _, name := range late {
			if _, err := w.conn.ExecContext(ctx, "DROP INDEX IF EXISTS "+name); err != nil {
				return err
			}
		}
		w.stored, err = w.nothing(ctx)
		return err
	}); err != nil {
		return errors.Join(mapError(err, "leave indexes to be made later"), s.endLoading())
	}
	return nil
}

// makeIndex makes an index if it is not there.
func (w *writer) makeIndex(ctx context.Context, name string) error {
	definitions, err := indexDefinitions()
	if err == nil {
		_, err = w.conn.ExecContext(ctx, definitions[name])
	}
	return err
}

// need makes indexes that a first load does without, where they are not there, before something is looked up by them. It says
// whether it made any, which nobody else sees before the transaction ends.
func (t *tx) need(ctx context.Context, names ...string) (made bool, err error) {
	for _, name := range names {
		if _, asked := t.made[name]; !asked {
			there, err := rows(ctx, t.old(), scanID, "SELECT name FROM sqlite_schema WHERE type = 'index' AND name = ?", name)
			if err != nil {
				return false, err
			}
			if t.made[name] = len(there) == 0; t.made[name] {
				definitions, err := indexDefinitions()
				if err != nil {
					return false, err
				}
				if err := t.exec(ctx, definitions[name]); err != nil {
					return false, err
				}
			}
		}
		made = made || t.made[name]
	}
	return made, nil
}

// BuildDeferredIndexes makes the indexes that are not there, each in a transaction of its own, and tells before each how many
// are made, and of how many. Others may read meanwhile, and write between two of them. While another load is under way it makes none:
// that one does when it ends, or if it is killed whoever comes next.
func (s *Store) BuildDeferredIndexes(ctx context.Context, tell func(made, all int)) (err error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	there, err := rows(ctx, s.read, scanID, "SELECT name FROM sqlite_schema WHERE type = 'index'")
	if err != nil {
		return err
	}
	missing := missingOf(there)
	if len(missing) == 0 {
		return s.endLoading()
	}
	if s.beginLoading(ctx) {
		return nil
	}
	defer func() { err = errors.Join(err, s.endLoading()) }()
	definitions, err := indexDefinitions()
	if err != nil {
		return err
	}
	return s.sorting(ctx, func() error {
		for i, name := range missing {
			tell(i, len(missing))
			if err := s.alone(ctx, func(w *writer) error {
				_, err := w.conn.ExecContext(ctx, definitions[name])
				return err
			}); err != nil {
				return mapError(err, "make the index "+name)
			}
		}
		return nil
	})
}

func missingOf(there []kg.ID) (missing []string) {
	have := map[string]bool{}
	for _, name := range there {
		have[string(name)] = true
	}
	for _, name := range late {
		if !have[name] {
			missing = append(missing, name)
		}
	}
	return missing
}

var indexDefinition = regexp.MustCompile(`(?m)^CREATE (UNIQUE )?INDEX (\w+) (ON [^;]+);`)

// indexDefinitions are the statements that make the schema's indexes, by name, each to make one that is not there.
func indexDefinitions() (map[string]string, error) {
	files, err := fs.Glob(schema.SQL(), "sql/*.sql")
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, file := range files {
		script, err := fs.ReadFile(schema.SQL(), file)
		if err != nil {
			return nil, err
		}
		for _, d := range indexDefinition.FindAllStringSubmatch(string(script), -1) {
			all[d[2]] = "CREATE " + d[1] + "INDEX IF NOT EXISTS " + d[2] + " " + d[3]
		}
	}
	return all, nil
}

// sorting lets what is sorted meanwhile go to files when it is more than the page cache may have. A database in memory has no files.
func (s *Store) sorting(ctx context.Context, do func() error) error {
	if s.anchor != nil {
		return do()
	}
	set := func(pragmas string) error {
		s.writing.Lock()
		defer s.writing.Unlock()
		if err := s.ready(ctx); err != nil {
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

// hinted asks a query that goes by an index of those that may not be there yet, and then the same without it.
func hinted[T any](ctx context.Context, db querier, scan func(*sql.Rows) (T, error), index string, query func(hint string) clause) ([]T, error) {
	q := query(" INDEXED BY " + index)
	found, err := rows(ctx, db, scan, q.sql, q.args...)
	if err != nil && strings.Contains(err.Error(), "no such index: "+index) {
		q = query("")
		found, err = rows(ctx, db, scan, q.sql, q.args...)
	}
	return found, err
}
