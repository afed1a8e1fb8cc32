package main

import (
	"context"
	"fmt"
)

// besideGraphQL is the timeline's page as internal/bench/beside serves it, in the form that uses Casus' index.
const besideGraphQL = `query($before: BigInt!, $now: BigInt!) { states(where: {earliest: {lt: $before}, idKey: {gt: ""}, knownFrom: {lte: $now}, knownTo: {gt: $now}},
  sort: [{earliest: DESC}, {idKey: DESC}], limit: 20) { id title status time
  locationsConnection(where: {edge: {knownTo: {gt: $now}}}) { edges { properties { role } node { id name } } }
  participantsConnection(where: {edge: {knownTo: {gt: $now}}}) { edges { properties { role } node { id name } } }
  claimsConnection { totalCount } } }`

// measureBeside times the API beside another GraphQL server over the same database: a page of a random day, which the API works out anew.
func (m *measuring) measureBeside(ctx context.Context) error {
	server, client, page := m.serve(-1), newClient(), m.comparisons(nil, nil)[0]
	defer server.Close()
	heading("beside")
	return m.compare(page.what, page.args, [2]way{
		func(args map[string]any) (any, error) { return post(ctx, client, server.URL, page.graphql, args) },
		func(args map[string]any) (any, error) {
			return post(ctx, client, m.beside, besideGraphQL, map[string]any{"before": fmt.Sprint(args["before"]), "now": fmt.Sprint(args["now"])})
		},
	}, func(one, other any) (any, any) {
		events := timelineOfAPI(one.(map[string]any)).([]string)
		return events[:len(events)-1], timelineOfOther(other.(map[string]any)) // the last is hasNextPage
	})
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
