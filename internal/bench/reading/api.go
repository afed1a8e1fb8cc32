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

// comparison is one answer got both ways.
type comparison struct {
	what, graphql, cypher string
	// kept says that the API may give answers that it gave before.
	kept bool
	// args are the variables of both, drawn anew each time.
	args func() map[string]any
	// api and rows bring the two answers into one form.
	api  func(data map[string]any) any
	rows func([]*neo4j.Record) any
}

const (
	connections = 8
	turnsLoaded = 8 // in which each way is asked by them
)

// measureAPI times the API over HTTP and the driver beside it.
func (m *measuring) measureAPI(ctx context.Context) error {
	anew, again := m.serve(-1), m.serve(0)
	defer anew.Close()
	defer again.Close()
	client := newClient()
	ask := func(c comparison, args map[string]any) (map[string]any, error) {
		server := anew.URL
		if c.kept {
			server = again.URL
		}
		return post(ctx, client, server, c.graphql, args)
	}
	query := func(c comparison, args map[string]any) ([]*neo4j.Record, error) {
		r, err := neo4j.ExecuteQuery(ctx, m.driver, c.cypher, args, neo4j.EagerResultTransformer, neo4j.ExecuteQueryWithReadersRouting())
		if err != nil {
			return nil, err
		}
		return r.Records, nil
	}
	var seeds []kg.ID
	if strings.Contains(ego+askedBefore, m.only) {
		var err error
		if seeds, err = m.seeds(ctx); err != nil {
			return err
		}
	}
	var places []cursor
	if strings.Contains(anywhere+askedBefore, m.only) {
		var err error
		if places, err = cursors(func(graphql string, args map[string]any) (map[string]any, error) {
			return post(ctx, client, anew.URL, graphql, args)
		}); err != nil {
			return err
		}
	}
	heading("Cypher")
	for _, c := range m.comparisons(seeds, places) {
		if !strings.Contains(c.what, m.only) {
			continue
		}
		ways := [2]way{func(args map[string]any) (any, error) { return ask(c, args) }, func(args map[string]any) (any, error) { return query(c, args) }}
		if err := m.compare(c.what, c.args, ways, func(one, other any) (any, any) { return c.api(one.(map[string]any)), c.rows(other.([]*neo4j.Record)) }); err != nil {
			return err
		}
	}
	return nil
}

// serve is the API over the store, keeping so many bytes of answers.
func (m *measuring) serve(answerBytes int) *httptest.Server {
	return httptest.NewServer(graph.NewHandler(m.store, graph.Config{Timeout: -1, AnswerBytes: answerBytes, Networks: m.networks, Logger: slog.New(slog.DiscardHandler)}))
}

func newClient() *http.Client {
	return &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}}
}

// way is one of two ways to an answer: the API's, and another one.
type way func(args map[string]any) (any, error)

// heading begins the table of what compare prints.
func heading(other string) {
	fmt.Printf("| answer | API p50 | p95 | %s p50 | p95 | ratio p50 | API, 8 connections | %s | ratio |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n", other, other)
}

// compare sees that both ways lead to one answer, which alike brings into one form, times them by turns, and then each with eight connections.
func (m *measuring) compare(what string, args func() map[string]any, ways [2]way, alike func(one, other any) (any, any)) error {
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
		if one, other := alike(one, other); !reflect.DeepEqual(one, other) {
			return kg.Errorf(kg.Internal, "%s, %v: the API answers\n%v\nand the other way\n%v", what, args, one, other)
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
			if turn >= 2*m.turns+20 { // what was read before is in the caches of both
				took[i] = append(took[i], t)
			}
		}
	}
	var perSecond [2]float64
	for range turnsLoaded { // so that what else the machine does is shared
		for i, ask := range ways {
			n, err := m.atOnce(args, func(args map[string]any) error { _, err := ask(args); return err })
			if err != nil {
				return err
			}
			perSecond[i] += n / turnsLoaded
		}
	}
	fmt.Printf("| %s | %s | %s | %s | %s | %s | %.0f/s | %.0f/s | %.2f |\n", what, shown(took[0].at(50)), shown(took[0].at(95)), shown(took[1].at(50)), shown(took[1].at(95)),
		ratio(took[0].at(50), took[1].at(50)), perSecond[0], perSecond[1], perSecond[0]/perSecond[1])
	return nil
}

// atOnce asks by eight connections, and gives how many answers there were in a second.
func (m *measuring) atOnce(args func() map[string]any, do func(map[string]any) error) (float64, error) {
	var mu sync.Mutex
	var answers atomic.Int64
	var failed error
	var all sync.WaitGroup
	began := time.Now()
	for range connections {
		all.Go(func() {
			for time.Since(began) < m.loaded/turnsLoaded {
				mu.Lock()
				drawn, stop := args(), failed != nil
				mu.Unlock()
				if stop {
					return
				}
				if err := do(drawn); err != nil {
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

// post asks the API, and decodes the answer as a client does.
func post(ctx context.Context, client *http.Client, url, query string, variables map[string]any) (map[string]any, error) {
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
	defer func() { _ = answer.Body.Close() }() // it was read
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
		return nil, kg.Errorf(kg.Internal, "the API answers %.500s", text)
	}
	return decoded.Data, nil
}
