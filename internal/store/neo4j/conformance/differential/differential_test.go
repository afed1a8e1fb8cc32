package differential_test

import (
	"testing"

	"casus/internal/store/neo4j/conformance"
	"casus/internal/store/storetest"
	"casus/internal/testkit/seeds"
)

func TestDifferential(t *testing.T) {
	seeds.SkipUnselected(t)
	storetest.Differential(t, conformance.Cached(t), conformance.Oracle, 1)
}
