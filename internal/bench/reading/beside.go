package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"time"

	"casus/graph"
	"casus/internal/kg"
)

// besideGraphQL is the timeline's page as internal/bench/beside serves it, in the form that uses Casus' index.
const besideGraphQL = `query($before: BigInt!, $now: BigInt!) { states(where: {earliest: {lt: $before}, idKey: {gt: ""}, knownFrom: {lte: $now}, knownTo: {gt: $now}},
  sort: [{earliest: DESC}, {idKey: DESC}], limit: 20) { id title status time
  locationsConnection(where: {edge: {knownTo: {gt: $now}}}) { edges { properties { role } node { id name } } }
  participantsConnection(where: {edge: {knownTo: {gt: $now}}}) { edges { properties { role } node { id name } } }
  claimsConnection { totalCount } } }`

// measureBeside times the API beside another GraphQL server over the same database: a page of a random day, which the API works out anew.
func (m *measuring) measureBeside(ctx context.Context) error {
	server := httptest.NewServer(graph.NewHandler(m.store, graph.Config{Timeout: -1, AnswerBytes: -1, Networks: m.networks, Logger: slog.New(slog.DiscardHandler)}))
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}}
	api := func(day string) (map[string]any, error) {
		return post(ctx, client, server.URL, timelineGraphQL, map[string]any{"to": day})
	}
	other := func(day string) (map[string]any, error) {
		t, err := time.Parse(time.DateOnly, day)
		if err != nil {
			return nil, err
		}
		return post(ctx, client, m.beside, besideGraphQL, map[string]any{"before": fmt.Sprint(t.AddDate(0, 0, 1).UnixMilli()), "now": fmt.Sprint(int64(kg.View{}.Moment()))})
	}
	for range 5 {
		day := m.day()
		one, err := api(day)
		if err != nil {
			return err
		}
		two, err := other(day)
		if err != nil {
			return err
		}
		events := timelineOfAPI(one).([]string)
		if beside := timelineOfOther(two); !reflect.DeepEqual(events[:len(events)-1], beside) { // the last is hasNextPage
			return kg.Errorf(kg.Internal, "%s: the API answers\n%v\nand the other server\n%v", day, events, beside)
		}
	}
	asking := []func(string) (map[string]any, error){api, other}
	var took [2]times
	for turn := range 2*m.turns + 20 {
		day := m.day()
		for i, ask := range asking {
			t, err := since(func() error { _, err := ask(day); return err })
			if err != nil {
				return err
			}
			if turn >= m.turns+20 {
				took[i] = append(took[i], t)
			}
		}
	}
	var perSecond [2]float64
	for range turnsLoaded {
		for i, ask := range asking {
			n, err := m.atOnce(func() map[string]any { return map[string]any{"day": m.day()} }, func(args map[string]any) error { _, err := ask(args["day"].(string)); return err })
			if err != nil {
				return err
			}
			perSecond[i] += n / turnsLoaded
		}
	}
	fmt.Println("| answer | API p50 | p95 | beside p50 | p95 | ratio p50 | API, 8 connections | beside | ratio |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
	fmt.Printf("| timeline, 20 of the latest before a day | %s | %s | %s | %s | %s | %.0f/s | %.0f/s | %.2f |\n", shown(took[0].at(50)), shown(took[0].at(95)), shown(took[1].at(50)), shown(took[1].at(95)),
		ratio(took[0].at(50), took[1].at(50)), perSecond[0], perSecond[1], perSecond[0]/perSecond[1])
	return nil
}

// timelineOfOther is timelineOfAPI of the other server's answer, without what it does not tell.
func timelineOfOther(data map[string]any) []string {
	var all []string
	for _, n := range within(data, "states").([]any) {
		edges := func(list string) string {
			return lines(within(n, list, "edges").([]any), func(v any) string {
				return fmt.Sprint(within(v, "properties", "role"), within(v, "node", "id"), within(v, "node", "name"))
			})
		}
		all = append(all, fmt.Sprint(within(n, "id"), within(n, "title"), within(n, "status"), within(n, "time"), within(n, "claimsConnection", "totalCount"),
			"at", edges("locationsConnection"), "by", edges("participantsConnection")))
	}
	return all
}
