package hostile_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// generators make hostile requests of one kind each.
var generators = []func(*rand.Rand) request{
	randomSelection, randomSelection, randomArguments, randomFilter, mutatedQuery, mutatedBody, randomVariables,
	randomGet, randomMethod, randomExport, randomColumns, randomTag,
}

// generateRequests returns n requests. The same seed always makes the same ones.
func generateRequests(r *rand.Rand, n int) []request {
	all := make([]request, n)
	for i := range all {
		all[i] = generators[i%len(generators)](r)
		all[i].kind = fmt.Sprintf("generated %d", i%len(generators))
	}
	return all
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

// fields lists, for each type, fields with the types that they lead to; "" is a leaf.
var fields = map[string]map[string]string{
	"Query": {
		`timeline(PAGE)`: "Events", `actors(PAGE)`: "Actors", `locations(PAGE)`: "Locations", `claims(PAGE)`: "Claims",
		`documents(PAGE)`: "Documents", `changes(knownFrom: "2014-06-01T00:00:00Z", first: SIZE)`: "Changes",
		`event(id: "event:generated:g1")`: "Event", `actor(id: "actor:generated:a1")`: "Actor", `__typename`: "",
		`extent`: "Extent",
	},
	"Events":    {"nodes": "Event", "edges": "EventEdge", "totalCount": "", "pageInfo": "PageInfo"},
	"EventEdge": {"node": "Event", "cursor": ""},
	"Event": {
		"id": "", "title": "", "status": "", "__typename": "", "claims(PAGE)": "Claims", "parts(PAGE)": "Events",
		"participants": "Participation", "locations": "EventLocation", "time": "Time", "states": "EventState",
		`around(earlier: "P1M", later: "P1M", first: SIZE)`: "Events",
	},
	"Participation": {"role": "", "actor": "Actor"},
	"EventLocation": {"role": "", "location": "Location"},
	"EventState":    {"status": "", "knownFrom": "", "because": "Claim"},
	"Actors":        {"nodes": "Actor", "totalCount": ""},
	"Actor":         {"id": "", "name": "", "names": "Name", "timeline(PAGE)": "Events"},
	"Locations":     {"nodes": "Location", "totalCount": ""},
	"Location":      {"id": "", "name": ""},
	"Claims":        {"nodes": "Claim", "totalCount": ""},
	"Claim":         {"id": "", "stance": "", "document": "Document", "assertedAt": "Time", "claimants": "Actor"},
	"Documents":     {"nodes": "Document", "totalCount": ""},
	"Document":      {"id": "", "title": ""},
	"Changes":       {"nodes": "Change", "totalCount": ""},
	"Change":        {"changeKind": "", "event": "Event", "because": "Claim"},
	"Time":          {"edtf": "", "earliest": "", "__typename": ""},
	"Name":          {"text": "", "language": ""},
	"Extent":        {"events": "", "earliest": ""},
	"PageInfo":      {"hasNextPage": "", "endCursor": ""},
}

// selection returns a random selection of a type, which nests to a depth and is at most about size fields long.
func selection(r *rand.Rand, of string, depth int, size *int) string {
	var names []string
	for name := range fields[of] {
		names = append(names, name)
	}
	slices.Sort(names)
	var b strings.Builder
	b.WriteString("{ __typename ")
	for i := range 1 + r.IntN(pick(r, 2, 4, 12)) {
		name := pick(r, names...)
		*size--
		below := fields[of][name]
		if *size < 0 || below != "" && depth == 0 {
			continue
		}
		page := fmt.Sprintf("first: %d", pick(r, 1, 2, 5, 20, 100, 500))
		fmt.Fprintf(&b, "f%d: %s ", i, strings.NewReplacer("PAGE", page, "SIZE", page[len("first: "):]).Replace(name))
		if below != "" {
			b.WriteString(selection(r, below, depth-1, size))
		}
	}
	return b.String() + "}"
}

func randomSelection(r *rand.Rand) request {
	size := pick(r, 10, 100, 1_000)
	return ask("", selection(r, "Query", 2+r.IntN(16), &size))
}

func randomArguments(r *rand.Rand) request {
	strange := func() string {
		return pick(r, "0", "-1", "501", "2147483648", "1e9", "null", `""`, `"x"`, "[]", "{}", "true", "$a", "1.5",
			`"\u0000"`, `"\ud800"`, `"`+strings.Repeat("é", 1+r.IntN(2000))+`"`, fmt.Sprint(r.IntN(1000)))
	}
	field := pick(r, "timeline", "actors", "claims", "documents", "locations", "search", "changes", "network", "paths",
		"clusters", "timelineBuckets", "facets", "nodes", "node")
	arguments := []string{"first", "last", "after", "before", "knownAt", "orderBy", "filter", "text", "zoom", "limit",
		"hops", "seeds", "from", "to", "interval", "timeZone", "ids", "id", "knownFrom", "fields", "top"}
	var list []string
	for range 1 + r.IntN(5) {
		list = append(list, pick(r, arguments...)+": "+strange())
	}
	return ask("", "{"+field+"("+strings.Join(list, ", ")+") {__typename}}")
}

func randomFilter(r *rand.Rand) request {
	var filter func(depth int) string
	filter = func(depth int) string {
		leaf := pick(r, `{}`, `{text: "a"}`, `{text: "`+randomText(r, 40)+`"}`, `{ids: []}`,
			`{time: {from: "2014", to: "20XX"}}`, `{time: {from: "Y-170000002"}}`, `{time: {from: "2015-05/.."}}`,
			`{killed: {min: -1, max: 99999999999}}`, `{place: {near: {latitude: 90, longitude: 180, km: 1e308}}}`,
			`{place: {box: {west: 1, south: 1, east: -1, north: -1}}}`,
			`{participants: [{anyOf: ["actor:generated:a1"]}, {kinds: [PERSON]}]}`,
			`{codes: [{scheme: "x", startsWith: "%"}]}`,
			`{withoutActors: ["actor:generated:a2"]}`, `{identity: EXACT}`, `{hasParts: true}`, `{voices: {min: 2}}`)
		if depth == 0 {
			return leaf
		}
		switch r.IntN(4) {
		case 0:
			return "{not: " + filter(depth-1) + "}"
		case 1, 2:
			var parts []string
			for range r.IntN(5) {
				parts = append(parts, filter(depth-1))
			}
			return "{" + pick(r, "and", "or") + ": [" + strings.Join(parts, ",") + "]}"
		}
		return leaf
	}
	f := filter(r.IntN(7))
	return ask("", pick(r,
		"{timeline(filter: "+f+", first: 5) {totalCount nodes {id}}}",
		"{timelineBuckets(interval: MONTH, splitBy: CATEGORY, filter: "+f+") {events groups {key}}}",
		"{facets(fields: [ACTOR, YEAR], filter: "+f+") {distinct}}", "{clusters(zoom: 5, filter: "+f+") {events}}",
		"{extent(filter: "+f+") {events}}", "{actors(first: 5, filter: {inEvents: "+f+"}) {nodes {id}}}",
		"{network(limit: 50, filter: "+f+") {totalNodes}}"))
}

// mutate changes some bytes of a text.
func mutate(r *rand.Rand, text string) string {
	b := []byte(text)
	for range 1 + r.IntN(6) {
		i, j := r.IntN(len(b)), r.IntN(len(b))
		switch i, j = min(i, j), max(i, j); r.IntN(4) {
		case 0:
			b[i] = byte(r.IntN(256))
		case 1:
			b = append(b[:i:i], b[min(i+1+r.IntN(5), len(b)-1):]...)
		case 2:
			b = append(append(b[:j:j], b[i:j]...), b[j:]...) // a part is repeated
		case 3:
			b = append(append(b[:i:i], pick(r, "{", "}", `"`, "...", "@", "$x", "\\u", "\x00", "#", "(")...), b[i:]...)
		}
	}
	return string(b)
}

func mutatedQuery(r *rand.Rand) request {
	q := randomSelection(r)
	text := strings.TrimSuffix(strings.TrimPrefix(q.body, `{"query":"`), `"}`)
	return ask("", mutate(r, text[:min(len(text), 2_000)]))
}

func mutatedBody(r *rand.Rand) request {
	return post("", mutate(r, `{"query": "query Q($a: Int) {timeline(first: $a) {nodes {id}}}", "operationName": "Q",
		"variables": {"a": 5}, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "00"}}}`))
}

func randomVariables(r *rand.Rand) request {
	value := pick(r, `1`, `-1`, `1e400`, `0.1`, `"1"`, `null`, `true`, `[1,2]`, `{"a":1}`, `{"a":1,"a":2}`, `"\ud800"`,
		strings.Repeat(`{"and":[`, 50)+strings.Repeat(`]}`, 50), `[`+strings.Repeat(`"event:x",`, 600)+`"event:y"]`,
		fmt.Sprint(r.Uint64()))
	query := pick(r, `query($v: Int) {timeline(first: $v) {totalCount}}`, `query($v: [ID!]!) {nodes(ids: $v) {id}}`,
		`query($v: EventFilter) {timeline(filter: $v) {totalCount}}`, `query($v: DateTime) {extent(knownAt: $v) {events}}`,
		`query($v: String!) {search(text: $v) {totalCount}}`, `query($v: Nothing) {__typename}`,
		`query($v: ID!) {node(id: $v) {id ... on Event {states {knownFrom}}}}`)
	return post("", `{"query": "`+query+`", "variables": {"v": `+value+`}}`)
}

func randomGet(r *rand.Rand) request {
	values := url.Values{}
	for range 1 + r.IntN(3) {
		values.Add(pick(r, "query", "variables", "extensions", "operationName", "x"),
			pick(r, "{__typename}", "{", randomText(r, 60), `{"a":1}`, "mutation {a}", "subscription {a}"))
	}
	return get("", "/graphql", values)
}

func randomMethod(r *rand.Rand) request {
	return request{
		method: pick(r, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodPost), path: "/graphql",
		body:        randomText(r, 200),
		contentType: pick(r, "text/plain", "multipart/form-data; boundary=x", ";;", "application/json"),
	}
}

func randomExport(r *rand.Rand) request {
	values := url.Values{}
	for range r.IntN(4) {
		values.Add(pick(r, "graph", "table", "knownAt", "language", "role", "text", "actor", "from", "to", "category", "x"),
			pick(r, "", "2016", "events", "actors", "ASSAULT", "CLAIMANT", "../..", randomText(r, 30)))
	}
	return get("", "/export/"+pick(r, "gexf", "geojson", "csv", "parquet", "casus", "timelinejs", "exe", "%2e%2e"), values)
}

func randomColumns(r *rand.Rand) request {
	values := url.Values{}
	for range r.IntN(4) {
		values.Add(pick(r, "fields", "fields", "filter", "knownAt", "text", "actor", "from", "country", "graph", "x"),
			pick(r, "", "id", "id,start,actors,countries,publishers,claimants", "id,id", "place", "2016", "ASSAULT", ",",
				`{"not": {"text": "a"}}`, `{"participants": [{"kinds": ["PERSON"]}]}`, `{"identity": "EXACT"}`, "[",
				strings.Repeat("place,", 200), "actor:generated:a1", "actor:unknown", randomText(r, 30)))
	}
	return get("", "/columns", values)
}

// randomTag asks whether an answer is still the one of a tag.
func randomTag(r *rand.Rand) request {
	q := get("", pick(r, "/columns", "/graphql"), url.Values{"query": {"{extent {events}}"}})
	if strings.HasPrefix(q.path, "/columns") {
		q.path = "/columns"
	}
	q.tag = pick(r, "*", `W/"1"`, `W/"`, `""`, strings.Repeat(`"a", `, 1_000), randomText(r, 20),
		fmt.Sprintf(`W/"%d-x"`, r.Uint64()))
	return q
}

func randomText(r *rand.Rand, n int) string {
	var b strings.Builder
	for range r.IntN(n) {
		b.WriteString(pick(r, "a", "%", "'", `\\`, "ж", "م", "\u202e", "{", "}", " ", "0", "-", "*", "(", ")", "OR 1=1",
			"--"))
	}
	return b.String()
}
