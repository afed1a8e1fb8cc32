package neo4j_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/neo4j"
	"casus/internal/store/neo4j/conformance"
	"casus/internal/store/storetest"
	neo4jtest "casus/internal/testkit/neo4j"
	"casus/internal/testkit/seeds"
)

func open(tb testing.TB, uri string) store.Store {
	tb.Helper()
	return conformance.Open(tb, uri)
}

// statements returns a function that runs a statement in the database, beside any store, and returns its rows.
func statements(t *testing.T, uri string) func(statement string) []*driver.Record {
	t.Helper()
	server, err := driver.NewDriverWithContext(uri, driver.NoAuth())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close(context.Background()) }) // the statements report errors
	return func(statement string) []*driver.Record {
		t.Helper()
		result, err := driver.ExecuteQuery(t.Context(), server, statement, nil, driver.EagerResultTransformer)
		if err != nil {
			t.Fatal(err)
		}
		return result.Records
	}
}

func TestHistories(t *testing.T) {
	seeds.SkipUnselected(t)
	storetest.Histories(t, conformance.Cached(t), conformance.Oracle, 1, 1)
}

// TestConcurrentOpen opens one empty database from several programs at once, which all migrate the schema.
func TestConcurrentOpen(t *testing.T) {
	uri := neo4jtest.New(t)
	failed := make(chan error)
	const programs = 5
	for range programs {
		go func() {
			s, err := neo4j.Open(t.Context(), neo4j.Options{URL: uri})
			if err == nil {
				err = s.Close()
			}
			failed <- err
		}()
	}
	for range programs {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
}

// TestOpenOrphanIndex opens a database with an index whose constraint is missing, as a program leaves it that is killed
// while the server creates the constraint. The constraint is created again.
func TestOpenOrphanIndex(t *testing.T) {
	uri := neo4jtest.New(t)
	run := statements(t, uri)
	owned := func() int {
		return len(run("SHOW INDEXES YIELD name, owningConstraint" +
			" WHERE name = 'identity_id' AND owningConstraint IS NOT NULL RETURN name"))
	}
	run("CREATE INDEX identity_id FOR (n:IdentityDecision) ON (n.id)")
	if owned() != 0 {
		t.Fatal("the index has a constraint before anything was opened")
	}
	open(t, uri)
	if owned() != 1 {
		t.Error("the index has no constraint")
	}
}

// TestOpenForeign opens a database of another program, which stays as it is.
func TestOpenForeign(t *testing.T) {
	uri := neo4jtest.New(t)
	run := statements(t, uri)
	run("CREATE (:Person {name: 'A'})")
	s, err := neo4j.Open(t.Context(), neo4j.Options{URL: uri})
	if kg.CodeOf(err) != kg.Conflict || !strings.Contains(err.Error(), uri+" is a Neo4j database") ||
		!strings.Contains(err.Error(), "labelled Person") {
		t.Errorf("it opened as %v with %v", s, err)
	}
	nodes, constraints := run("MATCH (n) RETURN n"), run("SHOW CONSTRAINTS YIELD name RETURN name")
	if len(nodes) != 1 || len(constraints) != 0 {
		t.Errorf("it has %d nodes and %d constraints afterwards", len(nodes), len(constraints))
	}
}

// TestOpenOtherVersions opens stores with other schema versions: they are refused by name and stay as they are.
func TestOpenOtherVersions(t *testing.T) {
	uri := neo4jtest.NewKeeping(t, "Migration")
	run := statements(t, uri)
	open(t, uri)
	defer run("MATCH (m:Migration) DELETE m") // other tests keep these nodes
	for _, c := range []struct {
		version   int
		wantError string
	}{
		{6, "has schema version 6, which an older version of Casus wrote; this one reads versions 7 to 8"},
		{7, ""},
		{8, ""},
		{9, "has schema version 9, which a newer version of Casus wrote; this one reads versions 7 to 8"},
	} {
		run("MATCH (m:Migration|EventState) DELETE m")
		run(fmt.Sprintf("CREATE (:Migration {version: %d}), (:EventState {status: 'RETRACTED', _words: 'a b'})", c.version))
		s, err := neo4j.Open(t.Context(), neo4j.Options{URL: uri})
		switch {
		case err == nil && c.wantError == "":
			_ = s.Close()
		case kg.CodeOf(err) != kg.Conflict || c.wantError == "" ||
			!strings.Contains(err.Error(), "store "+uri+" "+c.wantError):
			t.Errorf("version %d: %v, want %q", c.version, err, c.wantError)
		}
		rows := run("MATCH (s:EventState) RETURN s._words AS words")
		if len(rows) != 1 || rows[0].Values[0] != "a b" {
			t.Errorf("version %d: %d states, the words %v, want \"a b\"", c.version, len(rows), rows)
		}
	}
}
