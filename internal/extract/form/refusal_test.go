package form

import (
	"testing"

	"casus/internal/testkit/catalog"
)

// TestReasons checks that docs and review page have each code.
func TestReasons(t *testing.T) { catalog.Check(t, "docs/extract.md", "refusal.", "", reasons) }
