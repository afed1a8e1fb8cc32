package link

import (
	"strings"
	"testing"

	"casus/internal/testkit/catalog"
)

// TestReasons checks that docs and review page have each code.
func TestReasons(t *testing.T) {
	words := map[Code]string{}
	for code, english := range reasonWords {
		words[code] = strings.ReplaceAll(english, "%s", "{detail}")
		want := Reason{code, "50%s", strings.ReplaceAll(english, "%s", "50%s")}
		if r := NewReason(code, "50%s"); r != want {
			t.Errorf("%+v, want %+v", r, want)
		}
	}
	catalog.Check(t, "reason.", "", words)
}
