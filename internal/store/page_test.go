package store_test

import (
	"fmt"
	"slices"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

func TestWindow(t *testing.T) {
	mine, other := scope(t, "timeline"), scope(t, "other")
	here := store.Position{Int: 7, ID: "event:strike"}
	cursor, foreign := mine.Encode(here), other.Encode(here)
	tests := []struct {
		name string
		args store.PageArgs
		want store.Window
		code kg.ErrorCode
	}{
		{"default", store.PageArgs{}, store.Window{Limit: 20}, ""},
		{"first", store.PageArgs{First: ref(1)}, store.Window{Limit: 1}, ""},
		{"most", store.PageArgs{First: ref(500)}, store.Window{Limit: 500}, ""},
		{"last", store.PageArgs{Last: ref(500)}, store.Window{Limit: 500, Backward: true}, ""},
		{"after", store.PageArgs{After: &cursor}, store.Window{Limit: 20, After: &here}, ""},
		{"before", store.PageArgs{Last: ref(3), Before: &cursor}, store.Window{Limit: 3, Backward: true, Before: &here}, ""},
		{
			"both cursors", store.PageArgs{First: ref(3), After: &cursor, Before: &cursor},
			store.Window{Limit: 3, After: &here, Before: &here}, "",
		},
		{"first and last", store.PageArgs{First: ref(1), Last: ref(1)}, store.Window{}, kg.BadInput},
		{"first 0", store.PageArgs{First: ref(0)}, store.Window{}, kg.BadInput},
		{"last -1", store.PageArgs{Last: ref(-1)}, store.Window{}, kg.BadInput},
		{"first 501", store.PageArgs{First: ref(501)}, store.Window{}, kg.LimitExceeded},
		{"last 501", store.PageArgs{Last: ref(501)}, store.Window{}, kg.LimitExceeded},
		{"foreign after", store.PageArgs{After: &foreign}, store.Window{}, kg.BadInput},
		{"foreign before", store.PageArgs{Before: &foreign}, store.Window{}, kg.BadInput},
		{"empty after", store.PageArgs{After: ref("")}, store.Window{}, kg.BadInput},
	}
	for _, tt := range tests {
		w, err := tt.args.Window(mine)
		if code := kg.CodeOf(err); code != tt.code {
			t.Errorf("%s: %v, want code %q", tt.name, err, tt.code)
		}
		if err != nil {
			continue
		}
		sameSize := w.Limit == tt.want.Limit && w.Backward == tt.want.Backward
		if !sameSize || !equal(w.After, tt.want.After) || !equal(w.Before, tt.want.Before) {
			t.Errorf("%s: %+v, want %+v", tt.name, w, tt.want)
		}
	}
}

func equal[T comparable](a, b *T) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

func TestCutPage(t *testing.T) {
	here := &store.Position{}
	tests := []struct {
		name              string
		window            store.Window
		engine, want      []int
		hasPrevious, next bool
	}{
		{"nothing", store.Window{Limit: 2}, nil, nil, false, false},
		{"all", store.Window{Limit: 2}, []int{1, 2}, []int{1, 2}, false, false},
		{"more follow", store.Window{Limit: 2}, []int{1, 2, 3}, []int{1, 2}, false, true},
		{"after a position", store.Window{Limit: 2, After: here}, []int{1}, []int{1}, true, false},
		{"from the end", store.Window{Limit: 2, Backward: true}, []int{9, 8}, []int{8, 9}, false, false},
		{"more come before", store.Window{Limit: 2, Backward: true}, []int{9, 8, 7}, []int{8, 9}, true, false},
		{"before a position", store.Window{Limit: 2, Backward: true, Before: here}, []int{9}, []int{9}, false, true},
		{"limit 0", store.Window{Limit: 0}, []int{1}, nil, false, true},
	}
	for _, tt := range tests {
		p := store.CutPage(tt.window, tt.engine, func(i int) store.Position { return store.Position{Int: int64(i)} })
		if !slices.Equal(p.Items, tt.want) || p.HasPrevious != tt.hasPrevious || p.HasNext != tt.next || p.Total != nil {
			t.Errorf("%s: %+v, want %v, previous %v, next %v", tt.name, p, tt.want, tt.hasPrevious, tt.next)
		}
		for i, item := range p.Items {
			if p.Positions[i].Int != int64(item) {
				t.Errorf("%s: item %d has the position %v", tt.name, item, p.Positions[i])
			}
		}
	}
}

// TestPagesWalkAList checks that walking a list page by page, forwards or backwards, returns each item once and in
// order.
func TestPagesWalkAList(t *testing.T) {
	s := scope(t, "list")
	list := make([]int, 23)
	for i := range list {
		list[i] = i
	}
	fetch := func(w store.Window) store.Page[int] {
		inWindow := slices.DeleteFunc(slices.Clone(list), func(i int) bool {
			return w.After != nil && int64(i) <= w.After.Int || w.Before != nil && int64(i) >= w.Before.Int
		})
		if w.Backward {
			slices.Reverse(inWindow)
		}
		position := func(i int) store.Position { return store.Position{Int: int64(i), ID: kg.ID(fmt.Sprint("event:", i))} }
		return store.CutPage(w, inWindow[:min(len(inWindow), w.Limit+1)], position)
	}
	for _, size := range []int{1, 5, 23, 30} {
		var forwards, backwards []int
		args := store.PageArgs{First: &size}
		for more := true; more; {
			w, err := args.Window(s)
			if err != nil {
				t.Fatal(err)
			}
			p := fetch(w)
			forwards = append(forwards, p.Items...)
			args.After, more = ref(s.Encode(p.Positions[len(p.Positions)-1])), p.HasNext
		}
		args = store.PageArgs{Last: &size}
		for more := true; more; {
			w, err := args.Window(s)
			if err != nil {
				t.Fatal(err)
			}
			p := fetch(w)
			backwards = slices.Concat(p.Items, backwards)
			args.Before, more = ref(s.Encode(p.Positions[0])), p.HasPrevious
		}
		if !slices.Equal(forwards, list) || !slices.Equal(backwards, list) {
			t.Errorf("page size %d: forwards %v, backwards %v", size, forwards, backwards)
		}
	}
}
