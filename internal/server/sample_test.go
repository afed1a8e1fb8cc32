package server

import (
	"net/http/httptest"
	"testing"
	"time"

	"casus/graph"
	"casus/internal/edtf"
	"casus/internal/projection/network"
	"casus/internal/server/access"
	"casus/internal/store/metrics"
	"casus/internal/store/open"
	"casus/loader"
	"casus/loader/sample"
)

// serveSample serves the bundled example from memory and returns the base URL.
func serveSample(t *testing.T, allowed ...string) string {
	t.Helper()
	st, err := open.Open(t.Context(), open.Memory, open.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	options := loader.Options{KeepText: true, Now: edtf.InstantOf(time.Now())}
	report, err := loader.Load(t.Context(), st, loader.FS(sample.Files(), sample.Names()), options)
	if err != nil || report.Rejected > 0 {
		t.Fatalf("load the sample: %v %v", err, report.FirstRejects)
	}
	set := metrics.New()
	api := graph.NewHandler(st, graph.Config{Logger: discard, Observe: set.Operation, Networks: network.New(st, -1)})
	s := New(Config{
		Store: st, Columns: st, GraphQL: api, Metrics: set, Log: discard, Access: access.Config{Origins: allowed},
		MaxExports: DefaultMaxExports,
	})
	h := httptest.NewServer(s.Handler())
	t.Cleanup(h.Close)
	return h.URL
}
