package memstore_test

import (
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memstore"
	"casus/internal/store/storetest"
)

func TestConformance(t *testing.T) {
	storetest.Run(t, storetest.Harness{Name: "memory", New: func(testing.TB) kg.Store { return memstore.New() }})
}

func TestHistories(t *testing.T) {
	h := storetest.Harness{Name: "memory", New: func(testing.TB) kg.Store { return memstore.New() }}
	storetest.Histories(t, h, func(testing.TB) kg.Store { return memstore.New() }, 10, 2)
}
