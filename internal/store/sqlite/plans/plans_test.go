package plans_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"casus/internal/store/memory"
	"casus/internal/store/sqlite"
	"casus/internal/store/storetest/plans"
	"casus/internal/testkit/seeds"
)

// TestPlans explains statements on a store without statistics, as Casus leaves it, and after ANALYZE.
func TestPlans(t *testing.T) {
	seeds.SkipShort(t)
	t.Parallel()
	path := filepath.Join(t.TempDir(), "casus.db")
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // nothing is read afterwards
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	e := newExplainer(t, db)
	plans.Test(t, plans.Engine{
		Store: s, Oracle: memory.New(), Package: "casus/internal/store/sqlite", Explain: e.scans,
		Helpers: []string{"rows", "stream", "writer.stmt", "writer.exec", "writer.execOne", "writer.QueryContext",
			"queue.QueryContext", "newQueue", "viewReader.writeRows"},
		Analyze: func(ctx context.Context) error { _, err := db.ExecContext(ctx, "ANALYZE"); return err },
	}, "scans.txt")
}

// explainer explains statements with a connection of its own.
type explainer struct {
	db *sql.DB
	// tables has the table that begins at a page of the database, or whose index begins there. Tables that do not grow
	// with the graph are left out.
	tables map[int]string
	// indexes has the names of the indexes by the same pages.
	indexes map[int]string
}

// bounded are the tables that do not grow with the graph.
const bounded = "('schema_migration', 'identity_version', 'change', 'sqlite_schema')"

func newExplainer(t *testing.T, db *sql.DB) explainer {
	t.Helper()
	e := explainer{db, map[int]string{}, map[int]string{}}
	err := e.each(t.Context(), "SELECT rootpage, tbl_name, name FROM sqlite_schema"+
		" WHERE rootpage > 0 AND tbl_name NOT IN "+bounded, nil, func(r *sql.Rows) error {
		var page int
		var table, name string
		err := r.Scan(&page, &table, &name)
		e.tables[page], e.indexes[page] = table, name
		return err
	})
	if err != nil || len(e.tables) < 20 {
		t.Fatalf("%d tables and indexes: %v", len(e.tables), err)
	}
	return e
}

// each calls read for each row of a query.
func (e explainer) each(ctx context.Context, query string, args []any, read func(*sql.Rows) error) error {
	rows, err := e.db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // rows.Err has the error
	for rows.Next() {
		if err := read(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// scans explains a statement. Operators are
//
//	SCAN             reads the whole table, or the whole of one of its indexes
//	NESTED-SCAN      does so for each row of another
//	WALK             reads an index in the order of a list, until a LIMIT is reached
//	AUTOMATIC-INDEX  reads the whole table to build an index for this statement
//	BLOOM-FILTER     reads the whole table once to skip rows of another that have no match
func (e explainer) scans(ctx context.Context, statement string, params any) (scans []plans.Scan, err error) {
	args, _ := params.([]any)
	if args == nil { // a prepared statement that writes
		args = make([]any, strings.Count(statement, "?"))
	}
	steps, err := e.steps(ctx, statement, args)
	if err != nil {
		return nil, err
	}
	for _, s := range steps {
		if m := virtualScan.FindStringSubmatch(s.text); m != nil {
			scans = append(scans, plans.Scan{Operator: "SCAN", Target: m[1]})
		}
	}
	code, err := e.code(ctx, statement, args)
	if err != nil {
		return nil, err
	}
	limited := strings.Contains(statement, "ORDER BY") && strings.Contains(statement, "LIMIT")
	for i, o := range code {
		page := opened(code[:i], o.p1)
		body := fullLoop(code[i:])
		if len(body) == 0 || e.tables[page] == "" {
			continue
		}
		scan := plans.Scan{Operator: "SCAN", Target: e.tables[page]}
		switch {
		case has(code[max(0, i-3):i], "OpenAutoindex"):
			scan.Operator = "AUTOMATIC-INDEX"
		case has(body, "FilterAdd") && !has(body[1:], "Rewind", "VFilter", "Once"):
			scan.Operator = "BLOOM-FILTER"
		case isNested(code, i):
			scan.Operator = "NESTED-SCAN"
		case limited && walks(steps, e.indexes[page]):
			scan.Operator = "WALK"
		}
		scans = append(scans, scan)
	}
	return scans, nil
}
