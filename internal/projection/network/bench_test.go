package network_test

import (
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"casus/internal/edtf"
	"casus/internal/projection/network"
	"casus/internal/store"
)

// BenchmarkPaths times the three best paths of at most four hops in the store that CASUS_STORE names, between actors who
// meet most and between any:
//
//	CASUS_STORE=sqlite:icews.db go test -run - -bench Paths -benchtime 1x ./internal/projection/network
func BenchmarkPaths(b *testing.B) {
	url := os.Getenv("CASUS_STORE")
	if url == "" {
		b.Skip("CASUS_STORE names no store to measure")
	}
	s := opened(b, url)
	n := network.New(s, -1)
	began := time.Now()
	all, err := n.Network(b.Context(), store.NetworkQuery{MinWeight: 1, Limit: store.MaxNetworkNodes})
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d actors, %d links, read and weighed in %v", all.TotalNodes, all.TotalLinks, time.Since(began).Round(time.Millisecond))
	r := rand.New(rand.NewPCG(1, 1))
	from, err := edtf.ParseTime("2000")
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		among  int
		timely bool
		filter *store.EventFilter
	}{
		{"Hubs", 30, false, nil}, {"Any", len(all.Nodes), false, nil}, {"InTime", len(all.Nodes), true, nil},
		{"Filtered", len(all.Nodes), false, &store.EventFilter{Time: &store.TimeRange{From: &from}}},
	} {
		b.Run(c.name, func(b *testing.B) {
			var times []time.Duration
			hops := 0
			for b.Loop() {
				for range 200 {
					x, y := all.Nodes[r.IntN(c.among)].Actor, all.Nodes[r.IntN(c.among)].Actor
					began := time.Now()
					found, err := n.Paths(b.Context(), store.PathQuery{From: x, To: y, Limit: 3, MaxHops: 4, TimeRespecting: c.timely, Filter: c.filter})
					if err != nil {
						b.Fatal(err)
					}
					times = append(times, time.Since(began))
					for _, p := range found {
						hops += len(p.Hops)
					}
				}
			}
			if hops == 0 {
				b.Fatal("what finds nothing measures nothing")
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds()), "µs-p50")
			b.ReportMetric(float64(times[len(times)*95/100].Microseconds()), "µs-p95")
			b.ReportMetric(float64(times[len(times)-1].Microseconds()), "µs-max")
		})
	}
}
