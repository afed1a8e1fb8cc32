package filters_test

import (
	"testing"

	"casus/internal/store/neo4j/conformance"
	"casus/internal/store/storetest"
)

func TestFilters(t *testing.T) { storetest.RunFilters(t, conformance.Harness(t)) }
