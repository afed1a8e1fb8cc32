// Command reading measures queries of a loaded store, and prints tables of times and ratios:
//
//	go -C internal/bench run ./reading -store sqlite:g.db
//	go -C internal/bench run ./reading -store bolt://127.0.0.1:7687 -cypher
//	go -C internal/bench run ./reading -store bolt://127.0.0.1:7687 -paths
//	go -C internal/bench run ./reading -store sqlite:g.db -views
//	go -C internal/bench run ./reading -store sqlite:g.db -slider
//	go -C internal/bench run ./reading -store bolt://127.0.0.1:7687 -beside http://127.0.0.1:4000/graphql
//
// With -cypher the API is measured over HTTP against a client that sends hand-written Cypher to the same database;
// first both results are compared. With -paths the paths of Casus are measured against Neo4j's shortestPath. Nothing
// is written, except one event with -write, and one after each query with both -views and -write. For -beside see
// internal/bench/beside.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime/pprof"
	"slices"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/projection/network"
	"casus/internal/store/cache"
	"casus/internal/store/open"
)

func main() {
	var m runner
	flag.StringVar(&m.url, "store", open.Default,
		"the loaded store: sqlite:PATH or bolt://HOST:PORT without authentication")
	flag.BoolVar(&m.cypher, "cypher", false, "measure the API against hand-written Cypher on the same Neo4j")
	flag.BoolVar(&m.paths, "paths", false, "measure paths, on Neo4j against its shortestPath")
	flag.StringVar(&m.beside, "beside", "", "measure the API against another GraphQL server on the same Neo4j: its URL")
	flag.BoolVar(&m.overviews, "views", false,
		"measure extents, buckets, facets and clusters, as of now and of a moment; with -write also after writing one event")
	flag.BoolVar(&m.slider, "slider", false,
		"measure the processor time of overviews as of many moments and of now, with everything in memory")
	flag.BoolVar(&m.write, "write", false, "write one event, to measure the first query after a write")
	flag.StringVar(&m.only, "only", "", "measure only queries whose name contains this")
	flag.StringVar(&m.profile, "profile", "", "write a CPU profile to this file")
	flag.IntVar(&m.eventCache, "event-cache", 0, "size of the event cache in MiB; a small one leaves most events uncached")
	flag.IntVar(&m.turns, "turns", 100, "number of repetitions of each query")
	flag.DurationVar(&m.loaded, "loaded", 4*time.Second, "how long to measure each way with eight connections")
	flag.Parse()
	if err := m.run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "reading:", err)
		os.Exit(1)
	}
}

// runner is one run of the command.
type runner struct {
	url, only, profile   string
	beside               string
	cypher, paths, write bool
	overviews, slider    bool
	turns, eventCache    int
	loaded               time.Duration

	store    *cache.Store
	networks *network.Networks
	driver   neo4j.DriverWithContext // nil if the store is not Neo4j
	*rand.Rand
}

func (m *runner) run(ctx context.Context) (err error) {
	m.Rand = rand.New(rand.NewPCG(1, 1))
	if m.store, err = open.Open(ctx, m.url, m.options()); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, m.store.Close()) }()
	m.networks = network.New(m.store, -1)
	if !strings.HasPrefix(m.url, "sqlite") {
		if m.driver, err = neo4j.NewDriverWithContext(m.url, neo4j.NoAuth()); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, m.driver.Close(ctx)) }()
	}
	if m.profile != "" {
		file, err := os.Create(m.profile)
		if err != nil {
			return err
		}
		if err := pprof.StartCPUProfile(file); err != nil {
			return err
		}
		defer func() { pprof.StopCPUProfile(); _ = file.Close() }() // the measurement is valid without its profile
	}
	switch {
	case m.beside != "":
		return m.measureBeside(ctx)
	case m.slider:
		return m.measureSlider(ctx)
	case m.overviews:
		return m.measureViews(ctx)
	case m.paths:
		return m.measurePaths(ctx)
	case m.cypher && m.driver == nil:
		return kg.Errorf(kg.BadInput, "-cypher requires Neo4j")
	case m.cypher:
		return m.measureAPI(ctx)
	}
	return m.measureStore(ctx)
}

func (m *runner) options() open.Options {
	return open.Options{Caches: cache.Options{EventBytes: m.eventCache << 20}}
}

// times are the durations of one query's repetitions.
type times []time.Duration

func (t times) at(percent int) time.Duration {
	slices.Sort(t)
	return t[(len(t)-1)*percent/100]
}

// since returns how long do took.
func since(do func() error) (time.Duration, error) {
	began := time.Now()
	err := do()
	return time.Since(began), err
}

func format(d time.Duration) string { return d.Round(10 * time.Microsecond).String() }

func ratio(a, b time.Duration) string { return fmt.Sprintf("%.2f", a.Seconds()/b.Seconds()) }
