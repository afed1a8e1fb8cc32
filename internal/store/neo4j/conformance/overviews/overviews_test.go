package overviews_test

import (
	"testing"

	"casus/internal/store/neo4j/conformance"
	"casus/internal/store/storetest"
)

func TestOverviews(t *testing.T) { storetest.RunOverviews(t, conformance.Harness(t)) }

// TestCachedOverviews reads the overviews of the store that the program uses, most of them without the engine.
func TestCachedOverviews(t *testing.T) { storetest.RunOverviews(t, conformance.Cached(t)) }
