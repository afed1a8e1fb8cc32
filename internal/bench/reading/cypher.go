package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/relations"
)

// The Cypher queries return the same result in one round trip, written with knowledge of the stored graph and its
// indexes, without a moment of knowledge.
const (
	timelineGraphQL = `query($to: EDTF!) {
  timeline(filter: {time: {to: $to}}, orderBy: {field: TIME, direction: DESC}, first: 20) {` + timelineFields
	timelineFields = `
  pageInfo { hasNextPage endCursor }
  nodes { id title status time { edtf } locations { role location { id name } }
  participants { role actor { id name } } claims { totalCount } }
} }`
	timelineCypher = `MATCH (e:EventState)
WHERE e._earliest < $before AND e._idKey IS NOT NULL AND e._knownFrom <= $now AND e._knownTo > $now` + timelineRows
	timelineRows = `
WITH e ORDER BY e._earliest DESC, e._idKey DESC LIMIT 21
RETURN e.id AS id, e.title AS title, e.status AS status, e.time AS time,
  COLLECT {
    MATCH (e)-[o:OCCURRED_AT]->(l:Location) WHERE o.knownTo IS NULL RETURN [o.role, l.id, l.name]
  } AS locations,
  COLLECT {
    MATCH (e)<-[p:PARTICIPATED_IN]-(a:Actor) WHERE p.knownTo IS NULL RETURN [p.role, a.id, a.name]
  } AS participants,
  COUNT { (e)<-[:ABOUT]-(:Claim) } AS claims
ORDER BY e._earliest DESC, e._idKey DESC`

	anywhereGraphQL = `query($after: String!) {
  timeline(orderBy: {field: TIME, direction: DESC}, first: 20, after: $after) {` + timelineFields
	anywhereCypher = `MATCH (e:EventState)
WHERE e._earliest <= $key AND (e._earliest < $key OR e._idKey < $id) AND e._idKey IS NOT NULL
  AND e._knownFrom <= $now AND e._knownTo > $now` + timelineRows

	egoGraphQL = `query($id: ID!) { network(seeds: [$id], hops: 1, limit: 500) {
  truncated nodes { actor { id name } } links { weight source { id } target { id } } } }`
	egoCypher = `MATCH (s:Actor {id: $id})-[p:PARTICIPATED_IN]->(e:Event)<-[q:PARTICIPATED_IN]-(b:Actor)
WHERE p.knownTo IS NULL AND q.knownTo IS NULL AND NOT p.role IN $left AND NOT q.role IN $left
  AND NOT EXISTS { (e)<-[:PART_OF]-() }
WITH s, collect(DISTINCT b) AS others WITH others + [s] AS around
UNWIND around AS a MATCH (a)-[p:PARTICIPATED_IN]->(e:Event)<-[q:PARTICIPATED_IN]-(b:Actor)
WHERE b IN around AND a.id < b.id AND p.knownTo IS NULL AND q.knownTo IS NULL
  AND NOT p.role IN $left AND NOT q.role IN $left AND NOT EXISTS { (e)<-[:PART_OF]-() }
RETURN a.id AS source, a.name AS sourceName, b.id AS target, b.name AS targetName, count(DISTINCT e) AS weight`

	bucketsGraphQL = `{ timelineBuckets(interval: MONTH, splitBy: CATEGORY, top: 50) { start groups { key events } } }`
	bucketsCypher  = `MATCH (e:Event) WHERE e._knownTo > $now
RETURN toString(date.truncate('month', datetime({epochMillis: e._earliest}))) AS month,
  e.category AS category, count(*) AS events`
)

const (
	anywhere       = "timeline, 20 of the latest after any of 2,000 events"
	ego            = "ego network of an actor"
	repeatedSuffix = ", asked before"
)

func (m *runner) comparisons(seeds []kg.ID, cursors []cursor) []comparison {
	with := func(args map[string]any) map[string]any {
		args["now"] = int64(kg.View{}.Moment())
		return args
	}
	all := []comparison{
		{
			what: "timeline, 20 of the latest before a day", graphql: timelineGraphQL, cypher: timelineCypher,
			args: func() map[string]any {
				day := m.day()
				t, _ := time.Parse(time.DateOnly, day) // a valid date
				return with(map[string]any{"to": day, "before": t.AddDate(0, 0, 1).UnixMilli()})
			},
			api: timelineOfAPI, rows: timelineOfRows,
		},
		{
			what: anywhere, graphql: anywhereGraphQL, cypher: anywhereCypher,
			args: func() map[string]any {
				c := cursors[m.IntN(len(cursors))]
				return with(map[string]any{"after": c.text, "key": c.Int, "id": string(c.ID)})
			},
			api: timelineOfAPI, rows: timelineOfRows,
		},
		{
			what: ego, graphql: egoGraphQL, cypher: egoCypher,
			args: func() map[string]any {
				return with(map[string]any{"id": string(seeds[m.IntN(len(seeds))]), "left": []string{"CLAIMANT", "MENTIONED"}})
			},
			api: egoOfAPI, rows: egoOfRows,
		},
		{
			what: "buckets by month and category", graphql: bucketsGraphQL, cypher: bucketsCypher,
			args: func() map[string]any { return with(map[string]any{}) },
			api:  bucketsOfAPI, rows: bucketsOfRows,
		},
	}
	for _, c := range all {
		var random []map[string]any
		draw := c.args
		c.what, c.cached = c.what+repeatedSuffix, true
		c.args = func() map[string]any {
			if len(random) < repeated {
				random = append(random, draw())
			}
			return random[m.IntN(len(random))]
		}
		all = append(all, c)
	}
	return all
}

