package staging_test

import (
	"maps"
	"slices"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/staging"
)

// A batch sees its own changes on top of the stored records; they are stored or dropped as a whole.
func TestRecords(t *testing.T) {
	r := staging.NewRecords[kg.Review]()
	r.Add([]kg.Review{{ID: "a", By: "1"}, {ID: "b", By: "1"}})
	change := func() {
		r.Put([]kg.Review{{ID: "b", By: "2"}, {ID: "c", By: "2"}, {ID: "d", By: "2"}})
		r.Delete([]kg.ID{"a", "d", "unknown"})
	}
	before, after := map[kg.ID]string{"a": "1", "b": "1"}, map[kg.ID]string{"b": "2", "c": "2"}
	expect := func(when string, stored, seen map[kg.ID]string) {
		t.Helper()
		if got := texts(maps.Values(r.Stored())); !maps.Equal(got, stored) {
			t.Errorf("%s: stored are %v, want %v", when, got, stored)
		}
		if got := texts(r.All()); !maps.Equal(got, seen) {
			t.Errorf("%s: all are %v, want %v", when, got, seen)
		}
		found := r.Find([]kg.ID{"a", "b", "c", "d", "unknown"})
		if got := texts(slices.Values(found)); len(found) != len(seen) || !maps.Equal(got, seen) {
			t.Errorf("%s: found are %v, want %v", when, found, seen)
		}
	}
	expect("before", before, before)
	change()
	expect("changed", before, after)
	r.Discard()
	expect("discarded", before, before)
	change()
	r.Commit()
	expect("committed", after, after)
}

func texts(all func(func(kg.Review) bool)) map[kg.ID]string {
	found := map[kg.ID]string{}
	for v := range all {
		found[v.ID] += v.By // a record that is listed twice shows
	}
	return found
}
