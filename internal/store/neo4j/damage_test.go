package neo4j_test

import (
	"slices"
	"testing"

	"casus/internal/store"
	neo4jtest "casus/internal/testkit/neo4j"
)

// TestMissingIndexes drops an index and a constraint: both are found.
func TestMissingIndexes(t *testing.T) {
	uri := neo4jtest.New(t)
	// Later tests keep the schema. Without the nodes of its version, the next test to open the database creates it.
	defer neo4jtest.New(t)
	s := open(t, uri)
	find := func() (problems []string) {
		if err := s.FindDamage(t.Context(), func(d store.Damage) { problems = append(problems, d.Problem) }); err != nil {
			t.Fatal(err)
		}
		return problems
	}
	if found := find(); len(found) > 0 {
		t.Fatalf("a new store: %v", found)
	}
	run := statements(t, uri)
	run("DROP INDEX claim_known")
	run("DROP CONSTRAINT claim_id")
	want := []string{"the constraint claim_id is missing", "the index claim_known is missing"}
	if found := find(); !slices.Equal(found, want) {
		t.Errorf("%v, want %v", found, want)
	}
}