// cursor is the API's cursor of an event in the timeline, latest first, with the position it encodes.
type cursor struct {
	text string
	store.Position
}

// cursors returns the cursors of some two thousand events spread over the timeline.
func cursors(ask func(graphql string, args map[string]any) (map[string]any, error)) ([]cursor, error) {
	const most = 2000
	data, err := ask("{ timeline(first: 1) { totalCount } }", nil)
	if err != nil {
		return nil, err
	}
	size := max(min(int(field(data, "timeline", "totalCount").(float64))/most, store.MaxPageSize), 1)
	var all []cursor
	for args := map[string]any{"size": size}; len(all) < most; {
		data, err := ask("query($size: Int!, $after: String) { timeline(orderBy: {field: TIME, direction: DESC}, first: "+
			"$size, after: $after) { pageInfo { hasNextPage endCursor } } }", args)
		if err != nil {
			return nil, err
		}
		if field(data, "timeline", "pageInfo", "hasNextPage") != true {
			break
		}
		c := cursor{text: field(data, "timeline", "pageInfo", "endCursor").(string)}
		plain, err := base64.RawURLEncoding.DecodeString(c.text)
		if err != nil {
			return nil, err
		}
		at := struct {
			N int64
			I kg.ID
		}{}
		if err := json.Unmarshal(plain, &at); err != nil {
			return nil, err
		}
		c.Int, c.ID = at.N, at.I
		all, args["after"] = append(all, c), c.text
	}
	if len(all) == 0 {
		err = kg.Errorf(kg.Internal, "too few events for a second page")
	}
	return all, err
}

// repeated is the number of different queries that are repeated where responses may be cached.
const repeated = 50

// seeds returns actors who met from 5 to 60 others.
func (m *runner) seeds(ctx context.Context) ([]kg.ID, error) {
	all, err := m.networks.Network(ctx, relations.NetworkQuery{MinWeight: 1, Limit: relations.MaxNetworkNodes})
	var seeds []kg.ID
	for _, n := range all.Nodes {
		if n.Degree >= 5 && n.Degree <= 60 {
			seeds = append(seeds, n.Actor)
		}
	}
	if err == nil && len(seeds) == 0 {
		err = kg.Errorf(kg.Internal, "no actor met between 5 and 60 others")
	}
	return seeds, err
}

// lines returns sorted texts, so that results without an order can be compared.
func lines[T any](of []T, line func(T) string) string {
	all := make([]string, len(of))
	for i, v := range of {
		all[i] = line(v)
	}
	slices.Sort(all)
	return strings.Join(all, "; ")
}

func field(v any, path ...string) any {
	for _, name := range path {
		v = v.(map[string]any)[name]
	}
	return v
}

func timelineOfAPI(data map[string]any) any {
	var all []string
	for _, n := range field(data, "timeline", "nodes").([]any) {
		edges := func(list, end string) string {
			return lines(field(n, list).([]any), func(v any) string {
				return fmt.Sprint(field(v, "role"), field(v, end, "id"), field(v, end, "name"))
			})
		}
		all = append(all, fmt.Sprint(field(n, "id"), field(n, "title"), field(n, "status"), field(n, "time", "edtf"),
			field(n, "claims", "totalCount"),
			"at", edges("locations", "location"), "by", edges("participants", "actor")))
	}
	return append(all, fmt.Sprint(field(data, "timeline", "pageInfo", "hasNextPage")))
}

func timelineOfRows(rows []*neo4j.Record) any {
	var all []string
	for _, r := range rows[:min(len(rows), 20)] {
		v := r.AsMap()
		edges := func(list string) string {
			return lines(v[list].([]any), func(v any) string { return fmt.Sprint(v.([]any)...) })
		}
		all = append(all, fmt.Sprint(v["id"], v["title"], v["status"], v["time"], v["claims"], "at", edges("locations"), "by",
			edges("participants")))
	}
	return append(all, fmt.Sprint(len(rows) > 20))
}

func egoOfAPI(data map[string]any) any {
	names := map[any]any{}
	for _, n := range field(data, "network", "nodes").([]any) {
		names[field(n, "actor", "id")] = field(n, "actor", "name")
	}
	return lines(field(data, "network", "links").([]any), func(v any) string {
		source, target := field(v, "source", "id"), field(v, "target", "id")
		return fmt.Sprint(source, names[source], target, names[target], field(v, "weight"))
	})
}

func egoOfRows(rows []*neo4j.Record) any {
	return lines(rows, func(r *neo4j.Record) string {
		v := r.AsMap()
		return fmt.Sprint(v["source"], v["sourceName"], v["target"], v["targetName"], v["weight"])
	})
}

func bucketsOfAPI(data map[string]any) any {
	var all []string
	for _, b := range field(data, "timelineBuckets").([]any) {
		for _, g := range field(b, "groups").([]any) {
			all = append(all, fmt.Sprint(field(b, "start").(string)[:10], field(g, "key"), field(g, "events")))
		}
	}
	return lines(all, func(s string) string { return s })
}

func bucketsOfRows(rows []*neo4j.Record) any {
	return lines(rows, func(r *neo4j.Record) string {
		v := r.AsMap()
		return fmt.Sprint(v["month"], v["category"], v["events"])
	})
}
