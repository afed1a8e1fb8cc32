// Package damage finds damage in a SQLite database: pages and indexes by SQLite's own checks, rows by their checksums,
// the text index and the map index by comparison with the rows that they index.
package damage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/sqlite/checksum"
)

// maxFindings bounds the findings of one check of SQLite's.
const maxFindings = 1000

// Search is a search for damage.
type Search struct {
	DB *sql.DB
	// Tables are the tables with checksums.
	Tables []checksum.Table
	// Schema returns the definitions that Schema reads from a new database.
	Schema func(ctx context.Context) (map[string]string, error)
	// Optional are the indexes that may be missing.
	Optional []string
	// IsDamage reports whether an error of SQLite shows damage.
	IsDamage func(error) bool
	Found    func(store.Damage)
}

// Run searches. It returns errors other than damage.
func (s Search) Run(ctx context.Context) error {
	for _, part := range []struct {
		what string
		find func(context.Context) error
	}{
		{"the schema", s.schema},
		{"the pages and indexes", s.pages},
		{"the foreign keys", s.foreignKeys},
		{"the checksums", s.checksums},
		{"the text index", s.words},
		{"the map index", s.area},
		{"the change log", s.changes},
	} {
		if err := s.tolerate(ctx, part.what, part.find(ctx)); err != nil {
			return err
		}
	}
	return nil
}

// tolerate reports an error that shows damage, and returns any other.
func (s Search) tolerate(ctx context.Context, what string, err error) error {
	if err == nil || ctx.Err() != nil || !s.IsDamage(err) {
		return err
	}
	s.report("", "%s cannot be read: %v", what, err)
	return nil
}

func (s Search) report(id kg.ID, format string, args ...any) {
	s.Found(store.Damage{ID: id, Problem: fmt.Sprintf(format, args...)})
}

// each calls row for each row of a query.
func each(ctx context.Context, db querier, query string, row func(*sql.Rows) error, args ...any) (err error) {
	found, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, found.Close()) }()
	for found.Next() {
		if err := row(found); err != nil {
			return err
		}
	}
	return found.Err()
}

// querier is a database or a connection.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// pages runs SQLite's check of pages, rows and indexes, including those of the text index and the map index.
func (s Search) pages(ctx context.Context) error {
	return each(ctx, s.DB, fmt.Sprintf("PRAGMA integrity_check(%d)", maxFindings), func(r *sql.Rows) error {
		var problem string
		if err := r.Scan(&problem); err != nil {
			return err
		}
		if problem != "ok" {
			s.report("", "SQLite: %s", strings.ReplaceAll(problem, "\n", "; "))
		}
		return nil
	})
}

func (s Search) foreignKeys(ctx context.Context) error {
	return each(ctx, s.DB, "SELECT \"table\", coalesce(rowid, 0), parent FROM pragma_foreign_key_check LIMIT 1000",
		func(r *sql.Rows) error {
			var table, parent string
			var row int64
			if err := r.Scan(&table, &row, &parent); err != nil {
				return err
			}
			s.report("", "row %d of %s refers to a row that %s does not have", row, table, parent)
			return nil
		})
}

// checksums compares the rows of all tables with their checksums.
func (s Search) checksums(ctx context.Context) error {
	for _, t := range s.Tables {
		err := each(ctx, s.DB, t.Wrong(), func(r *sql.Rows) error {
			var id string
			if err := r.Scan(&id); err != nil {
				return err
			}
			s.report(recordID(id), "the checksum of its row in the table %s is wrong", t.Name)
			return nil
		})
		if err := s.tolerate(ctx, "the table "+t.Name, err); err != nil {
			return err
		}
	}
	return nil
}

// recordID returns the id, or "" for an invalid one, which may be damaged itself.
func recordID(id string) kg.ID {
	if kg.ID(id).Check(kg.ID(id).Kind()) != nil {
		return ""
	}
	return kg.ID(id)
}

