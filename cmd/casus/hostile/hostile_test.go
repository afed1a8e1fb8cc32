// Package hostile_test attacks `casus serve`, as a process of its own, and watches what an innocent client sees.
package hostile_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"casus/internal/testkit/command"
	neo4jtest "casus/internal/testkit/neo4j"
)

const (
	attackers = 16
	// corpusSize is the number of requests of an attack, without the fixed ones.
	corpusSize = 1_100
	// samples is the number of requests of the innocent client, alone and at least during the attack.
	samples = 300
	// goal is how many times as long its 99th percentile should be at most during the attack. The test fails only above
	// bound, because the machine may have other work to do.
	goal, bound = 10, 25
	// medianBound is the same for the median, on which other work has less effect. Without shares of clients it is ten
	// times as long.
	medianBound = 5
	maxMemory   = 700 << 20
)

// wholeEnv is the environment variable with which the whole corpus is sent. Without it only a sixteenth is sent,
// because the attack slows down tests that run at the same time.
const wholeEnv = "CASUS_HOSTILE"

// TestAttack has 16 connections from one address send a corpus of hostile requests, with expensive ones among them,
// while a client at another address reads page after page.
func TestAttack(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: it takes half a minute for each store")
	}
	generated := corpusSize / 16
	if os.Getenv(wholeEnv) != "" {
		generated = corpusSize
	}
	program := command.Build(t)
	for name, e := range map[string]struct {
		newStore func(*testing.T) string
		events   int
		// expensiveEvery is the number of hostile requests for each expensive one. Neo4j needs longer for these.
		expensiveEvery int
	}{
		"sqlite": {func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "casus.db") }, 1_500, 8},
		"neo4j":  {func(t *testing.T) string { return neo4jtest.New(t) }, 400, 32},
	} {
		t.Run(name, func(t *testing.T) {
			url := e.newStore(t)
			load(t, program, url, writeRows(t, e.events))
			attack(t, serve(t, program, url), generated, e.expensiveEvery)
		})
	}
}

func attack(t *testing.T, s *server, generated, expensiveEvery int) {
	innocent := newInnocent(s)
	innocent.ask(t, 50, nil) // warm up, so that both phases start alike
	goroutines := s.metric(t, "go_goroutines")
	idle := innocent.ask(t, samples, nil)

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	requests := append(fixedRequests(), generateRequests(rand.New(rand.NewPCG(21, 1)), generated)...)
	rand.New(rand.NewPCG(21, 2)).Shuffle(len(requests), func(i, j int) {
		requests[i], requests[j] = requests[j], requests[i]
	})
	var next, done, expensive atomic.Int64
	var all sync.WaitGroup
	answers := newAnswers()
	began := time.Now()
	for range attackers {
		all.Go(func() {
			client := newClient("127.0.0.2")
			defer client.CloseIdleConnections()
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(requests) || i%expensiveEvery == 0 {
					n := int(expensive.Add(1))
					answers.send(ctx, client, s, expensiveRequests[n%len(expensiveRequests)].vary(n))
				}
				if i < len(requests) {
					answers.send(ctx, client, s, requests[i])
					done.Add(1)
				}
			}
		})
	}
	attacked := innocent.ask(t, samples, func() bool { return int(done.Load()) < len(requests) })
	t.Logf("%d hostile and %d expensive requests in %v: %v", done.Load(), expensive.Load(),
		time.Since(began).Round(time.Second), answers)
	cancel()
	all.Wait()
	answers.check(t)

	innocent.client.CloseIdleConnections()
	left := s.awaitGoroutines(t, goroutines)
	peak := s.peakMemory(t)
	ratio := float64(attacked.p99()) / float64(idle.p99())
	t.Logf("the innocent client alone:  p50 %v, p99 %v of %d", idle.p50(), idle.p99(), len(idle))
	t.Logf("the innocent client during: p50 %v, p99 %v of %d, %.1f times as long (goal: %d)",
		attacked.p50(), attacked.p99(), len(attacked), ratio, goal)
	t.Logf("peak memory %d MiB, %.0f refusals, %.0f goroutines before and %.0f after",
		peak>>20, s.metric(t, `casus_refused_requests_total{route="/graphql"}`), goroutines, left)
	if ratio > bound {
		t.Errorf("the innocent client's 99th percentile is %.1f times as long, more than %d", ratio, bound)
	}
	if median := float64(attacked.p50()) / float64(idle.p50()); median > medianBound {
		t.Errorf("the innocent client's median is %.1f times as long, more than %d", median, medianBound)
	}
	if peak > maxMemory {
		t.Errorf("the server had %d MiB, more than %d", peak>>20, maxMemory>>20)
	}
	s.stop(t)
}

// TestCorpus holds the corpus to its size, and to being the same each time.
func TestCorpus(t *testing.T) {
	one := generateRequests(rand.New(rand.NewPCG(1, 1)), corpusSize)
	other := generateRequests(rand.New(rand.NewPCG(1, 1)), corpusSize)
	if fmt.Sprint(one) != fmt.Sprint(other) {
		t.Error("a seed has two corpora")
	}
	kinds, distinct := map[string]int{}, map[string]bool{}
	for _, r := range one {
		kinds[r.kind]++
	}
	for _, r := range append(fixedRequests(), one...) {
		distinct[r.method+r.path+r.body] = true
	}
	t.Logf("%d distinct requests; generated are %v", len(distinct), kinds)
	if len(distinct) < 1_000 || len(kinds) != len(generators) {
		t.Errorf("%d distinct requests of %d kinds", len(distinct), len(kinds))
	}
}
