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
	"casus/internal/store/relations"
)

// BenchmarkPaths times the three best paths of at most four hops in the store that CASUS_STORE names, between the
// actors with the most meetings and between any:
//
//	CASUS_STORE=sqlite:icews.db go test -run - -bench Paths -benchtime 1x ./internal/projection/network
func BenchmarkPaths(b *testing.B) {
	url := os.Getenv("CASUS_STORE")
	if url == "" {
		b.Skip("CASUS_STORE names no store to measure")
	}
	s := openStore(b, url)
	n := network.New(s, -1)
	began := time.Now()
	all, err := n.Network(b.Context(), relations.NetworkQuery{MinWeight: 1, Limit: relations.MaxNetworkNodes})
	if err != nil {
		b.Fatal(err)
	}
	took := time.Since(began).Round(time.Millisecond)
	b.Logf("%d actors, %d links, loaded and weighed in %v", all.TotalNodes, all.TotalLinks, took)
	r := rand.New(rand.NewPCG(1, 1))
	from, err := edtf.ParseTime("2000")
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name           string
		among          int
		timeRespecting bool
		filter         *store.EventFilter
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
					q := relations.PathQuery{
						From: x, To: y, Limit: 3, MaxHops: 4, TimeRespecting: c.timeRespecting, Filter: c.filter,
					}
					found, err := n.Paths(b.Context(), q)
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
				b.Fatal("no path was found")
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds()), "µs-p50")
			b.ReportMetric(float64(times[len(times)*95/100].Microseconds()), "µs-p95")
			b.ReportMetric(float64(times[len(times)-1].Microseconds()), "µs-max")
		})
	}
}
