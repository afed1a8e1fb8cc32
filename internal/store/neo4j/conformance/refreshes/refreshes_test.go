package refreshes_test

import (
	"testing"

	"casus/internal/store/neo4j/conformance"
	"casus/internal/store/storetest"
	"casus/internal/testkit/seeds"
)

// TestRefreshes tests caches and projections, which do not belong to an engine, again over this one.
func TestRefreshes(t *testing.T) {
	seeds.SkipUnselected(t)
	storetest.RunRefreshes(t, conformance.Cached(t))
}
