package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/graph"
	"casus/internal/kg"
)

// comparison is one result read in two ways.
type comparison struct {
	what, graphql, cypher string
	// cached is set if the API may return cached responses.
	cached bool
	// args returns random variables for both.
	args func() map[string]any
	// api and rows convert the two results into one form.
	api  func(data map[string]any) any
	rows func([]*neo4j.Record) any
}

const (
	connections = 8
	turnsLoaded = 8 // turns of each way with all connections
)

// measureAPI compares the API over HTTP with the driver. The store is warmed first, as by casus serve.
func (m *runner) measureAPI(ctx context.Context) error {
	if err := m.store.Warm(ctx); err != nil {
		return err
	}
	uncached, cached := m.serve(-1), m.serve(0)
	defer uncached.Close()
	defer cached.Close()
	client := newClient()
	ask := func(c comparison, args map[string]any) (map[string]any, error) {
		server := uncached.URL
		if c.cached {
			server = cached.URL
		}
		return post(ctx, client, server, c.graphql, args)
	}
	query := func(c comparison, args map[string]any) ([]*neo4j.Record, error) {
		r, err := neo4j.ExecuteQuery(ctx, m.driver, c.cypher, args, neo4j.EagerResultTransformer,
			neo4j.ExecuteQueryWithReadersRouting())
		if err != nil {
			return nil, err
		}
		return r.Records, nil
	}
	var seeds []kg.ID
	if strings.Contains(ego+repeatedSuffix, m.only) {
		var err error
		if seeds, err = m.seeds(ctx); err != nil {
			return err
		}
	}
	var places []cursor
	if strings.Contains(anywhere+repeatedSuffix, m.only) {
		var err error
		if places, err = cursors(func(graphql string, args map[string]any) (map[string]any, error) {
			return post(ctx, client, uncached.URL, graphql, args)
		}); err != nil {
			return err
		}
	}
	heading("Cypher")
	for _, c := range m.comparisons(seeds, places) {
		if !strings.Contains(c.what, m.only) {
			continue
		}
		ways := [2]way{func(args map[string]any) (any, error) { return ask(c, args) },
			func(args map[string]any) (any, error) { return query(c, args) }}
		if err := m.compare(c.what, c.args, ways, func(one, other any) (any, any) {
			return c.api(one.(map[string]any)),
				c.rows(other.([]*neo4j.Record))
		}); err != nil {
			return err
		}
	}
	return nil
}

// serve returns a server of the API with a response cache of the given size in bytes; -1 disables it.
func (m *runner) serve(answerBytes int) *httptest.Server {
	return httptest.NewServer(
		graph.NewHandler(m.store, graph.Config{Timeout: -1, ResponseCacheBytes: answerBytes, Networks: m.networks,
			Logger: slog.New(slog.DiscardHandler)}))
}

func newClient() *http.Client {
	return &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}}
}

// way is one of two ways to a result: the API, or another one.
type way func(args map[string]any) (any, error)

// heading prints the heading of the table that compare prints.
func heading(other string) {
	fmt.Printf("| answer | API p50 | p95 | %s p50 | p95 | ratio p50 | API, 8 connections | %s | ratio |\n"+
		"| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n", other, other)
}

// compare checks that both ways return the same result in the form of convert, then measures them alternately, and
// finally each with eight connections.
func (m *runner) compare(
	what string, args func() map[string]any, ways [2]way, convert func(one, other any) (any, any),
) error {
	for range 5 {
		args := args()
		one, err := ways[0](args)
		if err != nil {
			return err
		}
		other, err := ways[1](args)
		if err != nil {
			return err
		}
		if one, other := convert(one, other); !reflect.DeepEqual(one, other) {
			return kg.Errorf(kg.Internal, "%s, %v: the API returns\n%v\nand the other way\n%v", what, args, one, other)
		}
	}
	var took [2]times
	for turn := range 3*m.turns + 20 {
		args := args()
		for i, ask := range ways {
			t, err := since(func() error { _, err := ask(args); return err })
			if err != nil {
				return err
			}
			if turn >= 2*m.turns+20 { // the caches of both are warm
				took[i] = append(took[i], t)
			}
		}
	}
	var perSecond [2]float64
	for range turnsLoaded { // turns, so that other load affects both
		for i, ask := range ways {
			n, err := m.throughput(args, func(args map[string]any) error { _, err := ask(args); return err })
			if err != nil {
				return err
			}
			perSecond[i] += n / turnsLoaded
		}
	}
	fmt.Printf("| %s | %s | %s | %s | %s | %s | %.0f/s | %.0f/s | %.2f |\n", what, format(took[0].at(50)),
		format(took[0].at(95)), format(took[1].at(50)), format(took[1].at(95)),
		ratio(took[0].at(50), took[1].at(50)), perSecond[0], perSecond[1], perSecond[0]/perSecond[1])
	return nil
}

// throughput runs queries over eight connections and returns the number of results per second.
func (m *runner) throughput(args func() map[string]any, do func(map[string]any) error) (float64, error) {
	var mu sync.Mutex
	var answers atomic.Int64
	var failed error
	var all sync.WaitGroup
	began := time.Now()
	for range connections {
		all.Go(func() {
			for time.Since(began) < m.loaded/turnsLoaded {
				mu.Lock()
				random, stop := args(), failed != nil
				mu.Unlock()
				if stop {
					return
				}
				if err := do(random); err != nil {
					mu.Lock()
					failed = err
					mu.Unlock()
					return
				}
				answers.Add(1)
			}
		})
	}
	all.Wait()
	return float64(answers.Load()) / time.Since(began).Seconds(), failed
}

// post sends a query to the API and decodes the response as a client would.
func post(
	ctx context.Context, client *http.Client, url, query string, variables map[string]any,
) (map[string]any, error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }() // the body is read completely
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	var decoded struct {
		Data   map[string]any
		Errors []any
	}
	if err := json.Unmarshal(text, &decoded); err != nil {
		return nil, err
	}
	if len(decoded.Errors) > 0 {
		return nil, kg.Errorf(kg.Internal, "the API returns %.500s", text)
	}
	return decoded.Data, nil
}
