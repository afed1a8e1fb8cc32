package refreshes_test

import (
	"testing"

	"casus/internal/store/neo4j/conformance"
	"casus/internal/store/storetest"
)

func TestRefreshes(t *testing.T) { storetest.RunRefreshes(t, conformance.Harness(t)) }