// Schema returns the definitions of a database's tables, indexes and triggers by name: the type, the table, and the
// normalized statement that creates it. Statistics of the planner are left out.
func Schema(ctx context.Context, db *sql.DB) (map[string]string, error) {
	all := map[string]string{}
	err := each(ctx, db,
		`SELECT name, type || ' ' || tbl_name || ' ' || coalesce(sql, '')
		FROM sqlite_schema WHERE name NOT LIKE 'sqlite#_stat%' ESCAPE '#'`,
		func(r *sql.Rows) error {
			var name, statement string
			if err := r.Scan(&name, &statement); err != nil {
				return err
			}
			all[name] = normalize(statement)
			return nil
		})
	return all, err
}

var sqlComment = regexp.MustCompile(`--[^\n]*`)

// normalize returns a statement without comments, quotation marks of names and needless spaces. In these the statement
// that SQLite stores for a table that a migration changed differs from the statement of the table in a new database.
func normalize(statement string) string {
	statement = strings.ReplaceAll(sqlComment.ReplaceAllString(statement, ""), `"`, "")
	return strings.NewReplacer(" ,", ",", "( ", "(", " )", ")").Replace(strings.Join(strings.Fields(statement), " "))
}

// schema compares the schema with the schema of a new database.
func (s Search) schema(ctx context.Context) error {
	stored, err := Schema(ctx, s.DB)
	if err != nil {
		return err
	}
	wanted, err := s.Schema(ctx)
	if err != nil {
		return err
	}
	for _, name := range s.Optional {
		if stored[name] == "" {
			delete(wanted, name)
		}
	}
	for name, statement := range wanted {
		switch {
		case stored[name] == "":
			s.report("", "the table or index %s is missing", name)
		case stored[name] != statement:
			s.report("", "the table or index %s has another definition than in a new store", name)
		}
	}
	for name, statement := range stored {
		if wanted[name] == "" && strings.HasPrefix(statement, "trigger ") { // it may change what is written
			s.report("", "the trigger %s does not belong to the store", name)
		}
	}
	return nil
}

// changes checks that the change log has an entry for each batch between its first and last one.
func (s Search) changes(ctx context.Context) error {
	query := fmt.Sprintf("SELECT count(*), coalesce(max(num) / %[1]d - min(num) / %[1]d + 1, 0) FROM change",
		store.RevisionUnit)
	return each(ctx, s.DB, query, func(r *sql.Rows) error {
		var count, span int64
		if err := r.Scan(&count, &span); err != nil {
			return err
		}
		if count != span {
			s.report("", "the change log has %d entries for %d batches", count, span)
		}
		return nil
	})
}

// area compares the map index, whose numbers have 32 bits and are rounded outward, with the locations.
func (s Search) area(ctx context.Context) error {
	const query = `SELECT l.id FROM location l LEFT JOIN location_area a ON a.num = l.num
WHERE (l.latitude IS NULL) <> (a.num IS NULL)
  OR a.west > l.longitude OR a.east < l.longitude OR a.south > l.latitude OR a.north < l.latitude
  OR a.east - a.west > 1e-6 * abs(l.longitude) + 1e-30 OR a.north - a.south > 1e-6 * abs(l.latitude) + 1e-30`
	if err := each(ctx, s.DB, query, func(r *sql.Rows) error {
		var id string
		if err := r.Scan(&id); err != nil {
			return err
		}
		s.report(recordID(id), "the map index lacks it or has another place for it")
		return nil
	}); err != nil {
		return err
	}
	return each(ctx, s.DB, "SELECT count(*) FROM location_area WHERE num NOT IN (SELECT num FROM location)",
		func(r *sql.Rows) error {
			var count int
			if err := r.Scan(&count); err != nil || count == 0 {
				return err
			}
			s.report("", "the map index has %d entries without a location", count)
			return nil
		})
}
