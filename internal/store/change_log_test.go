package store

import (
	"casus/internal/kg"
	"reflect"
	"testing"
)

func TestChangeSetRoundTrip(t *testing.T) {
	for _, c := range []ChangeSet{
		{}, {Everything: true}, {Subjects: []kg.ID{"event:a"}}, {Subjects: []kg.ID{"event:ж", "affiliation:b"}},
	} {
		if got := ParseChangeSet(c.Encode()); !reflect.DeepEqual(got, c) {
			t.Errorf("%+v, want %+v", got, c)
		}
	}
	if got := ParseChangeSet(ChangeSet{Subjects: make([]kg.ID, MaxLoggedSubjects+1)}.Encode()); !got.Everything {
		t.Error("a set with too many subjects is not encoded as everything")
	}
}

func TestChangesSince(t *testing.T) {
	at := func(batch int64) int64 { return batch*RevisionUnit + 1000 + batch } // a revision
	entries := []ChangeEntry{
		{at(7), ChangeSet{Subjects: []kg.ID{"event:a", "event:b"}}},
		{at(5), ChangeSet{Everything: true}},
		{at(6), ChangeSet{Subjects: []kg.ID{"event:b", "event:c"}}},
	}
	for _, c := range []struct {
		name     string
		log      []ChangeEntry
		revision int64
		subjects []kg.ID
		complete bool
		now      int64
	}{
		{"an empty store", nil, 0, nil, true, 0},
		{"another database", nil, at(3), nil, false, 0},
		{"a store that was empty", entries, 0, nil, false, at(7)},
		{"before the log", entries, at(4), nil, false, at(7)},
		{"the first entry", entries, at(5), []kg.ID{"event:a", "event:b", "event:c"}, true, at(7)},
		{"the second entry", entries, at(6), []kg.ID{"event:a", "event:b"}, true, at(7)},
		{"the last entry", entries, at(7), nil, true, at(7)},
		{"after the log", entries, at(8), nil, false, at(7)},
		{"of a copy", entries, at(6) + 1, nil, false, at(7)},
		{"a missing entry", entries[:2], at(5), nil, false, at(7)},
		{"a missing first entry", entries[:2], at(4), nil, false, at(7)},
	} {
		subjects, complete, now := ChangesSince(c.log, c.revision)
		if !reflect.DeepEqual(subjects, c.subjects) || complete != c.complete || now != c.now {
			t.Errorf("%s: %v %v %d", c.name, subjects, complete, now)
		}
	}
}

func TestNextRevision(t *testing.T) {
	first := NextRevision(0)
	for last, n := first, int64(1); n < 5; n++ {
		next := NextRevision(last)
		if next <= last || next/RevisionUnit != first/RevisionUnit+n {
			t.Errorf("%d follows %d", next, last)
		}
		last = next
	}
	if a, b, c := NextRevision(first), NextRevision(first), NextRevision(first); a == b && b == c {
		t.Error("two copies have one revision")
	}
	if last := NextRevision((1<<24 + 1<<30) * RevisionUnit); last >= 1<<53 {
		t.Errorf("%d is not exact in JSON", last)
	}
}
