package overviews_test

import (
	"testing"

	"casus/internal/store/neo4j/conformance"
	"casus/internal/store/storetest"
)

func TestOverviews(t *testing.T) { storetest.RunOverviews(t, conformance.Harness(t)) }
