package link

import (
	"strings"
	"testing"

	"casus/internal/testkit/catalog"
)

// TestReasons checks that docs and review page have each code.
func TestReasons(t *testing.T) {
	for code, english := range reasonWords {
		want := Reason{code, "50{detail}", strings.ReplaceAll(english, "{detail}", "50{detail}")}
		if r := NewReason(code, "50{detail}"); r != want {
			t.Errorf("%+v, want %+v", r, want)
		}
	}
	catalog.Check(t, "docs/extract.md", "reason.", "", reasonWords)
}
