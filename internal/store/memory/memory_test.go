package memory_test

import (
	"testing"

	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/storetest"
)

func TestConformance(t *testing.T) {
	storetest.Run(t, storetest.Harness{Name: "memory", New: func(testing.TB) store.Store { return memory.New() }})
}

func TestHistories(t *testing.T) {
	h := storetest.Harness{Name: "memory", New: func(testing.TB) store.Store { return memory.New() }}
	storetest.Histories(t, h, func(testing.TB) store.Store { return memory.New() }, 3, 2)
}
