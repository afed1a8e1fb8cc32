package writes_test

import (
	"testing"

	"casus/internal/store/neo4j/conformance"
	"casus/internal/store/storetest"
)

func TestWrites(t *testing.T) { storetest.RunWrites(t, conformance.Harness(t)) }
