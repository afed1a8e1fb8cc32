package memory_test

import (
	"testing"

	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/storetest"
)

func fresh(testing.TB) store.Store { return memory.New() }

var harness = storetest.Harness{Name: "memory", New: fresh, Oracle: fresh}

func TestConformance(t *testing.T) { storetest.Run(t, harness) }

func TestHistories(t *testing.T) { storetest.Histories(t, harness, fresh, 3, 2) }
