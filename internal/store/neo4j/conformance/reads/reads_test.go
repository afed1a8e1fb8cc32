package reads_test

import (
	"testing"

	"casus/internal/store/neo4j/conformance"
	"casus/internal/store/storetest"
)

func TestReads(t *testing.T) { storetest.RunReads(t, conformance.Cached(t)) }
