// Package loads is the part of the conformance suite about the ledger of loads: which claims a batch brings, and the
// list of checkpoints.
package loads

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Test checks stores, each of which open returns empty.
func Test(t *testing.T, open func(testing.TB) store.Store) {
	t.Run("Parts", func(t *testing.T) { testParts(t, open(t)) })
	t.Run("List", func(t *testing.T) { testList(t, open(t)) })
	t.Run("Undo", func(t *testing.T) { testUndo(t, open(t)) })
}

// testParts checks that a batch brings the claims that it states, whether or not they are stored, but not ones that
// conflict or that are only planned; and that the entry is written with the batch or not at all.
func testParts(t *testing.T, s store.Store) {
	document := kg.Document{ID: "document:d", Titles: []kg.Name{{Value: "D", Kind: kg.NamePrimary}}}
	apply(t, s, kg.Batch{
		Documents: []kg.Document{document}, Claims: []kg.Claim{claim(t, "a", ""), claim(t, "b", "")}, Brought: "part/1",
	})
	apply(t, s, kg.Batch{
		Claims: []kg.Claim{
			claim(t, "a", ""), claim(t, "b", "other"), claim(t, "c", ""), claim(t, "d", ""), claim(t, "c", ""),
		},
		Planned: []kg.ID{"claim:a", "claim:d"}, Brought: "part/2",
	})
	apply(t, s, kg.Batch{Claims: []kg.Claim{claim(t, "a", "")}, Brought: "part/3"})
	forget := kg.Correction{ID: "correction:a", Claim: "claim:a", By: "Ada", At: 1}
	apply(t, s, kg.Batch{Corrections: []kg.Correction{forget}})
	apply(t, s, kg.Batch{Claims: []kg.Claim{claim(t, "a", "")}, Brought: "part/4"})
	broken := claim(t, "e", "")
	broken.Document = "document:none"
	_, err := s.Apply(t.Context(), kg.Batch{Claims: []kg.Claim{broken}, Brought: "part/5"})
	if kg.CodeOf(err) != kg.BadInput {
		t.Errorf("a broken batch: %v", err)
	}
	want := []kg.Checkpoint{
		{Key: "part/1", Value: "claim:a claim:b "}, {Key: "part/2", Value: "claim:c claim:d "},
		{Key: "part/3", Value: "claim:a "}, {Key: "part/4", Value: "claim:a "},
	}
	if got := list(t, s, "part/", "", 10); !reflect.DeepEqual(got, want) {
		t.Errorf("%q; want %q", got, want)
	}
}

// testList checks prefixes, bounds, deletion, and that checkpoints are no change of the graph.
func testList(t *testing.T, s store.Store) {
	before, err := s.Revision(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var all []kg.Checkpoint
	for i := range 25 {
		all = append(all, kg.Checkpoint{Key: fmt.Sprintf("list/%02d", i), Value: fmt.Sprint("é\n", i)})
	}
	shuffled := slices.Clone(all)
	slices.Reverse(shuffled)
	apply(t, s, kg.Batch{Ledger: shuffled[:20], Checkpoint: &kg.Checkpoint{Key: "list", Value: "no"}})
	others := []kg.Checkpoint{{Key: "lisu/1", Value: "no"}, {Key: "list_", Value: "no"}}
	apply(t, s, kg.Batch{Ledger: append(shuffled[20:], others...)})
	apply(t, s, kg.Batch{Ledger: []kg.Checkpoint{{Key: "list/07"}, {Key: "list/08", Value: "new"}, {Key: "list/99"}}})
	all[8].Value = "new"
	all = slices.Delete(all, 7, 8)
	if got := list(t, s, "list/", "", 100); !reflect.DeepEqual(got, all) {
		t.Errorf("all: %q", got)
	}
	if got := list(t, s, "list/", "list/05", 3); !reflect.DeepEqual(got, all[6:9]) {
		t.Errorf("three after the sixth: %q", got)
	}
	if got := list(t, s, "list/", "list/24", 3); len(got) > 0 {
		t.Errorf("after the last: %q", got)
	}
	for _, limit := range []int{0, store.MaxScan + 1} {
		if _, err := s.Checkpoints(t.Context(), "list/", "", limit); kg.CodeOf(err) != kg.BadInput {
			t.Errorf("limit %d: %v", limit, err)
		}
	}
	if after, err := s.Revision(t.Context()); err != nil || after != before {
		t.Errorf("the revision was %d and is %d: %v", before, after, err)
	}
}

func claim(t *testing.T, id, note string) kg.Claim {
	t.Helper()
	at, err := edtf.ParseTime("2025-03-02")
	if err != nil {
		t.Fatal(err)
	}
	return kg.Claim{
		ID: kg.ID("claim:" + id), Subject: "event:e", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
		Document: "document:d", AssertedAt: at, Note: note,
	}
}

func apply(t *testing.T, s store.Store, b kg.Batch) {
	t.Helper()
	if _, err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

func list(t *testing.T, s store.Store, prefix, after string, limit int) []kg.Checkpoint {
	t.Helper()
	found, err := s.Checkpoints(t.Context(), prefix, after, limit)
	if err != nil {
		t.Fatal(err)
	}
	return found
}
