package differential_test

import (
	"testing"

	"casus/internal/store/neo4j/conformance"
	"casus/internal/store/storetest"
)

func TestDifferential(t *testing.T) {
	storetest.Differential(t, conformance.Harness(t), conformance.Oracle, 1)
}
