// Command reading measures what is asked of a loaded store, and prints tables of times and ratios:
//
//	go -C internal/bench run ./reading -store sqlite:g.db
//	go -C internal/bench run ./reading -store bolt://127.0.0.1:7687 -cypher
//	go -C internal/bench run ./reading -store bolt://127.0.0.1:7687 -paths
//	go -C internal/bench run ./reading -store sqlite:g.db -views
//	go -C internal/bench run ./reading -store bolt://127.0.0.1:7687 -beside http://127.0.0.1:4000/graphql
//
// With -cypher the API is asked over HTTP beside a client that asks the same database by hand-written Cypher; first both
// answers are compared. With -paths the paths of Casus are timed beside Neo4j's own shortestPath. It writes nothing but one event,
// with -write, and with -views one after each question. For -beside see internal/bench/beside.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/projection/network"
	"casus/internal/store"
	"casus/internal/store/open"
)

func main() {
	var m measuring
	flag.StringVar(&m.url, "store", open.Default, "the loaded store: sqlite:PATH or bolt://HOST:PORT without authentication")
	flag.BoolVar(&m.cypher, "cypher", false, "measure the API against hand-written Cypher on the same Neo4j")
	flag.BoolVar(&m.paths, "paths", false, "measure paths, on Neo4j against its shortestPath")
	flag.StringVar(&m.beside, "beside", "", "measure the API against another GraphQL server over the same Neo4j, by its URL")
	flag.BoolVar(&m.overviews, "views", false, "measure extents, facets and clusters, with -write after one event more, too")
	flag.BoolVar(&m.write, "write", false, "write one event, to measure what the first question after a write takes")
	flag.StringVar(&m.only, "only", "", "only what has this in its name")
	flag.StringVar(&m.profile, "profile", "", "write a profile of the processor's time to this file")
	flag.IntVar(&m.turns, "turns", 100, "how often each thing is asked")
	flag.DurationVar(&m.loaded, "loaded", 4*time.Second, "how long eight connections ask, each way")
	flag.Parse()
	if err := m.run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "reading:", err)
		os.Exit(1)
	}
}

// measuring is one run.
type measuring struct {
	url, only, profile   string
	beside               string
	cypher, paths, write bool
	overviews            bool
	turns                int
	loaded               time.Duration

	store    store.Store
	networks *network.Networks
	driver   neo4j.DriverWithContext // nil: the store is not Neo4j
	*rand.Rand
}

func (m *measuring) run(ctx context.Context) (err error) {
	defer runtime.KeepAlive(make([]byte, 64<<20)) // as casus serve does: see there
	m.Rand = rand.New(rand.NewPCG(1, 1))
	if m.store, err = open.Open(ctx, m.url, open.Options{}); err != nil {
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
		defer func() { pprof.StopCPUProfile(); _ = file.Close() }() // a measurement without its profile still is one
	}
	switch {
	case m.beside != "":
		return m.measureBeside(ctx)
	case m.overviews:
		return m.measureViews(ctx)
	case m.paths:
		return m.measurePaths(ctx)
	case m.cypher && m.driver == nil:
		return kg.Errorf(kg.BadInput, "Cypher is asked of Neo4j alone")
	case m.cypher:
		return m.measureAPI(ctx)
	}
	return m.measureStore(ctx)
}

// times are what one question took, each time it was asked.
type times []time.Duration

func (t times) at(percent int) time.Duration {
	slices.Sort(t)
	return t[(len(t)-1)*percent/100]
}

// since runs something and says how long it took.
func since(do func() error) (time.Duration, error) {
	began := time.Now()
	err := do()
	return time.Since(began), err
}

func shown(d time.Duration) string { return d.Round(10 * time.Microsecond).String() }

func ratio(a, b time.Duration) string { return fmt.Sprintf("%.2f", a.Seconds()/b.Seconds()) }
