package kg

import (
	"reflect"
	"testing"
)

func TestChangesAreReadAsWritten(t *testing.T) {
	for _, c := range []Revised{{}, {Everything: true}, {Subjects: []ID{"event:a"}}, {Subjects: []ID{"event:ж", "affiliation:b"}}} {
		if got := ParseRevised(c.Text()); !reflect.DeepEqual(got, c) {
			t.Errorf("%+v, want %+v", got, c)
		}
	}
	if got := ParseRevised(Revised{Subjects: make([]ID, MaxChanged+1)}.Text()); !got.Everything {
		t.Error("too many subjects are not told as everything")
	}
}

func TestSinceIn(t *testing.T) {
	log := []Logged{
		{7, Revised{Subjects: []ID{"event:a", "event:b"}}}, {5, Revised{Everything: true}}, {6, Revised{Subjects: []ID{"event:b", "event:c"}}},
	}
	for _, c := range []struct {
		log      []Logged
		revision int64
		subjects []ID
		complete bool
		now      int64
	}{
		{nil, 0, nil, true, 0},
		{nil, 3, nil, false, 0}, // another store took its place
		{log, 0, nil, false, 7},
		{log, 4, nil, false, 7},
		{log, 5, []ID{"event:a", "event:b", "event:c"}, true, 7},
		{log, 6, []ID{"event:a", "event:b"}, true, 7},
		{log, 7, nil, true, 7},
		{log, 8, nil, false, 7},
		{[]Logged{log[0], log[1]}, 4, nil, false, 7},
	} {
		subjects, complete, now := SinceIn(c.log, c.revision)
		if !reflect.DeepEqual(subjects, c.subjects) || complete != c.complete || now != c.now {
			t.Errorf("since %d of %v: %v %v %d", c.revision, c.log, subjects, complete, now)
		}
	}
}
