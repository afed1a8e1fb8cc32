package reads_test

import (
	"testing"

	"casus/internal/store/neo4j/conformance"
	"casus/internal/store/storetest"
	"casus/internal/store/storetest/networks"
	"casus/internal/testkit/seeds"
)

func TestReads(t *testing.T) { storetest.RunReads(t, conformance.Cached(t)) }

func TestNetworks(t *testing.T) {
	seeds.SkipUnselected(t)
	networks.Test(t, conformance.Cached(t))
}
