package neo4j_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	neo4jtest "casus/internal/testkit/neo4j"
)

// TestDeferredIndexes drops the indexes of an empty store, loads an event, opens the store again as after a kill, and
// builds them: the schema is the same as before, and so are answers at each step. A store with content keeps its
// indexes.
func TestDeferredIndexes(t *testing.T) {
	uri := neo4jtest.NewKeeping(t, "Migration")
	s, run := open(t, uri), statements(t, uri)
	indexes := func() map[string]string {
		all := map[string]string{}
		for _, r := range run("SHOW INDEXES YIELD name, state, type, properties RETURN name, state, type, properties") {
			all[r.Values[0].(string)] = fmt.Sprint(r.Values[1:]...)
		}
		return all
	}
	complete := indexes()
	t.Cleanup(func() { // later tests use the same schema
		if err := open(t, uri).BuildDeferredIndexes(context.Background(), func(int, int) {}); err != nil {
			t.Error(err)
		}
	})
	drop := func() {
		t.Helper()
		if err := s.DropDeferredIndexes(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	drop()
	if n := len(complete) - len(indexes()); n < 10 {
		t.Fatalf("%d indexes were dropped, want most", n)
	}
	day, err := edtf.ParseTime("2025-03-01")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context(), kg.Batch{
		Documents: []kg.Document{{ID: "document:d", Titles: []kg.Name{{Value: "Report"}}, PublishedAt: &day}},
		Claims: []kg.Claim{{ID: "claim:c", Subject: "event:e", Document: "document:d", Stance: kg.StanceAsserts,
			Aspect: kg.AspectOccurrence, AssertedAt: day, Says: kg.Statement{Titles: []kg.Name{{Value: "Shelling"}}, Time: &day}}},
	}); err != nil {
		t.Fatal(err)
	}
	listed := func() (ids []kg.ID) {
		t.Helper()
		pages, err := s.Events(t.Context(), store.EventQuery{Window: store.Window{Limit: 5}})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range pages[0].Items {
			ids = append(ids, e.ID)
		}
		return ids
	}
	want := []kg.ID{"event:e"}
	if diff := cmp.Diff(want, listed()); diff != "" {
		t.Error("without indexes:", diff)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, uri)
	calls := 0
	if err := s.BuildDeferredIndexes(t.Context(), func(int, int) { calls++ }); err != nil || calls == 0 {
		t.Fatalf("%d calls of progress, %v", calls, err)
	}
	if diff := cmp.Diff(complete, indexes()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want, listed()); diff != "" {
		t.Error("with indexes:", diff)
	}
	if err := s.BuildDeferredIndexes(t.Context(), func(int, int) { t.Error("an index was built twice") }); err != nil {
		t.Error(err)
	}
	drop()
	if diff := cmp.Diff(complete, indexes()); diff != "" {
		t.Error("dropped from a store with content:", diff)
	}
}
