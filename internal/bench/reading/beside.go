package main

import (
	"context"
	"fmt"
)

// besideGraphQL requests the page of the timeline from internal/bench/beside, in the form that uses Casus' index.
const besideGraphQL = `query($before: BigInt!, $now: BigInt!) { states(
  where: {_earliest: {lt: $before}, _idKey: {gt: ""}, _knownFrom: {lte: $now}, _knownTo: {gt: $now}},
  sort: [{_earliest: DESC}, {_idKey: DESC}], limit: 20) { id title status time
  locationsConnection(where: {edge: {knownTo: {eq: null}}}) { edges { properties { role } node { id name } } }
  participantsConnection(where: {edge: {knownTo: {eq: null}}}) { edges { properties { role } node { id name } } }
  claimsConnection { totalCount } } }`

// measureBeside measures the API against another GraphQL server on the same database: a page before a random day,
// without the response cache.
func (m *runner) measureBeside(ctx context.Context) error {
	server, client, page := m.serve(-1), newClient(), m.comparisons(nil, nil)[0]
	defer server.Close()
	heading("beside")
	return m.compare(page.what, page.args, [2]way{
		func(args map[string]any) (any, error) { return post(ctx, client, server.URL, page.graphql, args) },
		func(args map[string]any) (any, error) {
			return post(ctx, client, m.beside, besideGraphQL, map[string]any{"before": fmt.Sprint(args["before"]),
				"now": fmt.Sprint(args["now"])})
		},
	}, func(one, other any) (any, any) {
		events := timelineOfAPI(one.(map[string]any)).([]string)
		return events[:len(events)-1], timelineOfOther(other.(map[string]any)) // the last line is hasNextPage
	})
}

// timelineOfOther is timelineOfAPI for the other server's response, which lacks hasNextPage.
func timelineOfOther(data map[string]any) []string {
	var all []string
	for _, n := range field(data, "states").([]any) {
		edges := func(list string) string {
			return lines(field(n, list, "edges").([]any), func(v any) string {
				return fmt.Sprint(field(v, "properties", "role"), field(v, "node", "id"), field(v, "node", "name"))
			})
		}
		all = append(all, fmt.Sprint(field(n, "id"), field(n, "title"), field(n, "status"), field(n, "time"),
			field(n, "claimsConnection", "totalCount"),
			"at", edges("locationsConnection"), "by", edges("participantsConnection")))
	}
	return all
}
