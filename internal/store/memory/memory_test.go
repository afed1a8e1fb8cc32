package memory_test

import (
	"testing"

	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/storetest"
)

func newStore(testing.TB) store.Store { return memory.New() }

var harness = storetest.Harness{Name: "memory", New: newStore, Oracle: newStore}

func TestConformance(t *testing.T) { storetest.Run(t, harness) }

func TestHistories(t *testing.T) { storetest.Histories(t, harness, newStore, 3, 2) }
