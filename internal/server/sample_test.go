package server

import (
	"net/http/httptest"
	"testing"
	"time"

	"casus/graph"
	"casus/internal/kg"
	"casus/internal/metrics"
	"casus/internal/network"
	"casus/internal/store"
	"casus/loader"
	"casus/loader/sample"
)

// serveSample serves the bundled example from memory and returns the base URL.
func serveSample(t *testing.T, allowed ...string) string {
	t.Helper()
	st, err := store.Open(t.Context(), store.Memory, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	options := loader.Options{KeepText: true, Now: kg.InstantOf(time.Now())}
	report, err := loader.Load(t.Context(), st, loader.FS(sample.Files(), sample.Names()), options)
	if err != nil || report.Rejected > 0 {
		t.Fatalf("load the sample: %v %v", err, report.FirstRejects)
	}
	set := metrics.New()
	api := graph.NewHandler(st, graph.Config{Logger: discard, Observe: set.Operation, Networks: network.New(st, -1)})
	s := New(Config{Store: st, GraphQL: api, Metrics: set, Log: discard, Origins: allowed, MaxExports: DefaultMaxExports})
	h := httptest.NewServer(s.Handler())
	t.Cleanup(h.Close)
	return h.URL
}
