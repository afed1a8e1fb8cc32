package wording_test

import (
	"slices"
	"testing"

	"casus/internal/extract/wording"
)

func TestFill(t *testing.T) {
	values := wording.Values{"a": "{b}", "b": "2"}
	if got := wording.Fill("{b} of {a}, {c}", values); got != "2 of {b}, {c}" {
		t.Error(got)
	}
	if got := wording.Fill("no names", nil); got != "no names" {
		t.Error(got)
	}
	if got := wording.Names("{b} of {a}, { c }"); !slices.Equal(got, []string{"{a}", "{b}"}) {
		t.Error(got)
	}
}
