package strictjson

import (
	"strings"
	"testing"
)

func TestLongList(t *testing.T) {
	list := func(n int) string { return "[" + strings.TrimSuffix(strings.Repeat(`{"b":["x,y",1]},`, n), ",") + "]" }
	for text, want := range map[string]string{
		list(3):                               "",
		`{"a":` + list(4) + `}`:               "/a: has 4 elements, of at most 3",
		list(5):                               "has 5 elements, of at most 3",
		`{"a":[1,2],"n":[[1,2,3,4],[1,2]]}`:   "/n/0: has 4 elements, of at most 3",
		`{"a":1,"b":2,"c":3,"d":4,"e":[1,2]}`: "",
		`["a,b,c,d,e"]`:                       "",
		`{"a":[1,2,3],"b":[[],[],[]]}`:        "",
	} {
		got := ""
		if f := LongList([]byte(text), 3); f != nil {
			got = f.Error()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
