package check

import (
	"testing"

	"casus/internal/testkit/catalog"
)

// TestFlagWords checks that docs and review page have each code.
func TestFlagWords(t *testing.T) { catalog.Check(t, "docs/extract.md", "flag.", ".why", flagWords) }
