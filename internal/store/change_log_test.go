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
	log := []ChangeEntry{
		{7, ChangeSet{Subjects: []kg.ID{"event:a", "event:b"}}},
		{5, ChangeSet{Everything: true}},
		{6, ChangeSet{Subjects: []kg.ID{"event:b", "event:c"}}},
	}
	for _, c := range []struct {
		log      []ChangeEntry
		revision int64
		subjects []kg.ID
		complete bool
		now      int64
	}{
		{nil, 0, nil, true, 0},
		{nil, 3, nil, false, 0}, // another database
		{log, 0, nil, false, 7},
		{log, 4, nil, false, 7},
		{log, 5, []kg.ID{"event:a", "event:b", "event:c"}, true, 7},
		{log, 6, []kg.ID{"event:a", "event:b"}, true, 7},
		{log, 7, nil, true, 7},
		{log, 8, nil, false, 7},
		{[]ChangeEntry{log[0], log[1]}, 4, nil, false, 7},
	} {
		subjects, complete, now := ChangesSince(c.log, c.revision)
		if !reflect.DeepEqual(subjects, c.subjects) || complete != c.complete || now != c.now {
			t.Errorf("since %d of %v: %v %v %d", c.revision, c.log, subjects, complete, now)
		}
	}
}
