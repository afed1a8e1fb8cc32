package overviews_test

import (
	"testing"

	"casus/internal/store/neo4j/conformance"
	"casus/internal/store/storetest"
)

func TestOverviews(t *testing.T) { storetest.RunOverviews(t, conformance.Harness(t)) }

// TestCachedCounts reads pages and aggregates of the store that the program uses, most of them without the engine.
func TestCachedCounts(t *testing.T) { storetest.RunCounts(t, conformance.Cached(t)) }
