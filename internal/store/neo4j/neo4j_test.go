package neo4j_test

import (
	"context"
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

func TestHistories(t *testing.T) {
	seeds.SkipUnselected(t)
	storetest.Histories(t, conformance.Harness(t), conformance.Oracle, 1, 1)
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
	server, err := driver.NewDriverWithContext(uri, driver.NoAuth())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close(context.Background()) }() // the query reports errors
	owned := func() int {
		r, err := driver.ExecuteQuery(t.Context(), server, "SHOW INDEXES YIELD name, owningConstraint"+
			" WHERE name = 'identity_id' AND owningConstraint IS NOT NULL RETURN name", nil, driver.EagerResultTransformer)
		if err != nil {
			t.Fatal(err)
		}
		return len(r.Records)
	}
	_, err = driver.ExecuteQuery(t.Context(), server,
		"CREATE INDEX identity_id FOR (n:IdentityDecision) ON (n.id)", nil, driver.EagerResultTransformer)
	if err != nil {
		t.Fatal(err)
	}
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
	server, err := driver.NewDriverWithContext(uri, driver.NoAuth())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close(context.Background()) }() // the query reports errors
	count := func(query string) any {
		r, err := driver.ExecuteQuery(t.Context(), server, query, nil, driver.EagerResultTransformer)
		if err != nil {
			t.Fatal(err)
		}
		return r.Records[0].Values[0]
	}
	count("CREATE (p:Person {name: 'A'}) RETURN 0")
	s, err := neo4j.Open(t.Context(), neo4j.Options{URL: uri})
	if kg.CodeOf(err) != kg.Conflict || !strings.Contains(err.Error(), "labelled Person") {
		t.Errorf("it opened as %v with %v", s, err)
	}
	nodes := count("MATCH (n) RETURN count(n)")
	constraints := count("SHOW CONSTRAINTS YIELD name RETURN count(name)")
	if nodes != int64(1) || constraints != int64(0) {
		t.Errorf("it has %v nodes and %v constraints afterwards", nodes, constraints)
	}
}
